"""Someone asks to be forgotten: over real HTTP, on either store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.command import palimpsest, server_settings
from tests.api.cli.service import Service, serving, serving_on
from tests.servers.neo4j import Emptied

GROUP = "user:ines"
ADD = """mutation($i: AddMessages!) { addMessages(input: $i) { work { state } episodes { id } } }"""
FORGET = "mutation($i: Forget!) { forget(input: $i) { episodes facts entities tombstone { kind reason } } }"
ALL = """query($g: String!, $at: AsOf, $q: String!) { graph(group: $g, asOf: $at) {
  context(question: $q) { text }
  search(text: $q) { highlight }
  entities { nodes { name aliases } }
  facts(filter: { status: [HOLDS, ENDED, FUTURE, RETRACTED] }) { nodes { text sources { quote } } }
  episodes { nodes { content } }
  sessions { nodes { name } }
  changes(first: 100) { nodes { reason } }
} }"""
QUESTION = "Where do Tobias and Ines live?"
SECRETS = ("tobias", "zagreb", "confession")


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, dict[str, str]]]:
    """With the keys of an admin and of a writer, by scope."""
    folder = tmp_path_factory.mktemp("forget")
    store = folder / "memory.db"
    if request.param == "embedded":
        keys = made({"store": str(store)})
        with serving(store) as running:
            yield running, keys
    else:
        server: Emptied = request.getfixturevalue("neo4j_server")
        server.empty()
        keys = made(server_settings(server.address))
        with serving_on(server.address, folder / "serve.log") as running:
            yield running, keys


def made(settings: dict[str, str]) -> dict[str, str]:
    keys = {}
    for scope in ("admin", "write"):
        done = palimpsest("keys", "create", "--group", "user:*", "--scope", scope, **settings)
        assert done.returncode == 0, done.stderr
        keys[scope] = done.stdout.splitlines()[-1]
    return keys


def say(service: Service, key: str, session: str, day: int, content: str) -> None:
    message = {"role": "user", "name": "Ines", "content": content, "saidAt": f"2024-03-{day:02}T09:00:00Z", "id": f"{session}-{day}"}
    answer = service.query(ADD, key, i={"group": GROUP, "session": session, "messages": [message], "wait": True})
    assert answer["data"]["addMessages"]["work"]["state"] == "DONE", answer


def everything(service: Service, key: str, known: str | None = None) -> str:
    answer = service.query(ALL, key, g=GROUP, q=QUESTION, at={"known": known} if known else None)
    assert "errors" not in answer, answer
    return str(answer["data"]).lower()


def test_someone_asks_to_be_forgotten(service: tuple[Service, dict[str, str]]) -> None:
    running, keys = service
    writer, admin = keys["write"], keys["admin"]
    say(running, writer, "everyday", 1, "I live in Porto.")
    say(running, writer, "confession", 2, "My brother Tobias lives in Zagreb. I moved to Zagreb, too.")
    say(running, writer, "everyday", 3, "I love tea.")
    assert all(word in everything(running, writer) for word in SECRETS)
    request: dict[str, Any] = {"group": GROUP, "session": "confession"}
    assert running.query(FORGET, writer, i=request)["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    done = running.query(FORGET, admin, i=request)["data"]["forget"]
    assert (done["episodes"], done["tombstone"]["kind"]) == (1, "FORGOTTEN")
    for known in (None, "2099", "2098-01-01"):
        left = everything(running, admin, known)
        assert not any(word in left for word in SECRETS)
        assert "porto" in left and "tea" in left
    assert files_hold(running.store.parent, "memory.db") == set()
    say(running, writer, "confession", 2, "I live in Lisbon now.")
    assert "lisbon" in everything(running, writer)
    gone = running.query(FORGET, admin, i={"group": GROUP, "everything": True})["data"]["forget"]
    assert gone["episodes"] == 3
    assert not any(word in everything(running, admin) for word in ("porto", "tea", "lisbon", "ines"))


def files_hold(folder: Path, name: str) -> set[str]:
    """The secrets that files of a store hold, if it has any."""
    content = b"".join(path.read_bytes().lower() for path in folder.glob(f"{name}*") if path.suffix != ".log")
    return {word for word in SECRETS if word.encode() in content}
