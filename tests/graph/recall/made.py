"""Records of an invented conversation, made short."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from graph.model import Assertion, Entity, Episode, EpisodeKind, Fact
from graph.recall.rank import Table
from graph.time import AsOf, Precision
from graph.views import EpisodeNode

START = datetime(2024, 3, 1, 9, tzinfo=UTC)
NOW = AsOf(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))


def entity(uuid: str, name: str, *aliases: str) -> Entity:
    return Entity(uuid, "g", name, "Person", name.casefold(), START, START, aliases)


def fact(
    uuid: str,
    subject: str = "anna",
    relation: str = "lives_in",
    object: str = "milan",
    text: str = "Anna lives in Milan",
    **more: object,
) -> Fact:
    base = {"valid_at": START, "valid_at_precision": Precision.DAY, "created_at": START}
    values = base | more
    return Fact(uuid, "g", f"{subject} {relation}", subject, relation, object, text, **values)  # type: ignore[arg-type]


def episode(uuid: str, content: str, name: str = "Anna", at: datetime = START, session: str = "s1") -> Episode:
    return Episode(uuid, "g", session, EpisodeKind.MESSAGE, "user", name, content, at, at.astimezone(UTC), at)


def assertion(uuid: str, quote: str | None, episode: str | None, **more: object) -> Assertion:
    base = {
        "subject": "anna",
        "relation": "lives_in",
        "object": "milan",
        "start": START,
        "precision": Precision.SAID,
        "said": START,
        "recorded_at": START,
        "operation": "o",
        "text": "Anna lives in Milan",
        "actor": "local",
    }
    return Assertion(uuid, "g", quote=quote, episode=episode, **(base | more))  # type: ignore[arg-type]


def talk(*messages: tuple[str, str, str], session: str = "s1") -> dict[str, EpisodeNode]:
    """The nodes of one session from (uuid, speaker, text), a minute apart."""
    uuids = [None, *(uuid for uuid, _, _ in messages), None]
    return {
        uuid: EpisodeNode(
            uuid=uuid,
            session=session,
            speaker=speaker,
            instant=START + timedelta(minutes=place),
            previous=uuids[place],
            next=uuids[place + 2],
            length=len(text),
            asks=text.endswith("?"),
        )
        for place, (uuid, speaker, text) in enumerate(messages)
    }


class WordCounter:
    """A tokenizer for tests: one token a word and one a line end."""

    def count(self, text: str) -> int:
        return len(text.split()) + text.count("\n")


def table_of(rows: Mapping[str, Mapping[str, float]]) -> Table:
    """A table from one mapping of legs a candidate; a leg that a candidate lacks is 0."""
    uuids = tuple(sorted(rows))
    legs = sorted({leg for row in rows.values() for leg in row})
    return Table(uuids, {leg: np.array([rows[uuid].get(leg, 0.0) for uuid in uuids]) for leg in legs})
