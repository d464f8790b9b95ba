"""A server of the tests does not outlive them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.__main__ import run
from tests.servers.process import Neo4jProcess

PROGRAM = """
import subprocess
from tests.servers.process import ended_with_us
sleeping = subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, start_new_session=True)
guard = ended_with_us(sleeping.pid)
print(sleeping.pid, flush=True)
input()
"""


def test_what_a_killed_run_started_ends_too() -> None:
    ran = subprocess.Popen([sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert ran.stdout is not None
    sleeping = int(ran.stdout.readline())
    assert alive(sleeping)
    ran.kill()
    ran.communicate()
    while alive(sleeping):  # the run's end is noticed by itself; a guard that sleeps too hangs here
        pass


class Short(Neo4jProcess):
    """Dies as soon as it is up."""

    def start(self) -> None:
        (self._folder / "console.log").write_text("There is not enough memory")
        self._process = subprocess.Popen(["/bin/sh", "-c", "exit 3"])


def test_a_server_that_dies_is_told_of(tmp_path: Path) -> None:
    """By `make neo4j`, which waits for as long as it is there."""
    with pytest.raises(SystemExit, match="Neo4j ended by itself, with 3:\nThere is not enough memory"):
        run(Short(tmp_path))


def alive(pid: int) -> bool:
    """A process that ended but was not asked for its result does not count."""
    state = subprocess.run(["/bin/ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    return state not in ("", "Z")
