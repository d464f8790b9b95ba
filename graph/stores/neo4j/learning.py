"""What an operation reads before it proposes anything, one statement each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.belief import key_parts
from graph.model import Assertion, Entity
from graph.stores.base import Asking, Footing
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import learning as sql
from graph.stores.neo4j.view import FAR_MICROS
from graph.stores.reach import MEETINGS, NAMESAKES, NEAREST
from graph.views import Beliefs, Candidate

MATCHES = ("KEY", "ALIAS", "FIRST_NAME")
"""How a name may stand for an entity, the best first."""


async def footing(database: Database, group: str, asking: Asking) -> Footing:
    known, candidates, entities, facts, external, reviews = await database.read_whole(
        sql.FOOTING,
        group=group,
        far=FAR_MICROS,
        names=list(dict.fromkeys(asking.names)),
        namesakes=NAMESAKES,
        session=asking.session,
        entities=list(asking.entities),
        facts=list(asking.facts),
        external=list(asking.external),
    )
    return Footing(
        group=None if known is None else rows.group(known),
        candidates=_candidates(group, candidates),
        entities={row[0]: rows.entity(group, row) for row in entities},
        facts={row[0]: rows.fact(group, row) for row in facts},
        external={a.external_id: a for a in (rows.assertion(group, row) for row in external) if a.external_id is not None},
        reviews=[rows.review(group, row) for row in reviews],
    )


async def near(database: Database, group: str, keys: Sequence[str]) -> Sequence[Entity]:
    found = await database.read(sql.NEAR, group=group, far=FAR_MICROS, keys=list(dict.fromkeys(keys)), nearest=NEAREST)
    return list({row[0]: rows.entity(group, row) for row in found}.values())


async def met(database: Database, group: str, one: str, other: str) -> bool:
    found = await database.read(sql.MET, group=group, far=FAR_MICROS, one=one, other=other, most=MEETINGS)
    return any(count for (count,) in found)


def _candidates(group: str, found: Iterable[rows.Row]) -> Sequence[Candidate]:
    """Each entity once a name, by its best match."""
    best: dict[tuple[str, str], Candidate] = {}
    for name, kind, seen_at, *row in found:
        entity = rows.entity(group, row)
        before = best.get((name, entity.uuid))
        if before is None or MATCHES.index(kind) < MATCHES.index(before.matched):
            best[name, entity.uuid] = Candidate(name, entity, kind, rows.instant(seen_at))
    return list(best.values())


async def beliefs(database: Database, group: str, keys: Sequence[str]) -> Beliefs:
    by_side: defaultdict[str, list[list[str]]] = defaultdict(list)
    once = list(dict.fromkeys(keys))
    for key in once:
        side, parts = key_parts(key)
        by_side[side].append(parts)
    living, believed = await database.read(
        sql.BELIEFS, group=group, keys=once, by_subject=by_side["s"], by_object=by_side["o"], by_pair=by_side["p"]
    )
    assertions = {row[0]: rows.assertion(group, row) for row in living}
    return Beliefs(tuple(assertions.values()), tuple(rows.fact(group, row) for row in believed))


async def said_of(database: Database, group: str, entities: Sequence[str]) -> Sequence[Assertion]:
    return [rows.assertion(group, row) for row in await database.read(sql.SAID_OF, group=group, entities=list(dict.fromkeys(entities)))]


async def said_in(database: Database, group: str, session: str, relation: str | None, most: int) -> Sequence[Assertion]:
    found = await database.read(sql.SAID_IN, group=group, session=session, relation=relation, n=most)
    return [rows.assertion(group, row) for row in found]
