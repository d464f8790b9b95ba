"""Neo4j as a process of ours: own port, own folder, ended by its own process id."""

import os
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.stores.neo4j.address import Address
from tests.servers.jars import cache, jars
from tests.servers.java import java

PASSWORD = "palimpsest"
FIRST_PASSWORD = "neo4j"  # of a new database, which answers nothing else until it is changed
PATIENCE = 120

ARCHIVE = cache() / "classes.jsa"  # where another Java or other jars made it, Java passes it over
NEW_ARCHIVE = cache() / f"classes.{os.getpid()}.jsa"

# Each test begins with an empty database: plans are kept nevertheless, which saves a fifth of the time.
CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
dbms.cypher.min_replan_interval=1h
server.memory.heap.initial_size=512m
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
"""
FLAGS = (
    "-Xms512m",
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def taken(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


class Neo4jProcess:
    """A server in `folder`, which keeps its data from one start to the next."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self._folder = folder
        self._port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self.address = Address(f"bolt://127.0.0.1:{self._port}", password=PASSWORD)

    def start(self) -> None:
        """Returns once it answers. Raises Absent where this machine cannot run it."""
        if taken(self._port):
            raise RuntimeError(f"port {self._port} is taken by another server")
        path, major = java()
        command = [str(path), *FLAGS, *_flags_of(major), *_archive_flags(), "-cp", f"{jars()}/*", "org.neo4j.server.Neo4jCommunity"]
        self._configure()
        with (self._folder / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, f"--home-dir={self._folder}", f"--config-dir={self._folder / 'conf'}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._guard = ended_with_us(self._process.pid)
        self._wait()

    def wait(self) -> int:
        """Its exit code, once it ends by itself."""
        if self._process is None:
            raise RuntimeError("Neo4j was not started")
        return self._process.wait()

    def told(self) -> str:
        """The end of what it printed."""
        return (self._folder / "console.log").read_text()[-2000:]

    def stop(self) -> None:
        """As an operator does: it finishes what it does and closes its files."""
        self._end(kill=False)

    def kill(self) -> None:
        """As a power failure does."""
        self._end(kill=True)

    def end(self) -> None:
        """For good: what it would still write is of no use, but the first one leaves its classes, which halves every later start."""
        self._end(kill=ARCHIVE.exists())
        if NEW_ARCHIVE.exists():
            NEW_ARCHIVE.replace(ARCHIVE)

    def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        (process.kill if kill else process.terminate)()
        process.wait(60)
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()

    def _configure(self) -> None:
        (self._folder / "conf").mkdir(parents=True, exist_ok=True)
        (self._folder / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=self._port))

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers(self.address):
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"Neo4j did not start:\n{self.told()}")
            time.sleep(0.2)


def answers(address: Address) -> bool:
    """Whether a server is there and knows the password, which a new one is told first."""
    try:
        _ask(address, PASSWORD, "RETURN 1", address.database)
    except AuthError:
        with suppress(Neo4jError, DriverError):
            _ask(address, FIRST_PASSWORD, f"ALTER CURRENT USER SET PASSWORD FROM '{FIRST_PASSWORD}' TO '{PASSWORD}'", "system")
        return False
    except (Neo4jError, DriverError):
        return False
    return True


def _ask(address: Address, password: str, statement: str, database: str) -> None:
    with (
        GraphDatabase.driver(address.uri, auth=(address.user, password), max_transaction_retry_time=0) as driver,
        driver.session(database=database) as session,
    ):
        session.run(statement).consume()


def ended_with_us(pid: int) -> subprocess.Popen[bytes]:
    """Ends the process when this one is gone, however it went: then the pipe that only we hold is closed."""
    return subprocess.Popen(["/bin/sh", "-c", 'read _; kill -9 "$1"', "sh", str(pid)], stdin=subprocess.PIPE, start_new_session=True)


def _archive_flags() -> list[str]:
    return [f"-XX:SharedArchiveFile={ARCHIVE}"] if ARCHIVE.exists() else [f"-XX:ArchiveClassesAtExit={NEW_ARCHIVE}"]


def _flags_of(major: int) -> list[str]:
    """What came with Java 23; an older one refuses to start with it."""
    return ["--sun-misc-unsafe-memory-access=allow"] if major >= 23 else []
