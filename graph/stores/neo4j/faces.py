"""What Graphiti sees of an entity: its present version, under the label of its type."""

import re

from graph.model import Entity
from graph.stores.neo4j.rows import Properties

_LABEL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_GRAPHITI = ("Entity", "Episodic", "Community", "Saga")
_OURS = (
    "Group",
    "ApiKey",
    "Session",
    "Message",
    "Work",
    "Operation",
    "EntityVersion",
    "EntityName",
    "Assertion",
    "Change",
    "Review",
    "Schema",
    "Embedded",
)
TAKEN = frozenset((*_GRAPHITI, *_OURS))
"""Labels that mean something else: an entity of the type "Group" is not a tenant."""


def labels_of(type: str) -> list[str]:
    """The labels beside `Entity`: the type, where Graphiti can read it as one."""
    return [type] if _LABEL.fullmatch(type) and type not in TAKEN else []


def face(entity: Entity) -> Properties:
    return {
        "uuid": entity.uuid,
        "group_id": entity.group,
        "name": entity.name,
        "summary": entity.summary or "",
        "created_at": entity.created_at,
        "key": entity.key,
        "type": entity.type,
    }
