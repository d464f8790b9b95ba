"""The real command in a process of its own, as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

MAIN = [sys.executable, "-m", "api.cli"]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment without any PALIMPSEST_* but `settings`."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PALIMPSEST_")}
    return plain | {f"PALIMPSEST_{name.upper()}": value for name, value in settings.items()}


def palimpsest(*arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end."""
    words = [*MAIN, *map(str, arguments)]
    return subprocess.run(words, env=environment(**settings), capture_output=True, text=True, timeout=120, check=False)


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
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
