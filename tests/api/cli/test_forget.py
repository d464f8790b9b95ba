"""`palimpsest forget`: says what it would do, and does it when told to."""

from pathlib import Path

import pytest

from tests.api.cli.command import palimpsest, refused, write_chat


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "memory.db")
    chats = [
        write_chat(tmp_path / f"{name}.jsonl", words, session=name)
        for name, words in (("spring", "I live in Faro."), ("summer", "My brother Leo lives in Evora."))
    ]
    done = palimpsest("remember", *chats, "--group", "mine", store=path)
    assert done.returncode == 0, done.stderr
    return path


def test_without_yes_nothing_is_done(store: str) -> None:
    done = palimpsest("forget", "mine", "--session", "spring", store=store)
    assert done.returncode == 0, done.stderr
    assert "the session 'spring'" in done.stdout and "--yes" in done.stdout
    assert "Faro" in palimpsest("facts", "mine", store=store).stdout


@pytest.mark.parametrize("words", [["--entity", "Nobody"], ["--session", "Nobody"], ["--fact", "Nobody"], ["--episode", "Nobody"]])
def test_what_is_not_there_is_not_promised_to_be_erased(store: str, words: list[str]) -> None:
    for yes in ([], ["--yes"]):
        assert f"there is no {words[0][2:]} 'Nobody' in the group 'mine'" in refused(
            palimpsest("forget", "mine", *words, *yes, store=store), 1
        )
        assert "there is no group 'mien'" in refused(palimpsest("forget", "mien", "--everything", *yes, store=store), 1)


def test_a_session_is_gone(store: str) -> None:
    done = palimpsest("forget", "mine", "--session", "spring", "--yes", store=store)
    assert done.stdout.startswith("Forgotten: 1 episode, "), done.stderr
    left = palimpsest("facts", "mine", store=store).stdout
    assert ("Faro" in left, "Evora" in left) == (False, True)
    assert "'spring'" in refused(palimpsest("forget", "mine", "--session", "spring", "--yes", store=store), 1)


def test_an_entity_by_its_name(store: str) -> None:
    assert palimpsest("forget", "mine", "--entity", "Leo", "--yes", store=store).returncode == 0
    assert "Evora" not in palimpsest("facts", "mine", store=store).stdout
    assert "'Leo'" in refused(palimpsest("forget", "mine", "--entity", "Leo", "--yes", store=store), 1)


def test_everything(store: str) -> None:
    assert palimpsest("forget", "mine", "--everything", "--yes", store=store).stdout.startswith("Forgotten: 2 episodes")
    assert "Nothing is known" in palimpsest("ask", "mine", "Where does Ines live?", store=store).stdout


@pytest.mark.parametrize("words", [[], ["--session", "spring", "--everything"]])
def test_one_thing_at_a_time(store: str, words: list[str]) -> None:
    assert "one" in refused(palimpsest("forget", "mine", *words, "--yes", store=store), 2)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert "missing.db" in refused(palimpsest("forget", "mine", "--everything", "--yes", store=str(missing)), 1)
    assert not missing.exists()
