"""A server of the tests does not outlive them."""

import subprocess
import sys

PROGRAM = """
import subprocess
from tests.servers.process import ended_with_us
sleeping = subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, start_new_session=True)
guard = ended_with_us(sleeping.pid)
print(sleeping.pid, flush=True)
input()
"""


def test_what_a_killed_run_started_ends_too() -> None:
    run = subprocess.Popen([sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    sleeping = int(run.stdout.readline())
    assert alive(sleeping)
    run.kill()
    run.communicate()
    while alive(sleeping):  # the run's end is noticed by itself; a guard that sleeps too hangs here
        pass


def alive(pid: int) -> bool:
    """A process that ended but was not asked for its result does not count."""
    state = subprocess.run(["/bin/ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    return state not in ("", "Z")
