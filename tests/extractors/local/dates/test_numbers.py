import pytest

from extractors.local.dates.numbers import Amount, amount


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("a", 1, 1),
        ("an", 1, 1),
        ("two", 2, 2),
        ("12", 12, 12),
        ("2.5", 2.5, 2.5),
        ("a couple of", 2, 2),
        ("A  few", 2, 5),
        ("several", 3, 7),
        ("half a", 0.5, 0.5),
        ("a dozen", 12, 12),
        ("twenty-five", 25, 25),
        ("forty two", 42, 42),
        ("2-3", 2, 3),
        ("three or four", 3, 4),
        ("one and a half", 1.5, 1.5),
    ],
)
def test_amounts_in_words(words: str, low: float, high: float) -> None:
    assert amount(words) == Amount(low, high)


@pytest.mark.parametrize("words", ["zero", "0", "0-3"])
def test_nothing_is_no_amount(words: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        amount(words)


def test_an_amount_is_exact_where_its_ends_meet() -> None:
    assert amount("two").exact
    assert not amount("a few").exact
    assert amount("a few").whole
    assert not amount("half a").whole
    assert amount("half a").times(12) == Amount(6, 6)
