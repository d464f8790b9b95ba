from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from graph.recall.budget import MISSES, Chosen, EpisodeCost, FactCost, Offer, fill, without_last


def offer(uuid: str, line: int, quotes: Mapping[str, int] = MappingProxyType({}), whole: str = "", answers: bool = True) -> Offer:
    cost = FactCost(line, quotes, frozenset([whole] if whole else ()))
    return Offer(uuid, lambda: cost, answers)


F1 = offer("f1", 10, {"e1": 8}, "e1")
F2 = offer("f2", 10, {"e2": 5})
E1, E2, E3 = (EpisodeCost(uuid, 12, "Monday", 3) for uuid in ("e1", "e2", "e3"))


def test_everything_is_shown_where_there_is_room() -> None:
    assert fill([F1, F2], [E1, E2, E3], 1000) == Chosen(("f1", "f2"), ("e1", "e2", "e3"), False)


def test_an_episode_quoted_whole_comes_last() -> None:
    assert fill([F1], [E1, E2, E3], 48, share=0.5) == Chosen(("f1",), ("e2", "e3"), False)


def test_the_tokens_of_a_quote_come_back_when_its_episode_is_shown() -> None:
    room = F2.cost().line + E2.line + E2.heading
    assert fill([F2], [E2], room, share=1.0).episodes == ("e2",)
    assert fill([F2], [E2], room - 1, share=1.0).episodes == ()


def test_a_day_is_headed_once() -> None:
    assert fill([], [E1, E2, E3], 3 + 3 * 12).episodes == ("e1", "e2", "e3")


def test_facts_leave_room_for_messages() -> None:
    facts = [offer(f"f{n}", 10) for n in range(10)]
    chosen = fill(facts, [E1], 100, share=0.3)
    assert chosen == Chosen(("f0", "f1", "f2"), ("e1",), True)


def test_facts_that_answer_nothing_have_a_part_of_that_room_and_let_those_pass_that_do() -> None:
    facts = [offer("asked", 10), *(offer(f"beside{n}", 10, answers=False) for n in range(4)), offer("also asked", 10)]
    many = [EpisodeCost(f"e{n}", 20) for n in range(20)]
    assert fill(facts, many, 200, share=0.3).facts == ("asked", "beside0", "beside1", "also asked")
    assert fill(facts, many, 200, share=1.0).facts == tuple(fact.uuid for fact in facts)


def test_where_messages_have_all_they_need_facts_that_answer_nothing_have_the_rest_of_theirs() -> None:
    facts = [offer("asked", 10), *(offer(f"beside{n}", 10, answers=False) for n in range(6)), offer("also asked", 10)]
    chosen = fill(facts, [E1], 200, share=0.3)
    assert chosen == Chosen(("asked", "beside0", "beside1", "beside2", "beside3", "also asked"), ("e1",), True)
    assert fill(facts, [E1], 400, share=0.3) == Chosen(tuple(fact.uuid for fact in facts), ("e1",), False)


def test_one_beside_that_is_too_large_lets_those_pass_that_answer() -> None:
    facts = [offer("asked", 10), offer("huge", 200, answers=False), offer("also asked", 10)]
    assert fill(facts, [EpisodeCost("long", 500)], 400, share=0.3).facts == ("asked", "also asked")


def test_the_best_fact_is_shown_though_it_answers_nothing() -> None:
    facts = [offer(f"f{n}", 20, answers=False) for n in range(3)]
    assert fill(facts, [EpisodeCost("long", 500)], 100, share=0.3).facts == ("f0",)


def test_the_best_fact_may_take_more_than_the_share() -> None:
    assert fill([F2], [E1], 30, share=0.1) == Chosen(("f2",), ("e1",), False)
    assert fill([F2], [E1], 9, share=0.1) == Chosen((), (), True)


