"""A Java that Neo4j runs on."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.servers.absent import Absent

OLDEST = 21
FOLDERS = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines")


def java(folders: Sequence[str] = FOLDERS) -> tuple[Path, int]:
    """The first Java that is new enough, and its major version."""
    for path in _candidates(folders):
        if (major := major_version(path)) >= OLDEST:
            return path, major
    raise Absent(f"no Java {OLDEST} or newer in {', '.join(('JAVA_HOME', *folders, 'PATH'))}")


def major_version(path: Path) -> int:
    """0 where it does not run."""
    said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', said.stderr)
    return int(found[1]) if found else 0


def _candidates(folders: Sequence[str]) -> Iterator[Path]:
    """What the user named, what is installed (the newest first, as far as names tell), what is called java."""
    named = [Path(os.environ["JAVA_HOME"]) / "bin" / "java"] if "JAVA_HOME" in os.environ else []
    installed = sorted((path for folder in folders for path in Path(folder).glob("*/**/bin/java")), reverse=True)
    on_path = shutil.which("java")
    found = [*named, *installed, *([Path(on_path)] if on_path else [])]
    return (path for path in found if os.access(path, os.X_OK))
