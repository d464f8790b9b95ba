"""Where the store is: a file, or the address of a Neo4j server. Everything that is neither is refused here."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from api.settings import Settings
from graph.errors import BadInput

SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
HINT = "Name a file (--store PATH), or a server: --store neo4j://host:7687."
ASKING_HINT = "Set it in the environment, with PALIMPSEST_NEO4J_USER where that is not neo4j. A server without authentication takes any."


def store_file(settings: Settings) -> Path | None:
    """The store's file; None where it is on a Neo4j server. Raises BadInput for what is neither, and for a server without a password."""
    scheme, colon, _ = settings.store.partition(":")
    if colon and scheme.lower() in SERVERS:
        _require_address(settings.store)
        if not settings.neo4j_password:
            raise BadInput(f"the store {settings.store!r} wants a password: PALIMPSEST_NEO4J_PASSWORD is not set", hint=ASKING_HINT)
        return None
    if "://" in settings.store:
        raise BadInput(f"the store {_without_credentials(settings.store)!r} is neither a file nor an address of Neo4j", hint=HINT)
    return Path(settings.store).expanduser()


def place(settings: Settings) -> str:
    """The store as people are told of it."""
    path = store_file(settings)
    return str(path.resolve()) if path else f"{settings.store}, database {settings.neo4j_database}"


def _require_address(text: str) -> None:
    shown = _without_credentials(text)
    if shown != text:
        raise BadInput(
            f"the store {shown!r} holds credentials, which would show in logs and lists of processes",
            hint="Write the address alone, and set PALIMPSEST_NEO4J_USER and PALIMPSEST_NEO4J_PASSWORD.",
        )
    bare = re.split(r"[?#]", text)[0]
    if bare != text:
        raise BadInput(f"the store {bare!r} goes on with options, which are not read", hint="Write the address alone.")
    try:
        address = urlsplit(text)
        host, _ = address.hostname, address.port
    except ValueError as error:
        raise BadInput(f"the store {text!r} is not an address: {error}", hint=HINT) from error
    if not host:
        raise BadInput(f"the store {text!r} names no host", hint=HINT)
    if address.path.strip("/"):
        raise BadInput(
            f"the store {text!r} goes on after the host: {address.path!r}", hint="Name the database by PALIMPSEST_NEO4J_DATABASE."
        )


def _without_credentials(text: str) -> str:
    """A password may hold any character, so all up to the last @ goes."""
    return re.sub(r"//.*@", "//…@", text, flags=re.DOTALL)
