import json
from pathlib import Path

import pytest

from bench import speed
from bench.stores.world import Size


async def test_contexts_are_timed_by_size_and_leg(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = await speed.run([Size(12, 1), Size(30, 3)], questions=5, openings=2)
    assert [(row["facts"], row["groups"], row["file"], row["questions"]) for row in results["context"]] == [
        (12, 1, "opened", 2),
        (12, 1, "first", 5),
        (12, 1, "again", 5),
        (30, 3, "opened", 2),
        (30, 3, "first", 5),
        (30, 3, "again", 5),
    ]
    for row in results["context"]:
        assert 0 < row["p50 ms"] <= row["p95 ms"]
        assert tuple(row["legs p50 ms"]) == tuple(row["legs p95 ms"]) == speed.LEGS
    page = tmp_path / "quality.md"
    page.write_text("<!-- begin speed: written by bench/speed -->\n<!-- end speed -->\n")
    speed.keep(results, tmp_path, page)
    assert "| 12 facts, 1 group | opened |" in page.read_text()
    assert "| 30 facts, 3 groups | again |" in page.read_text()
    assert json.loads((tmp_path / "speed.json").read_text())["context"] == results["context"]
    assert "speed.json" in capsys.readouterr().out


async def test_the_legs_are_parts_of_what_a_context_takes() -> None:
    rows = (await speed.run([Size(12, 1)], questions=1, openings=1))["context"]
    for row in rows:
        assert 0 < sum(row["legs p50 ms"].values()) <= row["p50 ms"] + 0.05  # each is rounded


@pytest.mark.parametrize(("text", "size"), [("1000", Size(1000, 1)), ("100000/100", Size(100000, 100))])
def test_a_size_is_read_as_facts_and_groups(text: str, size: Size) -> None:
    assert Size.of(text) == size


@pytest.mark.parametrize("text", ["many", "10/0", "10/20"])
def test_a_size_without_facts_in_each_group_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        speed.main(["--sizes", text])
    assert text in capsys.readouterr().err
