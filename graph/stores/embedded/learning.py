"""What learning stands on: the group as it is, and what of it an operation names."""

import sqlite3

from graph.stores.base import Asking, Footing
from graph.stores.embedded import entities, facts, groups, log
from graph.stores.embedded.view import View


def footing(db: sqlite3.Connection, view: View, asking: Asking) -> Footing:
    families = entities.families(db, view, asking.entities) if asking.entities else {}
    return Footing(
        group=groups.group(db, view.group),
        candidates=entities.candidates(db, view, asking.names, asking.session) if asking.names else (),
        entities=families,
        facts=facts.facts(db, view, asking.facts) if asking.facts else {},
        external=facts.external_assertions(db, view, asking.external) if asking.external else {},
        reviews=log.open_reviews(db, view, families) if families else (),
    )
