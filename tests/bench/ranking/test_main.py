from dataclasses import replace

import pytest

from bench.options import Options
from bench.ranking import __main__ as ranking
from tests.bench.talk import conversation


async def test_each_is_learnt_from_the_others_and_the_table_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    told = [replace(conversation(), name=name) for name in ("conv-26", "conv-30", "Chat_1_Emi_Elise")]
    results = await ranking.run(Options(told, "invented.json"))
    assert results["learnt on"] == ["conv-26", "conv-30", "Chat_1_Emi_Elise"]
    assert results["in turn"]["chats"]["in 1500"] == results["in turn"]["LoCoMo"]["@10"] == 1.0
    assert {"window", "here"} <= results["first"].keys() <= results["episodes"].keys() | results["first"].keys()
    assert not results["episodes"].keys() & ranking.LEFT_OUT
    ranking.report(results)
    assert "Weights: episodes" in capsys.readouterr().out
