"""A Neo4j to develop with: `make neo4j`."""

import signal
import sys
from pathlib import Path

from tests.servers.absent import Absent
from tests.servers.process import PASSWORD, Neo4jProcess

PORT = 7687


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    run(Neo4jProcess(Path("neo4j-data").resolve(), PORT))


def run(server: Neo4jProcess) -> None:
    """Until Ctrl-C or SIGTERM; exits with an error where the server ends before."""
    try:
        server.start()
        uri = server.address.uri
        sys.stdout.write(
            f"Neo4j answers at {uri}. Palimpsest on it: PALIMPSEST_STORE={uri} PALIMPSEST_NEO4J_PASSWORD={PASSWORD} make run\n"
        )
        sys.stdout.write(f"Tests on it, which empty it: NEO4J_URI={uri} make test\n")
        sys.stdout.flush()
        sys.exit(f"error: Neo4j ended by itself, with {server.wait()}:\n{server.told()}")
    except (Absent, RuntimeError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()


if __name__ == "__main__":
    main()
