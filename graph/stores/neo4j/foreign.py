"""What Graphiti left in a database before us: indexes that give way to our constraints, and what must be mended first."""

from graph.errors import StoreUnavailable
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.faces import TAKEN
from graph.stores.neo4j.queries import foreign as cypher

MOST = 3
"""How many of a kind an obstacle names."""
HINT = "Mend them in Neo4j: `palimpsest adopt --group NAME` lists them and changes nothing."


async def indexes(database: Database) -> list[str]:
    """Names of Graphiti's indexes that our constraints take the place of, which serve the same look-ups."""
    return sorted(str(name) for name in await database.read(cypher.INDEXES, names=list(cypher.REPEATED)))


async def obstacles(database: Database) -> list[str]:
    """What our constraints cannot be made over, in words."""
    repeated = [row for statement in cypher.REPEATED.values() for row in await database.read(statement, most=MOST)]
    mislabelled = await database.read(cypher.MISLABELLED, labels=sorted(TAKEN - {"Entity"}))
    return [
        *(f"{n} {name} records share the uuid {uuid!r}" for name, uuid, n in repeated),
        *(f"{n} entities have the label {label!r}, which Palimpsest uses for records of its own" for label, n in mislabelled),
    ]


async def make_way(database: Database) -> None:
    """Drops Graphiti's indexes that hinder our constraints. Raises StoreUnavailable where the constraints could not be made."""
    if found := await obstacles(database):
        raise StoreUnavailable(f"the database at {database.address.uri!r} cannot be shared as it is: {'; '.join(found)}", hint=HINT)
    for name in await indexes(database):
        await database.define(cypher.DROP_INDEX, name=name)
