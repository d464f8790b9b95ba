"""What follows from near names: a second piece of evidence makes two entities one, a doubt asks a person, else they stay two."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.commit import Moment, Proposal, commit
from graph.errors import PalimpsestError
from graph.merge import merging, present
from graph.model import Entity, Fact, Review, ReviewKind
from graph.parts import Parts
from graph.resolve import Verdict
from graph.spelling import Nearness
from graph.stores.base import Asking
from graph.time import FAR, TICK, AsOf
from graph.twin import Known, Near, Twin, are_apart, evidence, review_of
from graph.views import Page

log = logging.getLogger("palimpsest")

ACTOR = "resolver"
AGAIN = "that is judged again when either is told of"
"""What becomes of pairs that were not judged."""
MOST_PAIRS, MOST_ASKED = 8, 3
"""Of the near names in one batch of messages so many pairs are looked at, and so many asked about."""
MOST_FACTS = 100
MOST_EPISODES = 50
"""The newest facts and messages of each that count as evidence."""
_EVER = FAR - TICK


async def confirm(parts: Parts, group: str, near: Sequence[Near]) -> None:
    """Each pair, the nearest first, as an operation of its own, so that each can be undone alone. What is left over or fails waits until
    it is spoken of again: what was learnt stays learnt.
    """
    nearest = sorted(near, key=lambda pair: list(Nearness).index(pair.how))
    if len(near) > MOST_PAIRS:
        log.warning("of %d pairs of near names in %r only the nearest %d were looked at; %s", len(near), group, MOST_PAIRS, AGAIN)
    asked = 0
    for number, pair in enumerate(nearest[:MOST_PAIRS], start=1):
        try:
            asked += await _confirm(parts, group, pair, MOST_ASKED - asked, len(near) - number)
        except PalimpsestError as error:
            log.warning("whether %r and %r of %r are one was not found out: %s; %s", *pair.names, group, error, AGAIN)


async def _confirm(parts: Parts, group: str, near: Near, may_ask: int, more: int) -> bool:
    """Whether it asked."""

    async def propose(moment: Moment) -> Proposal:
        return await _proposed(parts, moment, near, may_ask, more)

    committed = await commit(parts, group, ACTOR, Asking(entities=[near.one, near.other]), propose)
    return any(change.rule == "unsure" for change in committed.changes)


async def _proposed(parts: Parts, moment: Moment, near: Near, may_ask: int, more: int) -> Proposal:
    family = moment.footing.entities
    one, other = (family.get(present(family, uuid)) for uuid in (near.one, near.other))
    if one is None or other is None or one.uuid == other.uuid or _set_apart(family, one, other):
        return Proposal()
    twin = await _twin(parts, moment, near, one, other)
    verdict = twin.verdict()
    if verdict is Verdict.SAME and not await _were_one(parts, moment, one, other):
        kept, gone = sorted((one, other), key=lambda e: (e.created_at, e.uuid))
        return merging(moment, parts.ontology, kept, [gone], twin.reason())
    if verdict is Verdict.UNSURE and may_ask > 0 and not await _was_asked(parts, moment, one, other):
        rest = f"; {more} more pairs of near names wait until they are spoken of again" if may_ask == 1 and more else ""
        return Proposal(reviews=[_question(moment, one, other, twin, rest)])
    return Proposal()


def _set_apart(family: Mapping[str, Entity], one: Entity, other: Entity) -> bool:
    """Whether a person said that they, or those merged into them, are two."""
    ours, theirs = ([e for e in family.values() if e.uuid == kept.uuid or e.merged_into == kept.uuid] for kept in (one, other))
    return any(are_apart(e, f) for e in ours for f in theirs)


async def _twin(parts: Parts, moment: Moment, near: Near, one: Entity, other: Entity) -> Twin:
    group, as_of = moment.group.name, AsOf(moment.at, moment.at)
    page = Page(MOST_EPISODES)
    met, touching, ours, theirs, vectors = await asyncio.gather(
        parts.store.met(group, one.uuid, other.uuid),
        parts.store.facts_around(group, [one.uuid, other.uuid], MOST_FACTS, as_of, current=False),
        parts.store.mentions_of(group, one.uuid, page, moment.at),
        parts.store.mentions_of(group, other.uuid, page, moment.at),
        parts.store.vectors(group, "ENTITY", [one.uuid, other.uuid]),
    )
    first = Known(one, touching.get(one.uuid, ()), ours.items)
    second = Known(other, touching.get(other.uuid, ()), theirs.items)
    ends = await parts.store.entities(group, _ends(first, second), as_of)
    meant = float(vectors[one.uuid] @ vectors[other.uuid]) if len(vectors) == 2 else None
    type_ = one.type if parts.ontology.is_a(one.type, other.type) else other.type
    found = evidence(first, second, ends, parts.ontology)
    return Twin(near, type_, replace(found, told_apart=met), meant)


def _ends(*known: Known) -> list[str]:
    facts: list[Fact] = [fact for one in known for fact in one.facts]
    return list(dict.fromkeys(end for fact in facts for end in (fact.subject, fact.object)))


async def _were_one(parts: Parts, moment: Moment, one: Entity, other: Entity) -> bool:
    """Whether they were one before and were taken apart: what a person undid is not done again."""
    versions = await parts.store.versions(moment.group.name, [one.uuid, other.uuid])
    return any(v.merged_into in (one.uuid, other.uuid) for of_one in versions.values() for v in of_one)


async def _was_asked(parts: Parts, moment: Moment, one: Entity, other: Entity) -> bool:
    """Whether a review asks about both, or their own ever did."""
    both = {one.uuid, other.uuid}
    family = moment.footing.entities
    open_ones = [r for r in moment.footing.reviews if r.kind is ReviewKind.DUPLICATE]
    if any(both <= {present(family, uuid) for uuid in r.entities} for r in open_ones):
        return True
    return bool(await parts.store.reviews(moment.group.name, [review_of(one.uuid, other.uuid)], _EVER))


def _question(moment: Moment, one: Entity, other: Entity, twin: Twin, rest: str) -> Review:
    return Review(
        uuid=review_of(one.uuid, other.uuid),
        group=moment.group.name,
        kind=ReviewKind.DUPLICATE,
        reason=f"{twin.reason()}{rest}",
        opened_at=moment.at,
        facts=twin.evidence.facts,
        entities=tuple(sorted((one.uuid, other.uuid))),
    )
