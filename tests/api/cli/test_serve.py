"""`palimpsest serve`: one writer a file, commands that go through it, keys, and a clean end."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.lock import holder
from tests.api.cli.command import MAIN, environment, in_a_process, palimpsest, refused, write_chat
from tests.api.cli.service import Service, serving

FACTS = "query($g: String!) { graph(group: $g) { facts { nodes { text } } counts { episodes } } }"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("serve") / "memory.db") as running:
        yield running


def test_it_lives_and_is_ready_and_has_a_page(service: Service) -> None:
    assert service.get("/health/live").status_code == 200
    assert service.get("/health/ready").status_code == 200
    assert service.get("/").headers["content-type"].startswith("text/html")


def test_commands_go_through_the_service_that_holds_the_file(service: Service, tmp_path: Path) -> None:
    store = str(service.store)
    chat = write_chat(tmp_path / "chat.jsonl", "I live in Faro.", "I work at Harbour Books.")
    done = palimpsest("remember", chat, "--group", "through", store=store)
    assert done.returncode == 0, done.stderr
    assert service.query(FACTS, g="through")["data"]["graph"]["counts"]["episodes"] == 2
    assert "Faro" in palimpsest("ask", "through", "Where does Ines live?", store=store).stdout
    assert "Harbour Books" in palimpsest("facts", "through", store=store).stdout
    assert service.url in palimpsest("doctor", store=store).stdout


def test_a_second_service_on_the_file_is_refused(service: Service) -> None:
    told = refused(in_a_process("serve", "--port", "0", store=str(service.store)), 1)
    assert f"process {service.process.pid}" in told
    assert service.url in told


def test_a_port_that_is_taken_is_named(service: Service, tmp_path: Path) -> None:
    port = service.url.rsplit(":", 1)[1]
    assert port in refused(palimpsest("serve", "--port", port, store=str(tmp_path / "memory.db")), 2)


def test_it_will_not_be_reached_from_elsewhere_without_a_key(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    told = refused(palimpsest("serve", "--port", "0", "--host", "0.0.0.0", store=str(store)), 1)  # noqa: S104 - it is refused
    assert "0.0.0.0" in told  # noqa: S104 - the same
    assert "palimpsest keys create" in told


def test_keys_lock_the_service(tmp_path: Path) -> None:
    store = str(tmp_path / "memory.db")
    made = palimpsest("keys", "create", "--group", "user:*", "--group", "team", "--scope", "read", store=store)
    assert made.returncode == 0, made.stderr
    secret = made.stdout.splitlines()[-1]
    with serving(tmp_path / "memory.db") as service:
        assert service.query("{ service { version } }")["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert "data" in service.query(FACTS, secret, g="user:anna")
        assert service.query(FACTS, secret, g="other")["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert "PALIMPSEST_KEY" in refused(palimpsest("facts", "team", store=store), 1)
        assert "no group 'team'" in refused(palimpsest("facts", "team", store=store, key=secret), 1)


def test_a_key_from_the_environment_is_the_first_admin_key(tmp_path: Path) -> None:
    secret = "a-long-enough-first-key-of-ours"
    with serving(tmp_path / "memory.db", "--host", "0.0.0.0", key=secret) as service:  # noqa: S104 - with a key, on purpose
        assert service.query("{ service { ready } }", secret)["data"]["service"]["ready"] is True
        assert "errors" in service.query("{ service { ready } }")
    listed = palimpsest("keys", "list", store=str(tmp_path / "memory.db"))
    assert "admin" in listed.stdout
    assert secret not in listed.stdout


def test_the_demo_is_told_once_and_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    with serving(store, "--demo") as service:
        first = service.query(FACTS, g="demo")["data"]["graph"]
        service.process.send_signal(signal.SIGINT)
        assert service.process.wait(30) == 0
    assert holder(store) is None
    with serving(store, "--demo") as service:
        assert service.query(FACTS, g="demo")["data"]["graph"] == first
    assert first["counts"]["episodes"] > 100


def test_a_killed_demo_is_completed_by_the_next_start(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    words = [*MAIN, "serve", "--demo", "--port", "0", "--store", str(store)]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not _facts(store):
            assert process.poll() is None
        process.kill()
    with serving(store, "--demo") as service:
        assert service.query(FACTS, g="demo")["data"]["graph"]["counts"]["episodes"] > 100
        waiting = service.query('{ graph(group: "demo") { episodes(first: 500) { nodes { work { state } } } } }')
        assert {node["work"]["state"] for node in waiting["data"]["graph"]["episodes"]["nodes"]} == {"DONE"}


def _facts(store: Path) -> int:
    done = palimpsest("facts", "demo", "--json", store=str(store))
    return len(json.loads(done.stdout)) if done.returncode == 0 else 0
