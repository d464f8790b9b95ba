"""`palimpsest doctor` says what is there, and what to do about what is not."""

import sqlite3
from importlib.metadata import version
from pathlib import Path

from tests.api.cli.command import palimpsest, write_chat


def test_a_healthy_installation(tmp_path: Path) -> None:
    done = palimpsest("doctor", store=str(tmp_path / "memory.db"))
    assert done.returncode == 0, done.stdout
    for words in (
        f"palimpsest {version('palimpsest')}",
        "SQLite 3.",
        "en_core_web_sm",
        "wordllama",
        "relations",
        "GiB free",
        "not there yet",
    ):
        assert words in done.stdout


def test_the_size_is_that_of_all_that_is_written(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    assert palimpsest("remember", write_chat(tmp_path / "a.jsonl", "I live in Faro."), "--group", "mine", store=str(store)).returncode == 0
    before = store.stat().st_size
    (tmp_path / "memory.db-wal").write_bytes(b"")
    with sqlite3.connect(store) as writing:
        writing.execute("CREATE TABLE large AS SELECT zeroblob(3000000) AS x")
        assert store.stat().st_size == before
        size = (before + (tmp_path / "memory.db-wal").stat().st_size) / (1 << 20)
        assert f"{size:.1f} MiB, 1 group" in palimpsest("doctor", store=str(store)).stdout
    writing.close()


def test_what_is_wrong_fails_with_advice(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[relations\n")
    (tmp_path / "memory.db").write_text("not a database" * 1000)
    done = palimpsest("doctor", store=str(tmp_path / "memory.db"), ontology=str(tmp_path / "broken.toml"))
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if line.startswith("wrong")]
    assert ["broken.toml" in wrong[0], "memory.db" in wrong[1]] == [True, True], done.stdout
    assert "→" in done.stdout
