"""Fact: what is believed, over one interval; and the sources it is drawn from."""

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry
from strawberry.scalars import JSON

from graph import model
from schema.enums import FactStatus, Precision
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.node import Node
from schema.refs import ChangeRef, EntityRef, EpisodeRef, FactRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(description="One assertion behind a fact: who said what, when, in which words.")
class Source:
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Assertion]
    quote: str | None = strawberry.field(description="The words that say it, as they stand in the episode.")
    holds: bool = strawberry.field(
        description="True if it says that the fact holds from `validAt` on, false if that it ended at `invalidAt`."
    )
    valid_at: datetime | None = strawberry.field(description="When it says that the fact began; null where it does not say.")
    invalid_at: datetime | None = strawberry.field(description="When it says that the fact ended; null where it does not say.")
    seen_at: datetime | None = strawberry.field(
        description="The last instant its words vouch for; null where they vouch for `validAt` only."
    )
    recorded_at: datetime = strawberry.field(description="When the service learnt it.")
    withdrawn_at: datetime | None = strawberry.field(description="When it was taken back, as far as was known at the instant.")
    confidence: float = strawberry.field(description="How sure the reading is, from 0 to 1.")
    actor: str = strawberry.field(description="Who made it: the extractor that read the episode, or the key of the caller.")

    @field("The episode that says it; null where a caller asserted it directly.")
    async def episode(self) -> EpisodeRef | None:
        return await self.seen.episode(self.record.episode) if self.record.episode else None

    @field("When it was said, with the offset it was given with.")
    async def said_at(self) -> datetime:
        episode = await self.seen.episode_records.load(self.record.episode) if self.record.episode else None
        return episode.said_at if episode else self.record.said


def source(record: model.Assertion, seen: "Seen") -> Source:
    unsaid = record.precision is Precision.SAID or (record.precision is Precision.BEFORE and record.end_precision is None)
    said_start = None if unsaid else record.start
    return Source(
        seen=seen,
        record=record,
        quote=record.quote,
        holds=record.holds,
        valid_at=said_start if record.holds else None,
        invalid_at=record.end if record.holds else said_start,
        seen_at=record.seen,
        recorded_at=record.recorded_at,
        withdrawn_at=record.withdrawn_as_known(seen.graph.as_of.known),
        confidence=record.confidence,
        actor=record.actor,
    )


@strawberry.type(
    description=(
        "One record of what is believed: subject, relation and object over one half-open interval, in words, "
        "as it was known at the instant."
    )
)
class Fact(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Fact]
    relation: str = strawberry.field(description="The relation, from the ontology where it fits (`lives_in`), else the words' own verb.")
    text: str = strawberry.field(description="The fact as a sentence.")
    status: FactStatus = strawberry.field(description="How it stands at the instant.")
    valid_at: datetime = strawberry.field(description="When it began to hold in the world.")
    valid_at_precision: Precision = strawberry.field(description="How exactly `validAt` is known.")
    invalid_at: datetime | None = strawberry.field(
        description="The first instant at which it no longer held; null is until further notice."
    )
    invalid_at_precision: Precision | None = strawberry.field(description="How exactly `invalidAt` is known.")
    created_at: datetime = strawberry.field(description="When the service recorded it.")
    expired_at: datetime | None = strawberry.field(description="When the service recorded its end, if it learnt that later.")
    retracted_at: datetime | None = strawberry.field(description="When the record was withdrawn.")
    confidence: float = strawberry.field(description="How sure it is, from 0 to 1, as far as was known at the instant.")
    attributes: JSON = strawberry.field(description="What else was told with it.")

    def global_id(self) -> GlobalId:
        return global_id(Kind.FACT, self.record.group, self.record.uuid)

    @field("Whom or what it is about.")
    async def subject(self) -> EntityRef:
        return await self.seen.end_of(self.record, self.record.subject)

    @field("What the relation leads to.")
    async def object(self) -> EntityRef:
        return await self.seen.end_of(self.record, self.record.object)

    @field("The facts that it closed.")
    async def supersedes(self) -> list[FactRef]:
        return [self.seen.show_fact(found) for found in await self.seen.predecessors.load(self.record) or ()]

    @field("The later fact that closed it.")
    async def superseded_by(self) -> FactRef | None:
        found = await self.seen.successors.load(self.record)
        return self.seen.show_fact(found) if found else None

    @field("The record that took this one's place when it was rewritten.")
    async def replaced_by(self) -> FactRef | None:
        replaced = self.record.replaced_by if self.seen.known_by(self.record.retracted_at) else None
        return await self.seen.fact(replaced) if replaced else None

    @field("The assertions it is drawn from, with the words that made them.")
    async def sources(self) -> list[Source]:
        return [source(found, self.seen) for found in await self.seen.sources.load(self.record) or ()]

    @field("The entries of the Change log about this fact: by which rule or person, from which episode, and why.")
    async def changes(self) -> list[ChangeRef]:
        return [self.seen.show_change(found) for found in await self.seen.fact_changes.load(self.record.uuid) or ()]


def fact(record: model.Fact, seen: "Seen") -> Fact:
    end = record.end_as_known(seen.graph.as_of.known)
    return Fact(
        seen=seen,
        record=record,
        relation=record.relation,
        text=record.text,
        status=record.status(seen.graph.as_of),
        valid_at=record.valid_at,
        valid_at_precision=record.valid_at_precision,
        invalid_at=end,
        invalid_at_precision=record.invalid_at_precision if end else None,
        created_at=record.created_at,
        expired_at=seen.known_by(record.expired_at),
        retracted_at=seen.known_by(record.retracted_at),
        confidence=record.confidence_as_known(seen.graph.as_of.known),
        attributes=JSON(dict(record.attributes)),
    )
