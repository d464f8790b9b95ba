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


def test_the_end_of_a_long_text_is_not_looked_at() -> None:
    assert not cues("x " * LOOKED_AT + "yesterday?").dated
