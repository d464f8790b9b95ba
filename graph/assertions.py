"""From statements with their entities known to assertions: which relation, in which direction, over which span. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from graph.language import Statement
from graph.model import Assertion, Episode, UpdatePolicy
from graph.ontology import Ontology, Relation, canonical
from graph.time import Period, Precision

INTENTS = ("plans", "wants")
"""Relations whose said end is the last instant of the period planned for, not its first."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where and by whom something was said, and the operation that records it."""

    episode: Episode
    operation: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Triple:
    subject: str
    relation: Relation
    object: str
    holds: bool


def triples(ontology: Ontology, relation: str, ends: tuple[str, str], holds: bool, policy: UpdatePolicy) -> list[Triple]:
    """What a relation as told amounts to: `quit` denies works_at, `moved_to` asserts lives_in, a mirror is turned round.

    An event that sets or ends something ("bought", "divorced") is a triple of its own beside what it sets and ends, and so is what
    closes something ("is married to").
    """
    told = ontology.relation(relation)
    wanted = [(told, holds)] if told.recorded or told.inverse else []
    if holds:
        wanted += [(ontology.relation(ended), False) for ended in (*told.ends, *told.closes)]
    if told.sets:
        wanted.append((ontology.relation(told.sets), holds))
    return [_turned(ontology, kept, ends, holds, policy) for kept, holds in wanted]


def _turned(ontology: Ontology, relation: Relation, ends: tuple[str, str], holds: bool, policy: UpdatePolicy) -> Triple:
    kept, subject, object_ = canonical(ontology, relation, *ends, policy)
    return Triple(subject, kept, object_, holds)


def assertion(statement: Statement, triple: Triple, source: Source) -> Assertion:
    """The assertion that a statement makes about one triple."""
    said = source.episode.instant
    over = _over_by(statement, triple, said)
    holds = triple.holds and over is None
    start, within, precision = _start(over or statement.start, said)
    end = _end(statement, start) if holds else None
    vouched = statement.vouched and holds and end is None
    formerly = not holds and (statement.former or over is not None)
    return Assertion(
        uuid=str(uuid4()),
        group=source.episode.group,
        subject=triple.subject,
        relation=triple.relation.name,
        object=triple.object,
        start=start,
        precision=Precision.BEFORE if formerly else precision,
        said=said,
        recorded_at=source.at,
        operation=source.operation,
        text=_once_so(statement, triple) if formerly and over is None else statement.text,
        actor=source.actor,
        within=within,
        seen=max(start, said) if vouched else None,
        end=end,
        end_precision=statement.end.precision if statement.end and (over or end) else None,
        holds=holds,
        confidence=statement.confidence,
        episode=source.episode.uuid,
        quote=statement.quote,
        span=statement.span,
        attributes=dict(statement.attributes),
    )


def _once_so(statement: Statement, triple: Triple) -> str:
    """What "not any more" says was so: the words of a fact that is over must not say its opposite.

    An open relation has no words but its verb, so its statement stays as it is.
    """
    if not triple.relation.surface:
        return statement.text
    return f"{statement.subject.text} {triple.relation.label} {statement.object.text}".strip()


def _over_by(statement: Statement, triple: Triple, said: datetime) -> Period | None:
    """ "I lived in Rome until 2019": an end told alone that has come by then. When it began is not known, and nothing holds now."""
    end = statement.end
    if end is None or statement.start is not None or statement.relation in INTENTS:
        return None
    has_come = end.end <= said if triple.holds else statement.former and end.first <= said
    return end if has_come else None


def _start(period: Period | None, said: datetime) -> tuple[datetime, datetime | None, Precision]:
    """Start, end of the period it lies in, precision; what the words do not date is dated by the saying."""
    if period is None:
        return said, None, Precision.SAID
    return period.first, _within(period), period.precision


def _within(period: Period) -> datetime | None:
    return None if period.precision is Precision.SECOND else period.end


def _end(statement: Statement, start: datetime) -> datetime | None:
    """A said end; one that would fall before the start is the end of its period, or none."""
    if statement.end is None:
        return None
    intended = statement.relation in INTENTS
    at = statement.end.end if intended or statement.end.first <= start else statement.end.first
    return at if at > start else None


def contradicted_in_breath(told: list[tuple[Statement, Assertion, str]]) -> set[str]:
    """Of contrary present statements of one message under one key only the last makes an assertion: the uuids of the others.

    `told` holds (statement, assertion, belief key) in the order said (DECISIONS 7).
    """
    last: dict[tuple[str | None, str], Assertion] = {}
    dropped: set[str] = set()
    for statement, made, key in told:
        if not made.holds or statement.start is not None or statement.corrects:
            continue
        before: Assertion | None = last.get((made.episode, key))
        if before is not None and (before.subject, before.object) != (made.subject, made.object):
            dropped.add(before.uuid)
        last[made.episode, key] = made
    return dropped
