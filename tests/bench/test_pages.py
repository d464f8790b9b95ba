from pathlib import Path

import pytest

from bench.pages import QUALITY, write_part

TABLE = ("Found", ["method", "@5"], [["words", 0.5], ["both", 1]])


def test_only_what_is_between_the_marks_is_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n<!-- begin recall: written by bench/recall -->\nold\n<!-- end recall -->\n\nAfter.\n")
    write_part("recall", [TABLE], page)
    text = page.read_text()
    assert text.startswith("# Title") and text.endswith("After.\n") and "old" not in text
    assert "**Found**\n\n| method | @5 |\n| --- | --: |\n| words | 0.500 |\n| both | 1 |" in text
    write_part("recall", [TABLE], page)
    assert page.read_text() == text


def test_a_page_without_the_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n")
    with pytest.raises(ValueError, match="begin recall"):
        write_part("recall", [TABLE], page)


@pytest.mark.parametrize("name", ["recall", "speed", "ranking"])
def test_the_page_on_quality_has_a_place_for_each_bench(name: str) -> None:
    assert f"<!-- begin {name}:" in QUALITY.read_text()
