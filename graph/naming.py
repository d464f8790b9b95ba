"""Which entities a caller's facts are about: those of an id, exact name or alias, else new ones. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from graph.errors import BadInput, NotFound
from graph.inputs import EntityInput
from graph.model import Entity
from graph.resolve import entity_key, is_called, next_key, normal, other_name
from graph.views import Candidate

BY_NAME = ("KEY", "ALIAS")
"""How an entity must match a name to be meant by it: a first name alone is not enough."""


class Naming:
    """Resolves the entities of one operation. `candidates` are those of the names it uses, `entities` those of the ids, with whom
    these are one with.
    """

    def __init__(self, group: str, at: datetime, candidates: Sequence[Candidate], entities: Mapping[str, Entity]) -> None:
        self._group = group
        self._at = at
        self._entities = entities
        self._taken = {candidate.entity.key for candidate in candidates if candidate.entity.key}
        self._named: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
        for candidate in candidates:
            if candidate.matched in BY_NAME and candidate.entity.merged_into is None:
                self._named[candidate.name][candidate.entity.uuid] = candidate.entity
        self.made: list[Entity] = []

    def entity(self, given: EntityInput, types: Sequence[str], field: str) -> Entity:
        """`types` are those a new one may have. Raises BadInput where several are meant, NotFound for an unknown id."""
        if given.id is not None:
            return self._of_id(given.id, given.name, field)
        name = (given.name or "").strip()
        found = self._meant(name, given.type)
        if len(found) > 1:
            named = ", ".join(f"{e.name} ({e.type}, {e.uuid})" for e in found)
            raise BadInput(f"{name!r} may be several entities: {named}", hint="Give the id of the one you mean.", field=field)
        return found[0] if found else self._make(name, given.type or next(iter(types), "Thing"))

    def _of_id(self, uuid: str, name: str | None, field: str) -> Entity:
        if uuid not in self._entities:
            raise NotFound(f"there is no entity {uuid!r} in the group {self._group!r}", field=field)
        found = self._entities[uuid]
        one = found if found.merged_into is None else self._entities[found.merged_into]
        if name is not None and not (is_called(found, name) or is_called(one, name)):
            raise other_name(one, name, field)
        return one

    def _meant(self, name: str, type_: str | None) -> list[Entity]:
        """Those of the type, if one is given, else the one that was of it before more was known of it: it still has the key."""
        named = list(self._named[normal(name)].values())
        if type_ is None:
            return named
        return [e for e in named if e.type == type_] or [e for e in named if e.key == entity_key(name, type_)]

    def _make(self, name: str, type_: str) -> Entity:
        entity = Entity(
            uuid=str(uuid4()),
            group=self._group,
            name=name,
            type=type_,
            key=next_key(entity_key(name, type_), self._taken),
            created_at=self._at,
            recorded_at=self._at,
        )
        self.made.append(entity)
        self._taken.add(entity.key or "")
        self._named[normal(name)][entity.uuid] = entity
        return entity
