"""The embedded store: one SQLite file, full text and exact vectors, no service."""

from graph.stores.embedded.store import EmbeddedStore

__all__ = ["EmbeddedStore"]
