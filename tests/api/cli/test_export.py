"""`palimpsest export` and `import`: a group to a file and back, whole or not at all."""

from pathlib import Path

import pytest

from graph.stores.neo4j.address import Address
from tests.api.cli.command import Done, in_a_process, palimpsest, refused, server_settings, write_chat

SAID = ("My sister Nora lives in Oslo.", "Nora works at Tinder Mill.", "Nora moved to Bergen last week.")


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    """The settings of a store that has a group."""
    store = {"store": str(tmp_path / "told.db")}
    done = palimpsest("remember", write_chat(tmp_path / "chat.jsonl", *SAID), "--group", "mine", **store)
    assert done.returncode == 0, done.stderr
    return store


def exported(file: Path, **store: str) -> bytes:
    done = palimpsest("export", "mine", "--out", file, **store)
    assert done.returncode == 0, done.stderr
    return file.read_bytes()


def imported(file: Path, *more: str, **store: str) -> Done:
    done = palimpsest("import", file, *more, **store)
    assert done.returncode == 0, done.stderr
    return done


def test_a_group_goes_through_neo4j_and_comes_back_the_same(tmp_path: Path, told: dict[str, str], neo4j: Address) -> None:
    server, back = server_settings(neo4j), {"store": str(tmp_path / "back.db")}
    one = exported(tmp_path / "one.jsonl", **told)
    assert "3 episodes" in imported(tmp_path / "one.jsonl", **server).stdout
    two = exported(tmp_path / "two.jsonl", **server)
    imported(tmp_path / "two.jsonl", **back)
    assert one == two == exported(tmp_path / "three.jsonl", **back)
    told_of = [palimpsest("facts", "mine", **store).stdout for store in (told, server, back)]
    assert "Tinder Mill" in told_of[0]
    assert told_of[0] == told_of[1] == told_of[2]


def test_an_export_goes_to_a_pipe(told: dict[str, str]) -> None:
    done = in_a_process("export", "mine", **told)
    assert done.returncode == 0
    assert done.stdout.startswith('{"kind":"group"')
    assert "Exported 'mine'" in done.stderr


def test_another_name_may_be_given(tmp_path: Path, told: dict[str, str]) -> None:
    exported(tmp_path / "one.jsonl", **told)
    imported(tmp_path / "one.jsonl", "--group", "yours", **told)
    facts = [palimpsest("facts", group, **told).stdout for group in ("mine", "yours")]
    assert "Tinder Mill" in facts[0]
    assert facts[0] == facts[1]


def test_what_cannot_be_done_is_told(tmp_path: Path, told: dict[str, str]) -> None:
    file = tmp_path / "one.jsonl"
    exported(file, **told)
    assert "'one.jsonl'" not in refused(palimpsest("export", "--out", file, "mine", **told), 2)
    assert "'nobody'" in refused(palimpsest("export", "--out", tmp_path / "new.jsonl", "nobody", **told), 1)
    assert not (tmp_path / "new.jsonl").exists()
    assert "there already" in refused(palimpsest("import", file, **told), 1)
    assert "cannot be read" in refused(palimpsest("import", tmp_path / "none.jsonl", **told), 2)
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:3], lines[3][:40], *lines[4:]]))
    assert "line 4" in refused(palimpsest("import", file, "--group", "broken", **told), 2)
    assert "no group" in refused(palimpsest("export", "--out", tmp_path / "new.jsonl", "broken", **told), 1)
