import json
from pathlib import Path

import pytest

from bench import speed
from bench.stores.world import Size
from tests.servers.neo4j import Emptied


async def test_contexts_are_timed_by_size_and_leg() -> None:
    results = await speed.run([Size(12, 1), Size(30, 3)], questions=5, openings=2)
    asked = [("opened", 2), ("first", 5), ("again", 5)]
    assert [(row["facts"], row["groups"], row["asked"], row["questions"]) for row in results["context"]] == [
        (facts, groups, *one) for facts, groups in ((12, 1), (30, 3)) for one in asked
    ]
    assert {row["store"] for row in results["context"]} == {"embedded"}
    for row in results["context"]:
        assert 0 < row["p50 ms"] <= row["p95 ms"]
        assert tuple(row["legs p50 ms"]) == tuple(row["legs p95 ms"]) == speed.LEGS


async def test_what_is_not_measured_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "quality.md"
    page.write_text("<!-- begin speed: written by bench/speed -->\n<!-- end speed -->\n")
    (tmp_path / "speed.json").write_text('{"context": [{"facts": 9, "groups": 1, "file": "opened"}]}')  # as it was written before
    for size in (Size(30, 3), Size(12, 1), Size(30, 3)):
        results = await speed.run([size], questions=2, openings=1)
        speed.keep(results, tmp_path, page)
    assert "| 12 facts, 1 group | embedded | opened |" in page.read_text()
    assert page.read_text().count("| 30 facts, 3 groups | embedded | again |") == 1
    kept = json.loads((tmp_path / "speed.json").read_text())["context"]
    assert [row["facts"] for row in kept] == [12, 12, 12, 30, 30, 30]
    assert kept[3:] == results["context"]
    assert "speed.json" in capsys.readouterr().out


async def test_a_server_is_measured_too_where_it_is_empty(neo4j_server: Emptied, capsys: pytest.CaptureFixture[str]) -> None:
    neo4j_server.empty()
    results = await speed.run([Size(12, 1)], neo4j_server.address, questions=2, openings=1)
    assert [(row["store"], row["asked"]) for row in results["context"]] == [
        (store, asked) for store in ("embedded", "neo4j") for asked in speed.ASKED
    ]
    with pytest.raises(SystemExit, match="2"):
        await speed.run([Size(12, 1)], neo4j_server.address, questions=2, openings=1)
    assert "not empty" in capsys.readouterr().err


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