def test_the_best_fact_stands_without_its_quote_where_that_does_not_fit() -> None:
    assert fill([F2, F1], [E1], 14, share=0.1) == Chosen(("f2",), (), True, frozenset({"f2"}))
    assert without_last(Chosen(("f2",), ("e1",), False, frozenset({"f2"}))).bare == {"f2"}


def test_a_smaller_message_may_follow_one_that_is_too_long() -> None:
    chosen = fill([], [EpisodeCost("long", 500), EpisodeCost("short", 5)], 50)
    assert chosen == Chosen((), ("short",), True)


def test_after_some_misses_no_costs_are_asked_for() -> None:
    asked: list[int] = []

    def costs() -> Iterator[EpisodeCost]:
        for n in range(100):
            asked.append(n)
            yield EpisodeCost(str(n), 500)

    fill([], costs(), 50)
    assert len(asked) == MISSES


def test_after_some_misses_facts_that_answer_nothing_are_not_asked_what_they_cost() -> None:
    asked: list[str] = []

    def beside(uuid: str) -> Offer:
        return Offer(uuid, lambda: asked.append(uuid) or FactCost(60), answers=False)  # type: ignore[func-returns-value]

    chosen = fill([F1, *(beside(str(n)) for n in range(100)), F2], [EpisodeCost("long", 500)], 400)
    assert (chosen.facts, len(asked)) == (("f1", "f2"), MISSES)


def test_without_last_drops_messages_before_facts() -> None:
    chosen = without_last(Chosen(("f1", "f2"), ("e1",)))
    assert chosen == Chosen(("f1", "f2"), (), True)
    assert without_last(chosen) == Chosen(("f1",), (), True)


costs = st.integers(1, 40)
facts_of = st.lists(st.tuples(costs, costs, st.integers(0, 8), st.booleans(), st.booleans()), max_size=8).map(
    lambda rows: [
        offer(f"f{n}", line, {f"e{of}": quote}, f"e{of}" if whole else "", answers)
        for n, (line, quote, of, whole, answers) in enumerate(rows)
    ]
)
episodes_of = st.lists(st.tuples(costs, st.sampled_from("ABC")), max_size=8).map(
    lambda rows: [EpisodeCost(f"e{n}", line, day, 4) for n, (line, day) in enumerate(rows)]
)


def spent(chosen: Chosen, facts: list[Offer], episodes: list[EpisodeCost]) -> int:
    shown = [episode for episode in episodes if episode.uuid in chosen.episodes]
    costs = [fact.cost() for fact in facts if fact.uuid in chosen.facts]
    quotes = sum(q for cost in costs for e, q in cost.quotes.items() if e not in chosen.episodes and not chosen.bare)
    lines = sum(cost.line for cost in costs) + sum(episode.line for episode in shown)
    return lines + quotes + 4 * len({episode.day for episode in shown})


def answers(chosen: Chosen, facts: list[Offer]) -> list[str]:
    return [fact.uuid for fact in facts if fact.answers and fact.uuid in chosen.facts]


@given(facts_of, episodes_of, st.integers(0, 300))
def test_what_is_chosen_fits_and_stays_in_order(facts: list[Offer], episodes: list[EpisodeCost], room: int) -> None:
    chosen = fill(facts, episodes, room)
    assert spent(chosen, facts, episodes) <= room
    assert list(chosen.episodes) == [episode.uuid for episode in episodes if episode.uuid in chosen.episodes]
    assert list(chosen.facts) == [fact.uuid for fact in facts if fact.uuid in chosen.facts]
    assert [fact.uuid for fact in facts if fact.answers][: len(answering := answers(chosen, facts))] == answering


@given(facts_of, episodes_of)
def test_a_large_budget_shows_all(facts: list[Offer], episodes: list[EpisodeCost]) -> None:
    chosen = fill(facts, episodes, 100_000)
    assert (len(chosen.facts), len(chosen.episodes), chosen.truncated) == (len(facts), len(episodes), False)
