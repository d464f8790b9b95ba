"""docker-compose.yml starts what the documents say: the database first, and no secret that everybody knows."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli import COMMANDS
from api.place import store_file
from api.settings import read_settings
from graph.errors import BadInput
from tests.servers.container import IMAGE

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
OURS = ("palimpsest", "worker")
SECRETS = {"PALIMPSEST_KEY": "k" * 24, "PALIMPSEST_NEO4J_PASSWORD": "p" * 24}
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")


def environment(service: str) -> dict[str, str]:
    """As the container gets it, with the two secrets in .env and nothing else."""
    given = SERVICES[service]["environment"]
    return {name: VARIABLE.sub(lambda m: SECRETS.get(m[1], m[2] or ""), value) for name, value in given.items()}


@pytest.mark.parametrize("service", OURS)
def test_ours_wait_for_the_database_and_can_reach_it(service: str) -> None:
    assert SERVICES[service]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    settings = read_settings(environment(service))
    assert store_file(settings) is None
    assert settings.store == "neo4j://neo4j:7687"
    assert environment("neo4j")["NEO4J_AUTH"] == f"neo4j/{settings.neo4j_password}"


def test_the_worker_learns_and_the_service_does_not() -> None:
    assert SERVICES["worker"]["command"] in COMMANDS
    assert not read_settings(environment("palimpsest")).work
    assert SERVICES["worker"]["healthcheck"] == {"disable": True}


def test_the_database_is_the_one_that_is_tested_and_says_when_it_is_ready() -> None:
    assert SERVICES["neo4j"]["image"] == IMAGE
    assert SERVICES["neo4j"]["healthcheck"]["test"]
    assert {volume.split(":")[0] for volume in SERVICES["neo4j"]["volumes"]} == set(yaml.safe_load(TEXT)["volumes"])


def test_every_document_and_hint_names_the_same_image() -> None:
    named = {
        found
        for folder in ("docs", "graph", "api")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".md", ".py"}
        for found in re.findall(r"neo4j:\d[\w.]+\d", path.read_text())
    }
    assert named <= {IMAGE}


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_that_is_missing_ends_the_start(secret: str) -> None:
    assert re.search(rf"\$\{{{secret}:\?", TEXT)
    assert not re.search(rf"\$\{{{secret}(:-|\}})", TEXT)


def test_nobody_else_reaches_it_until_told_so() -> None:
    ports = {name: service.get("ports", []) for name, service in SERVICES.items() if service.get("ports")}
    assert ports == {"palimpsest": ["${PALIMPSEST_PUBLISH:-127.0.0.1:8000}:8000"]}


def test_without_the_password_the_service_refuses() -> None:
    with pytest.raises(BadInput, match="PALIMPSEST_NEO4J_PASSWORD"):
        store_file(read_settings({**environment("worker"), "PALIMPSEST_NEO4J_PASSWORD": ""}))
