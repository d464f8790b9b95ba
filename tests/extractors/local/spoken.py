"""Reads invented messages and puts what was read on a line each, for the tests of the extractor."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from extractors.local.dates import period_in_words
from extractors.local.extractor import LocalExtractor
from extractors.local.nlp import load
from extractors.local.normalise import normalise
from extractors.local.people import refer
from extractors.local.scene import Scene
from extractors.local.timing import dates_in
from graph.language import Excerpt, Reading, Statement
from graph.model import Episode, EpisodeKind
from graph.time import Period

AT = datetime(2024, 7, 10, 18, tzinfo=UTC)
"""A Wednesday."""


def episode(
    text: str, name: str | None = "Ada", role: str | None = "user", kind: EpisodeKind = EpisodeKind.MESSAGE, number: int = 0
) -> Episode:
    return Episode(f"e{number}", "g", "s", kind, role, name, text, AT, AT, AT)


@cache
def extractor() -> LocalExtractor:
    return LocalExtractor()


def readings(messages: Sequence[tuple[str, str]]) -> Sequence[Reading]:
    """The readings of messages given as (speaker, text)."""
    episodes = [episode(text, name, number=number) for number, (name, text) in enumerate(messages)]
    return asyncio.run(extractor().read(Excerpt(episodes, (), tuple({"Ada": 0, "Bo": 0} | {name: 0 for name, _ in messages}))))


def statements(text: str) -> tuple[Statement, ...]:
    """What Ada says to Bo."""
    (reading,) = readings([("Ada", text)])
    return reading.statements


def told(text: str) -> list[str]:
    """What Ada says to Bo, as lines: subject | relation | object | when."""
    return [line(statement) for statement in statements(text)]


def told_in(*messages: tuple[str, str]) -> list[str]:
    """What the last of several messages says."""
    return [line(statement) for statement in readings(messages)[-1].statements]


def line(statement: Statement) -> str:
    parts = [statement.subject.text, statement.relation, statement.object.text or statement.object.kind.value]
    if not statement.holds:
        parts.append("over" if statement.former else "not")
    if statement.start is not None:
        parts.append(("since " if statement.vouched else "") + _words(statement.start))
    if statement.end is not None:
        parts.append(f"until {_words(statement.end)}")
    if statement.corrects:
        parts.append(f"instead of {statement.instead_of.text}" if statement.instead_of else "corrected")
    return " | ".join(parts)


def _words(period: Period) -> str:
    return period_in_words(period).split(" ", 1)[1]


def scene(text: str) -> Scene:
    """A message of Ada to Bo as the rules see it."""
    normalised = normalise(text)
    doc = load()(normalised.text)
    bare = Scene("Ada", "Bo", AT, doc, text, normalised, dates_in(doc, AT))
    referents, _ = refer(bare, ())
    return Scene("Ada", "Bo", AT, doc, text, normalised, bare.dates, referents)
