import asyncio
import json
from pathlib import Path

from bench.laws import keys
from bench.laws.__main__ import differing, kept
from bench.laws.histories import PIECE, play
from graph.stores.embedded import EmbeddedStore


def test_histories_are_played_piece_by_piece(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "laws.db")
    done: list[int] = []
    with asyncio.Runner() as runner:
        runner.run(store.open())
        played = play(store, runner, PIECE + 1, 1, done.append)
        runner.run(store.close())
    assert (played.histories, played.differences, len(done)) == (PIECE + 1, [], 2)
    assert played.row()["commands"] >= 2 * PIECE and played.asked > 0


def test_what_is_not_asked_for_stays_as_it_was_measured(tmp_path: Path) -> None:
    first = {"histories": {"neo4j": {"differences": 1}}, "arrivals": {"that differ": 0}, "permutations": {"that differ": 0}}
    (tmp_path / "laws.json").write_text(json.dumps({"at": "then", **kept(first, tmp_path)}))
    again = {"histories": {"embedded": {"differences": 0}}, "permutations": {"that differ": 0}}
    both = kept(again, tmp_path)
    assert both == {**first, "histories": {"neo4j": {"differences": 1}, "embedded": {"differences": 0}}}
    assert (differing(both), differing(again)) == (1, 0)


def test_keys_of_all_shapes_are_drawn() -> None:
    rows = keys.measure((10, 20))
    assert [row["assertions of one key"] for row in rows] == list(keys.SHAPES)
    assert all({"10", "20"} <= row.keys() for row in rows)
