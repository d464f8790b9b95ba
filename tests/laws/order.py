"""The order in which words arrive: however they come, they end in the same believed world."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from graph.belief import belief_key
from graph.model import Assertion, UpdatePolicy
from tests.graph.records import ONTOLOGY, Records
from tests.graph.told import a

World = Mapping[str, Sequence[tuple[str, str, datetime, datetime | None]]]
"""By key what is believed: subject, object, from, until."""


STORY = [
    a("Leeds", -366, 1, seen=1, within=0),
    a("Leeds", 5, 5),
    a("Oslo", 3, 8),
    a("Bern", 10, 12, end=14),
    a("Rome", 14, 14),
    a("Rome", 20, 21, holds=False, within=22),
    a("Milan", 20, 21),
]
"""Seven episodes: a home since a year, said again, late news, a stay told with its end, a move, and two things said at once."""


def arrived(told: Sequence[Assertion]) -> World:
    """What is recorded once they have come one by one, each an operation of its own."""
    by_key: defaultdict[str, Records] = defaultdict(Records)
    for one in told:
        by_key[key_of(one)].tell(one)
    return {key: records.shown() for key, records in by_key.items()}


def every_arrival(told: Sequence[Assertion], so_far: Records | None = None) -> Iterator[Records]:
    """What is recorded after each of all orders, of one key; orders that begin alike share their beginning."""
    records = so_far or Records()
    if not told:
        yield records
    for n, one in enumerate(told):
        branch = replace(records, assertions=dict(records.assertions), facts=dict(records.facts), changes=[], reviews=[])
        branch.tell(one)
        yield from every_arrival([*told[:n], *told[n + 1 :]], branch)


def key_of(told: Assertion) -> str:
    return belief_key(ONTOLOGY.relation(told.relation), told.subject, told.object, UpdatePolicy.ONTOLOGY)
