"""The conversation that `serve --demo` starts with, recorded as if it had been told while it happened."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from api.readers import Given, Line, by_session, read_files
from graph.errors import BadInput, PalimpsestError
from graph.memory import Memory
from graph.model import WorkState
from graph.parts import Parts
from graph.time import parse_period

GROUP = "demo"
LATER = timedelta(minutes=1)
"""How long after its last message a session is recorded."""

Progress = Callable[[int, int], None]


def demo_file() -> Path:
    """The conversation: beside the package in a wheel, under examples/ in a checkout."""
    packaged = Path(str(files("api"))) / "data" / "demo.jsonl"
    return packaged if packaged.is_file() else Path(str(files("api"))).parent / "examples" / "demo.jsonl"


async def load_demo(parts: Parts, progress: Progress) -> int:
    """Tells the conversation to the group `demo`, session by session; the sessions already there change nothing.

    Each session is recorded a minute after its last message, so that what was known earlier can be asked too. Returns
    how many messages were new.
    """
    while await Memory(parts).learn():
        continue  # what another process left to learn is not the demo's, and keeps the real time
    lines = read_files([demo_file()], Given(limits=parts.limits)).lines
    done = new = 0
    for session, told in by_session(lines).items():
        new += await _tell(parts, session, told)
        done += len(told)
        progress(done, len(lines))
    return new


async def _tell(parts: Parts, session: str, told: Sequence[Line]) -> int:
    recorded = max(_said(line) for line in told) + LATER
    memory = Memory(replace(parts, clock=lambda: recorded))
    added = await memory.add_messages(GROUP, session, [line.message for line in told])
    work = await memory.finished(GROUP, added.work.uuid)
    if work.state is WorkState.PARKED:
        raise PalimpsestError(f"the demo's session {session!r} could not be learnt from: {work.error}", hint="Run: palimpsest doctor")
    return len(told) - added.repeated


def _said(line: Line) -> datetime:
    if line.message.said_at is None:
        raise BadInput(f"{line.where}: the demo needs a time in every line", hint='Add "at".')
    return line.message.said_at if isinstance(line.message.said_at, datetime) else parse_period(line.message.said_at).first
