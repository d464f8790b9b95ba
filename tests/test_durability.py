"""kill -9, again and again: nothing acknowledged is lost, and nothing is there twice."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import kill
from pathlib import Path
from signal import SIGKILL

from api.settings import read_settings
from api.wiring import open_memory
from graph.model import FactStatus
from graph.views import FactFilter, Page
from tests.api.cli.command import environment, write_chat
from tests.api.cli.service import Service, serving

ROUNDS = 20
SERVICE_ROUNDS = 3
TOWNS = ("Faro", "Evora", "Braga", "Lagos", "Porto", "Coimbra", "Sintra", "Tomar")
MESSAGES = [f"I moved to {town} on {day} May." for day, town in enumerate(TOWNS * 3, start=1)] + ["I have a dog. Her name is Luz."]
STATUSES = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)

# Loads the models once and runs each command in a fork: a real process on real files, without the seconds of a start.
NURSERY = """
import os, sys
from api.cli import run
import api.cli.remember
from extractors.local import nlp
nlp.load()
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(run(line.rstrip().split(chr(9))))
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@dataclass(frozen=True, slots=True)
class Nursery:
    """Starts commands; `log` is where they write their errors."""

    process: subprocess.Popen[str]
    log: Path

    def start(self, *words: str) -> int:
        """The process id of a command that now runs."""
        assert self.process.stdin is not None
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        return int(self._line())

    def finish(self, *words: str) -> float:
        """Runs a command to its end, which must be good; how many seconds it took."""
        begun = time.monotonic()
        self.start(*words)
        assert self.ended() == 0, self.log.read_text()
        return time.monotonic() - begun

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def nursery(log: Path) -> Iterator[Nursery]:
    pipe = subprocess.PIPE
    with (
        log.open("w") as errors,
        subprocess.Popen([sys.executable, "-c", NURSERY], env=environment(), stdin=pipe, stdout=pipe, stderr=errors, text=True) as process,
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", log.read_text()
        yield Nursery(process, log)


async def remembered(store: Path, group: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The ids of a group's episodes, and its facts with their ends, each list sorted."""
    async with open_memory(read_settings({}, store=str(store))) as memory:
        graph = await memory.graph(group)
        episodes = (await graph.episodes(None, Page(500))).items
        facts = (await graph.facts(FactFilter(status=STATUSES), "OLDEST", Page(500))).items
    return sorted(str(e.external_id) for e in episodes), sorted((f.text, str(f.valid_at), str(f.invalid_at)) for f in facts)


async def test_remember_killed_at_any_moment_and_run_again_is_as_if_nothing_had_happened(tmp_path: Path) -> None:
    store, chance = tmp_path / "memory.db", random.Random(20261123)  # noqa: S311 - moments to kill at, no secret
    chat = write_chat(tmp_path / "chat.jsonl", *MESSAGES)
    with nursery(tmp_path / "errors.log") as commands:
        seconds = commands.finish("remember", str(chat), "--group", "whole", "--store", str(store))
        for group in map(str, range(ROUNDS)):
            words = ("remember", str(chat), "--group", group, "--store", str(store))
            victim = commands.start(*words)
            time.sleep(chance.uniform(0, seconds))
            with suppress(ProcessLookupError):
                kill(victim, SIGKILL)
            commands.ended()
            commands.finish(*words)
    expected = await remembered(store, "whole")
    assert len(expected[0]) == len(MESSAGES)
    assert len(expected[1]) >= len(TOWNS)
    for group in map(str, range(ROUNDS)):
        assert await remembered(store, group) == expected


ADD = """
mutation($messages: [MessageInput!]!) {
  addMessages(input: {group: "mine", session: "spring", messages: $messages}) { episodes { externalId } }
}
"""
KEPT = '{ graph(group: "mine") { episodes(first: 500) { nodes { externalId work { state } } } } }'


def test_what_a_service_acknowledged_outlives_its_kill(tmp_path: Path) -> None:
    store, chance = tmp_path / "memory.db", random.Random(20261123)  # noqa: S311 - moments to kill at, no secret
    acknowledged: list[str] = []
    for round in range(SERVICE_ROUNDS):
        with serving(store) as service:
            for number in range(chance.randint(5, len(MESSAGES))):
                message = {"id": f"{round}-{number}", "role": "user", "name": "Ines", "content": MESSAGES[number]}
                answer = service.query(ADD, messages=[message])
                acknowledged += [episode["externalId"] for episode in answer["data"]["addMessages"]["episodes"]]
            service.process.kill()
    with serving(store) as service:
        kept = learnt(service)
    assert sorted(kept) == sorted(acknowledged)


def learnt(service: Service) -> list[str]:
    """The ids of the messages that were learnt from, once all are."""
    while True:
        nodes = service.query(KEPT)["data"]["graph"]["episodes"]["nodes"]
        if all(node["work"]["state"] == "DONE" for node in nodes):
            return [node["externalId"] for node in nodes]
        assert all(node["work"]["state"] in ("DONE", "QUEUED", "RUNNING") for node in nodes)
        time.sleep(0.1)
