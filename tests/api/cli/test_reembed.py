"""`palimpsest reembed`: a group comes to the embedder of the settings; killed in the middle, it goes on."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.cli.command import MAIN, environment, palimpsest, refused, write_chat
from tests.extractors.embeddings import Script, serving

SAID = ("My sister Nora lives in Oslo.", "Nora works at Tinder Mill.")


@pytest.fixture
def script() -> Iterator[Script]:
    with serving(Script(dimension=12)) as script:
        yield script


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    """The settings of a store that has a group."""
    store = {"store": str(tmp_path / "told.db")}
    done = palimpsest("remember", write_chat(tmp_path / "chat.jsonl", *SAID), "--group", "mine", **store)
    assert done.returncode == 0, done.stderr
    return store


def at(script: Script, **store: str) -> dict[str, str]:
    return {**store, "embedder": "openai", "embedder_url": script.url, "embedder_dimension": "12", "embedder_retries": "0"}


def test_a_group_is_refused_until_it_was_embedded_anew(told: dict[str, str], script: Script) -> None:
    other = at(script, **told)
    why = refused(palimpsest("ask", "mine", "Where does Nora live?", **other), 1)
    assert "wordllama-l2-supercat-256" in why
    assert "openai:text-embedding-3-small" in why
    assert "palimpsest reembed mine" in why
    done = palimpsest("reembed", "mine", **other)
    assert done.returncode == 0, done.stderr
    assert "vectors of openai:text-embedding-3-small" in done.stdout
    assert "Oslo" in palimpsest("ask", "mine", "Where does Nora live?", **other).stdout
    assert "nothing to do" in palimpsest("reembed", "--all", **other).stdout
    assert "palimpsest reembed mine" in refused(palimpsest("ask", "mine", "Where does Nora live?", **told), 1)
    back = palimpsest("reembed", "--all", **told)
    assert back.returncode == 0, back.stderr
    assert "Oslo" in palimpsest("ask", "mine", "Where does Nora live?", **told).stdout


def test_killed_in_the_middle_it_goes_on_and_the_old_vectors_answer_meanwhile(told: dict[str, str], script: Script) -> None:
    script.held_from = 2
    process = subprocess.Popen([*MAIN, "reembed", "mine"], env=environment(**at(script, **told)), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(script.asked) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    script.held_from = 1_000_000
    script.released.set()
    staged = {text for request in script.asked[:2] for text in request["input"]}
    script.asked.clear()
    assert "Oslo" in palimpsest("ask", "mine", "Where does Nora live?", **told).stdout
    done = palimpsest("reembed", "mine", **at(script, **told))
    assert done.returncode == 0, done.stderr
    assert staged
    assert script.texts
    assert staged.isdisjoint(script.texts)


def test_one_group_or_all_and_one_that_is_there(told: dict[str, str]) -> None:
    refused(palimpsest("reembed", **told), 2)
    refused(palimpsest("reembed", "mine", "--all", **told), 2)
    assert "'yours'" in refused(palimpsest("reembed", "yours", **told), 1)
