"""Reading files: what becomes a message or a document, and what is refused with file, line and value."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.readers import READERS, Given, by_session, read_files
from graph.errors import BadInput
from graph.parts import Limits

GOOD = {"session": "spring", "role": "user", "name": "Ines", "content": "I moved to Faro.", "at": "2025-03-02T10:00:00+00:00"}
SMALL = Given(limits=Limits(message_bytes=100, document_bytes=200))


def write(folder: Path, name: str, *rows: object) -> Path:
    path = folder / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n")
    return path


def refusal(path: Path, given: Given = SMALL) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_files([path], given)
    return caught.value


def test_a_line_becomes_a_message(tmp_path: Path) -> None:
    path = write(tmp_path, "chat.jsonl", GOOD | {"id": "m1", "metadata": {"channel": "web"}})
    [line] = read_files([path], SMALL).lines
    assert (line.session, line.message.name, line.message.content, line.message.id) == ("spring", "Ines", "I moved to Faro.", "m1")
    assert line.message.said_at == GOOD["at"]
    assert line.message.metadata == {"channel": "web"}


def test_session_and_time_that_lines_do_not_tell_come_from_the_caller_then_from_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "june.jsonl", {"role": "user", "content": "Hello there."})
    assert read_files([path], SMALL).lines[0].session == "june"
    told = read_files([path], Given("july", "2025-07")).lines[0]
    assert (told.session, told.message.said_at) == ("july", "2025-07")


def test_blank_lines_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    row = json.dumps(GOOD).encode()
    path.write_bytes(b"\xef\xbb\xbf" + row + b"\r\n\r\n" + row.replace(b"Faro", b"Tavira"))
    assert [line.message.content for line in read_files([path], SMALL).lines] == ["I moved to Faro.", "I moved to Tavira."]


def test_lines_without_an_id_get_a_stable_one(tmp_path: Path) -> None:
    row = {"role": "user", "content": "Good morning!"}
    first = read_files([write(tmp_path, "chat.jsonl", row, row)], SMALL).lines
    grown = read_files([write(tmp_path, "chat.jsonl", row, row, row)], SMALL).lines
    assert len({line.message.id for line in grown}) == 3
    assert [line.message.id for line in first] == [line.message.id for line in grown[:2]]


def test_a_document_is_kept_whole_under_the_name_of_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, "notes.MD", "# Notes", "", "Ines lives in Faro.")
    [paper] = read_files([path], Given("papers", "2025")).papers
    assert (paper.document.title, paper.document.content) == ("notes", "# Notes\n\nInes lives in Faro.\n")
    assert (paper.session, paper.document.said_at) == ("papers", "2025")


def test_sessions_keep_their_order(tmp_path: Path) -> None:
    rows = [GOOD | {"session": name, "content": f"{name} {n}"} for n in range(2) for name in ("b", "a")]
    sessions = by_session(read_files([write(tmp_path, "chat.jsonl", *rows)], SMALL).lines)
    assert {name: [line.message.content for line in lines] for name, lines in sessions.items()} == {
        "b": ["b 0", "b 1"],
        "a": ["a 0", "a 1"],
    }
    assert list(sessions) == ["b", "a"]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ('{"session": "spring", "role": "user", "con', '{"session": "spring", "role": "user", "con'),
        ("[1, 2]", "[1, 2]"),
        ("not json", "not json"),
        (GOOD | {"content": 7}, "7"),
        (GOOD | {"role": None}, "role"),
        (GOOD | {"metadata": "web"}, '"web"'),
        (GOOD | {"id": 12}, "12"),
        (GOOD | {"timestamp": "2025"}, "timestamp"),
        (GOOD | {"role": "robot"}, "robot"),
        (GOOD | {"at": "yesterday"}, "yesterday"),
        (GOOD | {"at": "2025-02-30"}, "2025-02-30"),
        (GOOD | {"at": "2025-03-02T10:00:00"}, "2025-03-02T10:00:00"),
        (GOOD | {"content": ""}, "''"),
        (GOOD | {"content": "   "}, "'   '"),
        (GOOD | {"content": "a" * 101}, "101"),
        ('{"role": "user", "content": "half \\ud83d"}', "half"),
        (GOOD | {"session": "x" * 600}, "600"),
        ('{"role": "user", "content": "Hi", "metadata": {"n": NaN}}', "NaN"),
    ],
)
def test_a_bad_line_names_file_line_and_value(tmp_path: Path, row: object, shown: str) -> None:
    error = refusal(write(tmp_path, "chat.jsonl", GOOD, row))
    assert "chat.jsonl line 2" in error.message
    assert shown in error.message
    assert error.hint or "limit" in error.message


def test_a_message_of_a_megabyte_is_refused_with_its_size(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, "chat.jsonl", GOOD | {"content": "word " * 210_000}), Given())
    assert "1,050,000" in error.message
    assert "65,536" in error.message


@pytest.mark.parametrize(
    ("name", "data", "shown"), [("chat.csv", b"a,b", ".jsonl"), ("chat", b"hello", ".txt"), ("chat.jsonl", b"", "empty")]
)
def test_unknown_formats_and_empty_files_are_refused(tmp_path: Path, name: str, data: bytes, shown: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = refusal(path)
    assert name in error.message
    assert shown in error.message + error.hint


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"fine\nna\xefve\n")
    error = refusal(path)
    assert "chat.txt line 2" in error.message
    assert r"b'\xef'" in error.message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "missing.jsonl").message
    (tmp_path / "folder.txt").mkdir()
    assert "cannot be read" in refusal(tmp_path / "folder.txt").message


def test_one_id_with_two_contents_names_both_places(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, "chat.jsonl", GOOD | {"id": "m1"}, GOOD | {"id": "m1", "content": "I moved to Lagos."}))
    assert "line 1" in error.message
    assert "line 2" in error.message


def test_the_same_message_twice_is_fine(tmp_path: Path) -> None:
    path = write(tmp_path, "chat.jsonl", GOOD | {"id": "m1"}, GOOD | {"id": "m1"})
    assert len(read_files([path], SMALL).lines) == 2


def test_an_emoji_chat_is_read(tmp_path: Path) -> None:
    rows = [GOOD | {"content": "😀😀🎉"}, GOOD | {"content": "👩‍👩‍👧"}]
    assert len(read_files([write(tmp_path, "chat.jsonl", *rows)], SMALL).lines) == 2


@given(data=st.binary(max_size=200), ending=st.sampled_from(sorted(READERS)))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"file{ending}"
    path.write_bytes(data)
    try:
        read_files([path], SMALL)
    except BadInput as error:
        assert "file" in error.message
