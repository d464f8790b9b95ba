import json
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Episode
from graph.recall.pieces import FactPiece, Quote, Style
from graph.recall.render import TEMPLATES, Draft
from graph.recall.wording import ENGLISH
from tests.graph.recall.made import NOW, START, WordCounter, episode, fact

MOVED = episode("e1", "I moved to Milan")
TEA = episode("e2", "Shall we have tea by the river this afternoon?", name="Ben", at=START + timedelta(days=1))
PIECE = FactPiece(fact("f1"), "Anna", "Milan", (Quote("I moved to Milan", "Anna", START, "e1", whole=True),))


def draft(template: str = "default", facts: tuple[FactPiece, ...] = (PIECE,), episodes: tuple[Episode, ...] = (TEA, MOVED)) -> Draft:
    style = Style(NOW, ENGLISH, UTC)
    return Draft({p.fact.uuid: p for p in facts}, {e.uuid: e for e in episodes}, TEMPLATES[template], style, WordCounter())


def test_facts_come_first_then_messages_by_day() -> None:
    rendered = draft().render(1000)
    assert rendered.text == (
        "Facts:\n- Anna lives in Milan (since 1 March 2024)\n\n"
        "Messages:\n[1 March 2024]\nAnna: I moved to Milan\n[2 March 2024]\nBen: Shall we have tea by the river this afternoon?"
    )
    assert rendered.chosen.episodes == ("e2", "e1")
    assert not rendered.chosen.truncated


def test_where_room_is_short_a_quote_stands_for_its_message() -> None:
    told = episode("e1", "I moved to Milan, and what a move it was, with two cats and a piano")
    rendered = draft(episodes=(TEA, told)).render(50)
    assert '"I moved to Milan" - Anna, 1 March 2024' in rendered.text
    assert rendered.chosen.episodes == ("e2",)
    assert draft(episodes=(TEA, told)).render(100).chosen.episodes == ("e2", "e1")


def test_nothing_is_shown_twice() -> None:
    for budget in range(10, 80):
        assert draft().render(budget).text.count("I moved to Milan") <= 1


def test_each_template_shows_its_kinds() -> None:
    facts, chat = draft("facts").render(1000), draft("chat").render(1000)
    assert (facts.chosen.facts, facts.chosen.episodes) == (("f1",), ())
    assert '"I moved to Milan" - Anna' in facts.text
    assert (chat.chosen.facts, chat.chosen.episodes) == ((), ("e2", "e1"))
    assert "Facts" not in chat.text


def test_json_can_be_read_and_holds_what_was_chosen() -> None:
    rendered = draft("json").render(1000)
    value = json.loads(rendered.text)
    assert [fact["text"] for fact in value["facts"]] == ["Anna lives in Milan"]
    assert [message["by"] for message in value["episodes"]] == ["Ben", "Anna"]


def test_no_heading_stands_over_nothing() -> None:
    assert draft(facts=(), episodes=()).render(100).text == ""
    assert draft(episodes=()).render(100).text.startswith("Facts:\n")
    assert draft(facts=()).render(100).text.startswith("Messages:\n")


def test_a_budget_too_small_for_anything_shows_nothing_and_says_so() -> None:
    rendered = draft().render(3)
    assert (rendered.text, rendered.tokens, rendered.chosen.truncated) == ("", 0, True)


@pytest.mark.parametrize("template", TEMPLATES)
@given(budget=st.integers(1, 200), lengths=st.lists(st.integers(1, 30), max_size=12))
def test_the_text_keeps_the_budget_and_shows_exactly_what_was_chosen(template: str, budget: int, lengths: list[int]) -> None:
    episodes = tuple(episode(f"m{n}", f"word{n} " + "and " * length, at=START + timedelta(hours=9 * n)) for n, length in enumerate(lengths))
    rendered = draft(template, episodes=episodes).render(budget)
    assert rendered.tokens == WordCounter().count(rendered.text) <= budget
    shown = [f"m{n}" for n in range(len(lengths)) if f"word{n} " in rendered.text]
    assert sorted(rendered.chosen.episodes) == sorted(shown)
    assert rendered == draft(template, episodes=episodes).render(budget)


def test_where_room_is_short_a_short_message_goes_before_a_long_one_that_is_hardly_better() -> None:
    long, short = episode("l", "word " * 40, at=START), episode("s", "two words", at=START + timedelta(minutes=1))
    made = replace(draft("chat", (), (long, short)), scores={"l": 0.51, "s": 0.5})
    assert made.render(30).chosen.episodes == ("s",)
    assert made.render(1000).chosen.episodes == ("l", "s")
    much_better = replace(made, scores={"l": 0.9, "s": 0.5})
    assert much_better.render(60).chosen.episodes == ("l",)
