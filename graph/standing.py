"""What stands under belief keys while one operation is worked out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from graph.belief import Stretch, belief_key, believed, turned_round
from graph.counted import is_idle
from graph.model import Assertion, Fact, Group
from graph.parts import Parts
from graph.views import Beliefs


class Standing:
    """What stands under belief keys in one attempt, each key read once."""

    def __init__(self, parts: Parts, group: Group) -> None:
        self._parts = parts
        self._group = group
        self._read: set[str] = set()
        self._assertions: dict[str, Assertion] = {}
        self._facts: dict[str, Fact] = {}
        self._said: dict[frozenset[str], Sequence[Assertion]] = {}

    def key_of(self, told: Assertion) -> str:
        return belief_key(self._parts.ontology.relation(told.relation), told.subject, told.object, self._group.settings.updates)

    async def read(self, keys: Iterable[str], fresh: Collection[str] = ()) -> None:
        """In one call, if any; nothing stands under a key that names one of the `fresh` entities, which were made just now."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._read and set(key.split(":")).isdisjoint(fresh)]
        if not wanted:
            return
        both = [*wanted, *(other for key in wanted if (other := turned_round(key)) and self._is_symmetric(key))]
        found = await self._parts.store.beliefs(self._group.name, both)
        self._read.update(wanted)
        self._assertions |= {a.uuid: a for a in found.assertions if not is_idle(a)}
        self._facts |= {f.uuid: f for f in found.facts}

    def _is_symmetric(self, key: str) -> bool:
        return self._parts.ontology.relation(key.split(":", 2)[1]).symmetric

    async def said_of(self, entities: Sequence[str]) -> Sequence[Assertion]:
        """All that lives of what was said of these, whomever it counts for now."""
        asked = frozenset(entities)
        if asked not in self._said:
            self._said[asked] = await self._parts.store.said_of(self._group.name, entities)
        return self._said[asked]

    def stretches(self, relation: str, entity: str) -> list[Stretch]:
        """What is believed of an entity in a relation, where all of it was read (`graph.belief.keys_around`)."""
        told: defaultdict[str, list[Assertion]] = defaultdict(list)
        for a in self._assertions.values():
            if a.relation == relation and entity in (a.subject, a.object):
                told[self.key_of(a)].append(a)
        return [stretch for of_key in told.values() for stretch in believed(of_key)]

    def all_said(self) -> tuple[Assertion, ...]:
        """Under whatever key was read."""
        return tuple(self._assertions.values())

    def under(self, keys: Collection[str]) -> Beliefs:
        """Of what was read."""
        assertions = tuple(a for a in self._assertions.values() if self.key_of(a) in keys)
        return Beliefs(assertions, tuple(f for f in self._facts.values() if f.key in keys))
