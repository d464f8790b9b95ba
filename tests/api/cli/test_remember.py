"""`palimpsest remember`, run as users run it: what it keeps, what it refuses, and that it never imports half."""

import json
from pathlib import Path

import pytest

from tests.api.cli.command import in_a_process, palimpsest, refused, write_chat

GOOD = json.dumps({"role": "user", "name": "Ines", "content": "I moved to Faro in March.", "at": "2025-04-02"})


def facts(store: Path, *options: str) -> list[dict[str, object]]:
    done = palimpsest("facts", "mine", "--json", "--status", "holds", "--status", "ended", *options, store=str(store))
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_chat_becomes_facts_and_the_same_chat_again_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    chat = write_chat(tmp_path / "chat.jsonl", "I live in Faro.", "I work at Harbour Books.", "I have a dog. Her name is Luz.")
    first = in_a_process("remember", chat, "--group", "mine", store=str(store))
    assert first.returncode == 0, first.stderr
    assert "Remembered 3" in first.stdout
    before = facts(store)
    assert any("Faro" in str(fact["text"]) for fact in before)

    again = palimpsest("remember", chat, "--group", "mine", store=str(store))
    assert "3 of them known already" in again.stdout
    assert "0 new facts" in again.stdout
    assert facts(store) == before


def test_chats_of_emoji_and_documents_just_work(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    emoji = write_chat(tmp_path / "emoji.jsonl", "😀😀🎉", "👩‍👩‍👧", "🫠")
    notes = tmp_path / "notes.md"
    notes.write_text("# Harbour\n\nThe harbour of Olhão was widened in 2019. Ines Prado was born in Tavira.\n")
    done = palimpsest("remember", emoji, notes, "--group", "mine", store=str(store))
    assert done.returncode == 0, done.stderr
    assert "Remembered 4" in done.stdout


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (GOOD + "\n" + GOOD[:40], "line 2"),
        (GOOD + "\n" + GOOD.replace("2025-04-02", "the other day"), "the other day"),
        (GOOD + "\n" + GOOD.replace("I moved to Faro in March.", ""), "''"),
        (GOOD + "\n" + GOOD.replace("Faro", "Faro " * 210_000), "65,536"),
        (GOOD + "\n" + GOOD.replace('"role": "user"', '"role": 1'), "1, not text"),
        ("", "empty"),
    ],
)
def test_one_bad_line_and_nothing_is_imported(tmp_path: Path, content: str, shown: str) -> None:
    good, bad, store = write_chat(tmp_path / "good.jsonl", "I live in Faro."), tmp_path / "bad.jsonl", tmp_path / "memory.db"
    bad.write_text(content)
    told = refused(palimpsest("remember", good, bad, "--group", "mine", store=str(store)), 2)
    assert "bad.jsonl" in told
    assert shown in told
    assert not store.exists()


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "chat.csv"
    table.write_text("a,b")
    told = refused(palimpsest("remember", table, "--group", "mine", store=str(tmp_path / "memory.db")), 2)
    assert "chat.csv" in told
    assert ".jsonl" in told


def test_no_file_and_no_group_are_refused(tmp_path: Path) -> None:
    assert "GROUP" in refused(palimpsest("remember", write_chat(tmp_path / "chat.jsonl", "Hello.")), 2).upper()
    assert "FILES" in refused(palimpsest("remember", "--group", "mine"), 2).upper()


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("these are my notes, and they are no database at all" * 100)
    before = other.read_text()
    told = refused(palimpsest("remember", write_chat(tmp_path / "chat.jsonl", "I live in Faro."), "--group", "mine", store=str(other)), 1)
    assert "notes.db" in told
    assert other.read_text() == before


def test_a_store_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    chat, store = write_chat(tmp_path / "chat.jsonl", "I live in Faro."), tmp_path / "missing" / "memory.db"
    assert str(store) in refused(palimpsest("remember", chat, "--group", "mine", store=str(store)), 1)
