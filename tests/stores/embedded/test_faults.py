"""Files that cannot be used, and every error of SQLite's: ours, naming the file and what to do."""

import os
import sqlite3
from pathlib import Path

import pytest

from graph.errors import BadInput, Conflict, PalimpsestError, StoreBusy, StoreUnavailable
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.faults import fault, translated
from graph.views import Page
from tests.stores.builders import LATE, START, Writer, keeping, message

PATH = Path("some/store.db")


async def refusal(path: Path) -> StoreUnavailable:
    store = EmbeddedStore(path)
    with pytest.raises(StoreUnavailable) as caught:
        await store.open()
    await store.close()
    assert repr(str(path)) in caught.value.message
    assert caught.value.hint
    return caught.value


async def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in (await refusal(tmp_path / "missing" / "store.db")).message


async def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert "is a folder" in (await refusal(tmp_path)).message


@pytest.mark.parametrize("content", [b"not a database at all, just some text " * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
async def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    await refusal(path)
    assert path.read_bytes() == content


async def test_a_path_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    await refusal(tmp_path / "file" / "store.db")


@pytest.mark.parametrize("read_only", ["store.db", "."])
async def test_a_file_that_may_not_be_written(tmp_path: Path, read_only: str) -> None:
    """Some users may write anything, whatever its mode: for them it just works."""
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    await store.close()
    (tmp_path / read_only).chmod(0o500)
    if os.access(tmp_path / read_only, os.W_OK):
        await store.open()
        await store.close()
    else:
        assert "cannot be written" in (await refusal(tmp_path / "store.db")).message
    (tmp_path / read_only).chmod(0o700)


async def test_a_store_that_is_not_open(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store.db")
    with pytest.raises(StoreUnavailable, match="not open"):
        await store.group("g")
    await store.open()
    await store.close()
    with pytest.raises(StoreUnavailable, match="not open"):
        await store.keep(keeping(message("a")))


async def test_readiness_sees_that_the_file_is_gone(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    await store.check()
    (tmp_path / "store.db").unlink()
    with pytest.raises(StoreUnavailable, match="is gone"):
        await store.check()
    await store.close()


async def test_damage_is_an_error_and_never_an_empty_answer(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    await Writer(store, "g").keep(*(f"message {n}" for n in range(500)))
    await store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x07" * (len(content) - 4096)
    path.write_bytes(content)
    damaged = EmbeddedStore(path)
    with pytest.raises(StoreUnavailable, match="damaged") as caught:
        await damaged.open()
        await damaged.list_episodes("g", None, Page(10), LATE)
    assert "backup" in caught.value.hint
    await damaged.close()


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
async def test_a_torn_log_loses_its_tail_and_nothing_else(tmp_path: Path, keep: float) -> None:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    writer = Writer(store, "g")
    for number in range(20):
        await writer.keep(str(number))
    torn = tmp_path / "torn.db"
    torn.write_bytes((tmp_path / "store.db").read_bytes())
    log = (tmp_path / "store.db-wal").read_bytes()
    (tmp_path / "torn.db-wal").write_bytes(log[: int(len(log) * keep)])
    await store.close()
    again = EmbeddedStore(torn)
    await again.open()
    found = [e.content for e in (await again.list_episodes("g", None, Page(100), LATE)).items]
    assert found == [str(n) for n in range(len(found))]
    await again.close()


async def test_a_full_disk_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    await Writer(store, "g").keep("before")

    def fill(db: sqlite3.Connection) -> None:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")

    await store._db.write(fill)
    with pytest.raises(StoreUnavailable, match="disk is full"):
        await store.keep(keeping(*(message("x" * 5000) for _ in range(50)), at=START))
    found = await store.list_episodes("g", None, Page(10), LATE)
    assert [e.content for e in found.items] == ["before"]
    await store.close()


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
async def test_half_a_surrogate_pair_is_bad_input(tmp_path: Path, text: str) -> None:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    with pytest.raises(BadInput, match="Unicode"):
        await store.keep(keeping(message(text)))
    with pytest.raises(BadInput, match="Unicode"):
        await store.group(text)
    await store.close()


def errors() -> list[type[sqlite3.Error]]:
    return [value for value in vars(sqlite3).values() if isinstance(value, type) and issubclass(value, sqlite3.Error)]


CODES = [getattr(sqlite3, name) for name in dir(sqlite3) if name.startswith("SQLITE_") and name.isupper()]


@pytest.mark.parametrize("kind", errors())
def test_every_error_of_sqlite_is_one_of_ours(kind: type[sqlite3.Error]) -> None:
    for code in CODES:
        error = kind("it broke")
        error.sqlite_errorcode = code
        found = fault(error, PATH)
        assert isinstance(found, (StoreUnavailable, Conflict, BadInput))
        assert found.hint
        with pytest.raises(PalimpsestError), translated(PATH):
            raise error


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        (sqlite3.SQLITE_BUSY, StoreBusy, "another process"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy, "another process"),
        (sqlite3.SQLITE_READONLY, StoreUnavailable, "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, StoreUnavailable, "cannot be opened"),
        (sqlite3.SQLITE_IOERR_READ, StoreUnavailable, "reading or writing"),
    ],
)
def test_what_went_wrong_is_told_apart(code: int, kind: type[PalimpsestError], says: str) -> None:
    error = sqlite3.OperationalError("it broke")
    error.sqlite_errorcode = code
    found = fault(error, PATH)
    assert type(found) is kind
    assert says in found.message
    assert str(PATH) in found.message
