"""The demo as a user starts it: a process of its own, on a free port, with a store of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ANSWERS_AT = re.compile(r"answers at (http://\S+)")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "api.cli", "serve", "--demo", "--port", "0", "--store", str(folder / "demo.db")]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as serving:
        try:
            with httpx.Client(base_url=_url(serving), timeout=30) as client:
                yield client
        finally:
            serving.terminate()


def _url(serving: subprocess.Popen[str]) -> str:
    """The address the service prints once it answers."""
    assert serving.stdout is not None
    printed: list[str] = []
    for line in serving.stdout:
        printed.append(line)
        if found := ANSWERS_AT.search(line):
            return found[1]
    raise AssertionError("the demo did not start:\n" + "".join(printed))
