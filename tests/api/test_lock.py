"""One writer a store: who gets the lock, who is told what, and what a killed process leaves behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.lock import Holder, held, holder, lock_path, take
from graph.errors import StoreBusy, StoreUnavailable

HOLD = """
import sys, time
from pathlib import Path
from api.lock import take
lock = take(Path(sys.argv[1]), "remember")
print("held", flush=True)
time.sleep(60)
"""


def test_the_first_gets_it_and_the_second_does_not(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    lock = take(store, "remember")
    assert lock is not None
    assert take(store, "remember") is None
    assert holder(store) == Holder(os.getpid(), "remember")
    lock.release()
    assert holder(store) is None
    again = take(store, "remember")
    assert again is not None
    again.release()


def test_a_service_says_where_it_answers(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    with held(store, "serve", 0) as lock:
        lock.describe("serve", "http://127.0.0.1:8000")
        assert holder(store) == Holder(os.getpid(), "serve", "http://127.0.0.1:8000")
        with pytest.raises(StoreBusy, match=rf"process {os.getpid()} \(palimpsest serve\)") as caught, held(store, "serve", 0):
            pass
        assert "http://127.0.0.1:8000" in caught.value.hint


def test_two_names_of_one_file_are_one_lock(tmp_path: Path) -> None:
    (tmp_path / "memory.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "memory.db")
    assert lock_path(tmp_path / "link.db") == lock_path(tmp_path / "sub" / ".." / "memory.db")


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(store)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        found = holder(store)
        assert found is not None
        assert found.pid == other.pid
        other.kill()
    assert holder(store) is None
    lock = take(store, "remember")
    assert lock is not None
    lock.release()


def test_a_short_holder_is_waited_for(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    with subprocess.Popen([sys.executable, "-c", HOLD.replace("60", "0.3"), str(store)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with held(store, "serve", 20):
            assert other.wait(20) == 0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"missing/memory\.db") as caught:
        take(tmp_path / "missing" / "memory.db", "serve")
    assert "--store" in caught.value.hint
