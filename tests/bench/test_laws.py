import asyncio
from pathlib import Path

from bench.laws import keys
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


def test_keys_of_all_shapes_are_drawn() -> None:
    rows = keys.measure((10, 20))
    assert [row["assertions of one key"] for row in rows] == list(keys.SHAPES)
    assert all({"10", "20"} <= row.keys() for row in rows)
