import pytest

from extractors.local.cues import LOOKED_AT, cues


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We met last Friday", {"dated", "of_speaker"}),
        ("In 2021 your house was new", {"dated", "numbered", "of_hearer"}),
        ("Hey! Two herons?", {"greets", "numbered", "asks"}),
        ("Thanks for all", {"greets"}),
        ("History is an heirloom", set()),
        ("Flat 19999, or so", {"numbered"}),
        ("Weekends_ at the lake, weeklong", set()),
        ("I'm off, you'll see", {"of_speaker", "of_hearer"}),
        ("ONE of mine", {"numbered", "of_speaker"}),
        ("", set()),
    ],
)
def test_what_a_message_shows_at_a_glance(text: str, shown: set[str]) -> None:
    found = cues(text)
    assert {name for name in ("dated", "numbered", "of_speaker", "of_hearer", "greets", "asks") if getattr(found, name)} == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("That's great, well done", {"reacts"}),
        ("Thatched roofs are rare", set()),
        ("We went rowing", {"done"}),
        ("I just painted a heron", {"done"}),
        ("My sister was there", {"done"}),
        ("I want to go rowing, they went", set()),
        ("There we met Anna near Ghent", {"done", "named", "placed"}),
        ("Rowing with Anna", {"named"}),
        ("A walk in the Ardennes", {"named", "placed"}),
        ("Rowing. Then home, Anna", set()),
        ("Wow, I had fun", {"reacts", "done"}),
        ("That\u2019s great", {"reacts"}),
        ("Congratulations on it", {"reacts"}),
        ("I need a boat, we indeed do", set()),
        ("Late.\nI went rowing", {"done"}),
        ("they met \u00c9lodie in \u00c5rhus", {"named", "placed"}),
        ("le \u00e9t\u00e9 dans le jardin", set()),
    ],
)
def test_whether_it_answers_tells_or_names(text: str, shown: set[str]) -> None:
    found = cues(text)
    assert {name for name in ("reacts", "done", "named", "placed") if getattr(found, name)} == shown


def test_two_names_are_many() -> None:
    assert [cues(text).named for text in ("with Anna", "with Anna and Ben", "with Anna, and Ben, and Carl")] == [0.5, 1.0, 1.0]
    assert cues("with Anna, and Anna").named == 0.5


def test_the_end_of_a_long_text_is_not_looked_at() -> None:
    assert not cues("x " * LOOKED_AT + "yesterday?").dated
