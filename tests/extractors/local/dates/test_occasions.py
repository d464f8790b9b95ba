"""Sentences with seasons and holidays, said on Thursday 6 March 2025 at 19:40 (+02:00)."""

import pytest

from tests.extractors.local.dates.said import heard


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("We surfed last summer.", "last summer = AT 2024-06-01..2024-08-31"),
        ("We went skiing this winter.", "this winter = AT 2024-12-01..2025-02-28"),
        ("I'll repaint the boat this spring", "this spring = AT 2025-03-01..2025-05-31"),
        ("Next fall she goes to college.", "Next fall = AT 2025-09-01..2025-11-30"),
        ("They met in the summer of 2017.", "in the summer of 2017 = AT 2017-06-01..2017-08-31"),
        ("I was in Kyoto in spring 2022.", "in spring 2022 = AT 2022-03-01..2022-05-31"),
        ("I wrote the book over the summer.", "over the summer = AT 2024-06-01..2024-08-31"),
        ("It rained two summers ago.", "two summers ago = AT 2023-06-01..2023-08-31"),
        ("We were there three Christmases ago.", "three Christmases ago = AT 2022-12-24..2022-12-26"),
        ("It gets muggy in summer.", "in summer = REPEATED"),
        ("I've worked there since last autumn.", "since last autumn = SINCE 2024-09-01..2024-11-30"),
        ("We got engaged last Christmas.", "last Christmas = AT 2024-12-24..2024-12-26"),
        ("He proposed on Christmas Eve.", "on Christmas Eve = AT 2024-12-24"),
        ("I baked a lot before Xmas.", "before Xmas = BEFORE 2024-12-24..2024-12-26"),
        ("I dressed up as a crab on Halloween.", "on Halloween = AT 2024-10-31"),
        ("We will visit Mum for Mother's Day.", "for Mother's Day = AT 2025-05-11"),
        ("We hid eggs at Easter 2023.", "at Easter 2023 = AT 2023-04-09"),
        ("I was in Vermont for Thanksgiving last year.", "for Thanksgiving last year = AT 2024-11-28"),
        ("He visits after Easter.", "after Easter = AFTER 2025-04-20"),
        ("The sale starts the day after Thanksgiving 2025.", "the day after Thanksgiving 2025 = AT 2025-11-28"),
        ("I'll see them the weekend before Easter.", "the weekend before Easter = AT 2025-04-19..2025-04-20"),
        ("We kissed on New Year's Eve.", "on New Year's Eve = AT 2024-12-31"),
        ("The bar opens on Valentine\u2019s Day 2026.", "on Valentine\u2019s Day 2026 = AT 2026-02-14"),
    ],
)
def test_occasions_are_found_and_dated(text: str, meaning: str) -> None:
    assert "; ".join(heard(text)) == meaning
