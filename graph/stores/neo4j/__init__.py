"""The store on Neo4j: any number of processes share it, and graphiti-core reads it."""

from graph.stores.neo4j.address import Address
from graph.stores.neo4j.store import Neo4jStore

__all__ = ["Address", "Neo4jStore"]
