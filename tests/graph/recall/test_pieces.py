from datetime import UTC, datetime, timedelta, timezone

from graph.recall.pieces import FactPiece, Quote, Style, quotes_of
from graph.recall.wording import ENGLISH
from tests.graph.recall.made import NOW, START, assertion, episode, fact

LATER = START + timedelta(days=30)
ENDED = fact("f", invalid_at=LATER)
SAID = episode("e1", "I moved to Milan!")
AGAIN = episode("e2", "Milan is home, and this message goes on and on about other things.", at=LATER)


def test_the_first_saying_is_quoted_with_who_said_it_and_when() -> None:
    told = [assertion("a2", "Milan is home", "e2", said=LATER), assertion("a1", "I moved  to\nMilan!", "e1")]
    assert quotes_of(fact("f"), told, {"e1": SAID, "e2": AGAIN}) == (Quote("I moved to Milan!", "Anna", START, "e1", whole=True),)


def test_the_saying_that_ended_it_is_quoted_too() -> None:
    told = [assertion("a1", "I moved to Milan!", "e1"), assertion("a2", "I left Milan", "e2", said=LATER, holds=False)]
    assert [quote.words for quote in quotes_of(ENDED, told, {"e1": SAID, "e2": AGAIN})] == ["I moved to Milan!", "I left Milan"]


def test_what_a_caller_told_without_words_has_no_quote() -> None:
    assert quotes_of(fact("f"), [assertion("a", None, None)], {}) == ()


def test_words_without_an_episode_are_the_actors() -> None:
    assert quotes_of(fact("f"), [assertion("a", "as imported", None, actor="importer")], {}) == (Quote("as imported", "importer", START),)


def test_quotes_of_shown_episodes_are_left_out() -> None:
    piece = FactPiece(fact("f"), "Anna", "Milan", (Quote("a", "Anna", START, "e1"), Quote("b", "Anna", START, "e2")))
    assert [quote.words for quote in piece.quotes_outside(frozenset({"e1"}))] == ["b"]


def test_a_saying_is_dated_in_its_own_offset() -> None:
    style = Style(NOW, ENGLISH, UTC)
    assert style.day(datetime(2024, 3, 2, 1, tzinfo=timezone(timedelta(hours=5)))) == "2 March 2024"


def test_an_event_is_never_superseded() -> None:
    assert Style(NOW, ENGLISH, UTC).superseded(ENDED)
    assert not Style(NOW, ENGLISH, UTC, events=frozenset({"lives_in"})).superseded(ENDED)
    assert not Style(NOW, ENGLISH, UTC).superseded(fact("f"))
