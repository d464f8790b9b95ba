"""The command as users run it: here, to be quick, or in a process of its own."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from api.cli import run
from graph.stores.neo4j.address import Address

MAIN = [sys.executable, "-m", "api.cli"]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with no other PALIMPSEST_* than `settings`."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PALIMPSEST_")}
    return plain | {f"PALIMPSEST_{name.upper()}": value for name, value in settings.items()}


def server_settings(address: Address) -> dict[str, str]:
    """The settings that name a Neo4j server."""
    return {
        "store": address.uri,
        "neo4j_user": address.user,
        "neo4j_password": address.password,
        "neo4j_database": address.database,
    }


def palimpsest(*arguments: object, **settings: str) -> Done:
    """Runs one command to its end in this process."""
    before, out, err = dict(os.environ), io.StringIO(), io.StringIO()
    os.environ.clear()
    os.environ.update(environment(**settings))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run([str(word) for word in arguments])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return Done(code, out.getvalue(), err.getvalue())


def in_a_process(*arguments: object, **settings: str) -> Done:
    """Runs one command to its end in a process of its own."""
    words = [*MAIN, *map(str, arguments)]
    done = subprocess.run(words, env=environment(**settings), capture_output=True, text=True, timeout=120, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def refused(done: Done, code: int) -> str:
    """What a failed command told: one error, at most one hint, no traceback."""
    told = done.stderr.splitlines()
    assert done.returncode == code, done.stderr
    assert told[0].startswith("error: ")
    assert [line.split(":")[0] for line in told[1:]] in ([], ["hint"])
    return done.stderr


def write_chat(path: Path, *contents: str, session: str = "spring", name: str = "Ines") -> Path:
    """A file of one message a minute."""
    lines = [
        {
            "session": session,
            "role": "user",
            "name": name,
            "content": content,
            "at": f"2025-03-02T10:{minute:02}:00+00:00",
            "id": f"{session}-{minute}",
        }
        for minute, content in enumerate(contents)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path
