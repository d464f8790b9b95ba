import pytest

from bench import ingest
from bench.options import Options
from tests.bench.talk import conversation


async def test_rates_and_latencies_are_measured_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    results = await ingest.run(Options([conversation()], "invented.json"))
    (row,) = results["conversations"]
    assert row["messages"] == 6
    assert row["messages/s"] > 0
    assert 0 < row["context p50"] <= row["context p95"]
    assert results["phases (ms a message)"][0].keys() == {"conversation", "keep", "extract", "embed", "settle"}
    assert results["context legs (ms)"]["conv-0"].keys() >= {"total", "question", "search", "rank", "render"}
    ingest.report(results)
    assert "conv-0" in capsys.readouterr().out
