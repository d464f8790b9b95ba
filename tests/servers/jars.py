"""The jars of a Neo4j Community server, from Maven Central, kept between runs."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.servers.absent import Absent

VERSION = "2026.09.0"
POM = Path(__file__).parent / "pom.xml"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / f"neo4j-{VERSION}"


def jars() -> Path:
    """Their folder, filled at the first call: about 155 MB."""
    folder = cache() / "lib"
    if not folder.exists():
        _fill(folder)
    return folder


def _fill(folder: Path) -> None:
    """Whole or not at all: another run may be filling it too, and this one may be ended."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Absent("no Maven (mvn) to get the jars of Neo4j with")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        target = Path(made) / "lib"
        command = [maven, "-q", "-B", "-C", "-f", str(POM), COPY, f"-Dneo4j.version={VERSION}", "-DincludeScope=runtime"]
        done = subprocess.run([*command, f"-DoutputDirectory={target}"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Absent(f"Maven could not get the jars of Neo4j {VERSION}: {_first_error(done.stdout)}")
        if not folder.exists():
            target.rename(folder)


def _first_error(said: str) -> str:
    return next((line for line in said.splitlines() if "ERROR" in line), said[-200:])
