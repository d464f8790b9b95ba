from extractors.local.draft import CONFIDENCE, Kind
from tests.extractors.local.spoken import statements


def test_every_kind_has_its_confidence() -> None:
    assert CONFIDENCE.keys() == set(Kind)


def test_an_event_without_a_date_is_less_sure() -> None:
    (dated,) = statements("I won a chess tournament on Sunday.")
    (undated,) = statements("I won a chess tournament.")
    assert (dated.confidence, undated.confidence) == (0.8, 0.7)


def test_how_often_is_kept_beside_the_triple() -> None:
    (statement,) = statements("I take dance lessons every Tuesday.")
    assert statement.attributes == {"repeats": "every Tuesday"}
