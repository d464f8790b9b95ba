import json
from pathlib import Path

import pytest

from bench import report


def test_results_are_saved_with_the_machine_they_are_from(tmp_path: Path) -> None:
    saved = json.loads(report.save("recall", {"found": 0.5}, tmp_path / "results").read_text())
    assert saved["found"] == 0.5
    assert set(saved["machine"]) == {"python", "system", "cores"}


def test_a_table_shows_numbers_short(capsys: pytest.CaptureFixture[str]) -> None:
    report.show("Recall", ["method", "@10", "questions"], [["bm25", 0.61234, 20]])
    shown = capsys.readouterr().out
    assert "0.612" in shown
    assert "bm25" in shown


def test_this_process_holds_some_memory() -> None:
    assert report.peak_megabytes() > 10
