"""The vocabulary's enums with a description for each value."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from graph.model import ChangeKind, EpisodeKind, FactStatus, ReviewKind, UpdatePolicy, WorkState
from graph.time import Precision

__all__ = [
    "ChangeKind",
    "EntityOrder",
    "EpisodeKind",
    "FactOrder",
    "FactStatus",
    "Kind",
    "Precision",
    "ReviewKind",
    "UpdatePolicy",
    "WorkState",
]

E = TypeVar("E", bound=Enum)


class Kind(StrEnum):
    ENTITY = "ENTITY"
    FACT = "FACT"
    EPISODE = "EPISODE"


class EntityOrder(StrEnum):
    MOST_CONNECTED = "MOST_CONNECTED"
    RECENT = "RECENT"
    NAME = "NAME"


class FactOrder(StrEnum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    RECORDED = "RECORDED"


def _describe(enum: type[E], description: str, values: Mapping[E, str]) -> None:
    definition = strawberry.enum(enum, description=description).__strawberry_definition__  # type: ignore[attr-defined]
    assert isinstance(definition, StrawberryEnumDefinition)  # noqa: S101 - what the decorator leaves on the class
    for value in definition.values:
        value.description = values[enum(value.value)]


_describe(
    Kind,
    "What a search looks for.",
    {
        Kind.ENTITY: "Persons, places, organisations, things.",
        Kind.FACT: "What is believed, in words.",
        Kind.EPISODE: "Messages and documents as received.",
    },
)
_describe(
    EntityOrder,
    "How entities are ordered.",
    {
        EntityOrder.MOST_CONNECTED: "Those with the most facts first.",
        EntityOrder.RECENT: "The newest first.",
        EntityOrder.NAME: "By name.",
    },
)
_describe(
    FactOrder,
    "How facts are ordered.",
    {
        FactOrder.NEWEST: "The latest `validAt` first.",
        FactOrder.OLDEST: "The earliest `validAt` first.",
        FactOrder.RECORDED: "In the order in which they were recorded.",
    },
)
_describe(
    FactStatus,
    "How a fact stands at the instant of its Graph.",
    {
        FactStatus.HOLDS: "It has begun and has not ended.",
        FactStatus.ENDED: "It held, and is over.",
        FactStatus.FUTURE: "It is known to begin later.",
        FactStatus.RETRACTED: "The record was withdrawn, or was not made yet.",
    },
)
_describe(
    Precision,
    "How exactly an instant is known.",
    {
        Precision.SECOND: "To the second or better.",
        Precision.MINUTE: "To the minute.",
        Precision.DAY: "It lies on that day.",
        Precision.MONTH: "It lies in that month.",
        Precision.YEAR: "It lies in that year.",
        Precision.BEFORE: "It held some time before; when is not known.",
        Precision.SAID: "Known to hold when the source was said; the start itself was not said.",
    },
)
_describe(
    EpisodeKind,
    "What an episode is.",
    {
        EpisodeKind.MESSAGE: "A message of a conversation.",
        EpisodeKind.TEXT: "A document of plain text or Markdown.",
        EpisodeKind.JSON: "A document of JSON.",
    },
)
_describe(
    ReviewKind,
    "What a person is asked.",
    {
        ReviewKind.CONTRADICTION: "Two facts contradict each other, and no rule settles which holds.",
        ReviewKind.DUPLICATE: "Entities may be one and the same.",
    },
)
_describe(
    ChangeKind,
    "What an entry of the Change log records.",
    {
        ChangeKind.FACT_ADDED: "A fact was recorded.",
        ChangeKind.FACT_REINFORCED: "What was believed already was said again.",
        ChangeKind.FACT_ENDED: "A fact got its end.",
        ChangeKind.FACT_RETRACTED: "A record was withdrawn.",
        ChangeKind.FACT_RESTORED: "A withdrawn or closed fact holds again.",
        ChangeKind.ENTITY_ADDED: "An entity was recorded.",
        ChangeKind.ENTITY_RENAMED: "An entity got another name, alias or type.",
        ChangeKind.ENTITIES_MERGED: "Entities were recognised as one.",
        ChangeKind.MERGE_UNDONE: "Merged entities were told apart again.",
        ChangeKind.REVIEW_OPENED: "A person was asked.",
        ChangeKind.REVIEW_RESOLVED: "The question was answered.",
        ChangeKind.FORGOTTEN: "Content was erased for good.",
    },
)
_describe(
    UpdatePolicy,
    "What a new value of the same subject and relation does to the old one.",
    {
        UpdatePolicy.ONTOLOGY: "The ontology says which relations have one value at a time; others hold side by side. The default.",
        UpdatePolicy.LATEST: (
            "The latest value replaces the earlier ones, whatever the relation: knowledge pools, configuration, tracked state."
        ),
    },
)
_describe(
    WorkState,
    "How far a piece of Work is.",
    {
        WorkState.QUEUED: "It waits for a worker.",
        WorkState.RUNNING: "A worker is at it.",
        WorkState.DONE: "All its facts are in.",
        WorkState.FAILED: "An attempt failed; it will be tried again.",
        WorkState.PARKED: "It failed too often and waits for `retryWork`; `error` says why.",
    },
)
