import pytest

from bench.options import Options
from bench.recall import evidence
from bench.score import Tally
from tests.bench.talk import conversation


async def test_recall_is_measured_beside_its_baselines_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    results = await evidence.run(Options([conversation()], "invented.json"))
    means = results["conversations"]["conv-0"]["all"]
    assert means["questions"] == 3
    # Six messages: all of them are among the first ten and within the budgets.
    assert {means[f"{method} {measure}"] for method in evidence.METHODS for measure in ("@10", "in 1500")} == {1.0}
    assert results["conversations"]["conv-0"].keys() == {"all", "single-hop", "multi-hop"}
    assert list(results["parts"]) == ["LoCoMo, not tuned on"]
    evidence.report(results)
    assert "Evidence recall: LoCoMo" in capsys.readouterr().out


async def test_each_leg_is_switched_off_in_turn() -> None:
    without = (await evidence.run(Options([conversation()], "invented.json")))["without"]["LoCoMo, not tuned on"]
    assert {"none", "window", "alike_window"} <= without.keys()
    assert without["none"]["@10"] == 1.0


def test_every_question_counts_the_same() -> None:
    small, large = Tally(), Tally()
    small.add({"context @10": 1.0})
    for _ in range(3):
        large.add({"context @10": 0.0})
    merged = evidence.merged([{"all": small}, {"all": large, "multi-hop": large}])
    assert merged["all"].means() == {"context @10": 0.25}
    assert merged["multi-hop"].counts["context @10"] == 3
