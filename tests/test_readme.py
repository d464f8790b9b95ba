"""What the README tells people to type works, word by word, against a running demo."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.cli.command import palimpsest
from tests.api.cli.service import Service, serving

README = (Path(__file__).parent.parent / "README.md").read_text()
COMMANDS = [shlex.split(line) for line in re.findall(r"^    \.venv/bin/palimpsest (.+)$", README, re.MULTILINE)]
TIME = (Path(__file__).parent.parent / "docs" / "time.md").read_text()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("readme") / "memory.db", "--demo") as running:
        yield running


def test_the_curl_is_answered(demo: Service) -> None:
    body = re.search(r"curl .*? -d '(\{.*?\})'", README, re.DOTALL)
    assert body is not None
    sent = json.loads(body[1])
    answer = demo.query(sent["query"], **sent["variables"])
    assert "Ghent" in answer["data"]["graph"]["context"]["text"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_commands_work(demo: Service, words: list[str], tmp_path: Path) -> None:
    line = re.search(r"echo '(\{.*?\})' > chat.jsonl", README)
    assert line is not None
    (tmp_path / "chat.jsonl").write_text(line[1] + "\n")
    words = [str(tmp_path / word) if word == "chat.jsonl" else word for word in words]
    done = palimpsest(*words, store=str(demo.store))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_story_of_two_clocks_is_what_the_demo_answers(demo: Service) -> None:
    rows = re.findall(r"^\| (\d\S+) \| (\S+) \| (\w+) \|", TIME, re.MULTILINE)
    assert len(rows) == 3
    for valid, known, town in rows:
        options = ["--as-of", valid, *(["--known", known] if known != "now" else [])]
        shown = palimpsest("facts", "demo", "--entity", "Dario", "--first", "200", *options, store=str(demo.store)).stdout
        towns = [name for name in ("Bristol", "Ghent", "Antwerp") if re.search(rf"live\w* in {name}|moved to {name}", shown)]
        assert towns == [town]
