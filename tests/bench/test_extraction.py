import pytest

from bench import extraction
from bench.options import Options
from tests.bench.talk import conversation


async def test_facts_and_coverage_are_measured_and_a_sample_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    results = await extraction.run(Options([conversation()], "invented.json", sample=2, seed=7))
    row = results["conversations"]["conv-0"]
    assert row["facts/message"] == pytest.approx(row["facts"] / 6, abs=0.001)
    assert row["facts"] >= 1
    assert row["coverage"]["turns"] == row["coverage"]["statements"] == 1.0
    assert results["all"] == row
    printed = capsys.readouterr().out
    assert "seed 7" in printed
    assert '"' in printed
    extraction.report(results)
    assert "Facts on invented.json" in capsys.readouterr().out


def test_coverage_counts_content_words_whatever_their_ending() -> None:
    assert extraction.coverage("Ines was buying kilns in Porto", ["Ines buys a kiln."]) == 0.75
    assert extraction.coverage("It is", []) == 1.0
