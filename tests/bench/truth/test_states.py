import json
from pathlib import Path

from bench.subject import Phases, new_memory
from bench.truth.states import FOLDER, cases, run_states


async def test_a_state_is_held_and_the_earlier_one_is_not(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    told = ["I live in Alfama, Lisbon."], ["I moved to Tokyo last week."]
    sessions = [{"messages": [{"role": "user", "content": text} for text in session]} for session in told]
    (folder / "case.json").write_text(json.dumps({"case_id": "transition_2tr_001", "sessions": sessions}))
    assert [case.name for case in cases(tmp_path)] == ["transition_2tr_001"]
    async with new_memory(Phases()) as memory:
        rows = await run_states(memory, tmp_path, lambda more: None)
    assert [(row["state held %"], row["failed"]) for row in rows] == [(100.0, {}), (100.0, {})]


async def test_of_two_who_are_it_to_each_other_either_may_be_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    sessions = [{"messages": [{"role": "user", "content": "My neighbor Thabo plays chess."}]}]
    (folder / "case.json").write_text(json.dumps({"case_id": "transition_2tr_003", "sessions": sessions}))
    async with new_memory(Phases()) as memory:
        rows = await run_states(memory, tmp_path, lambda more: None)
    assert [row["failed"] for row in rows] == [{}, {}]
