"""What each leg says of a candidate fact."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from graph.language import Question
from graph.model import Fact, FactStatus
from graph.recall.rank import Table
from graph.recall.seeds import Legs
from graph.recall.spread import Reached
from graph.time import LATEST, AsOf, Period


@dataclass(frozen=True, slots=True)
class FactView:
    """How the question meets the facts; `meant` are the entities it is taken to be about."""

    legs: Legs
    relations: frozenset[str]
    reached: Mapping[str, Reached]
    periods: Sequence[Period] = ()
    meant: Container[str] = ()
    known: datetime = LATEST


def fact_features(facts: Iterable[Fact], view: FactView) -> Table:
    """For each fact the value of each leg, 0 to 1 (`graph.recall.rank` weighs them), save what its messages give it."""
    ordered = sorted(facts, key=lambda fact: fact.uuid)
    uuids = tuple(fact.uuid for fact in ordered)
    coverage, cosines, reached, meant = view.legs.coverage, view.legs.cosines, view.reached, view.meant
    relation = [float(fact.relation in view.relations) for fact in ordered]
    columns = {
        "reached": [reached[uuid].strength if uuid in reached else 0.0 for uuid in uuids],
        "words": [coverage.get(uuid, 0.0) for uuid in uuids],
        "cosine": np.maximum(0.0, [cosines.get(uuid, 0.0) for uuid in uuids]),
        "relation": relation,
        "asked": [of and float(fact.subject in meant or fact.object in meant) for fact, of in zip(ordered, relation, strict=True)],
        "period": [_in_periods(fact, view.periods) for fact in ordered] if view.periods else np.zeros(len(uuids)),
        "confidence": [fact.confidence_as_known(view.known) for fact in ordered],
    }
    return Table(uuids, {leg: np.array(column) for leg, column in columns.items()})


def answering(table: Table, question: Question) -> frozenset[str]:
    """The facts that say what is asked for: of a relation that the question names and of whom it means, or of anybody where no such is
    known, or on the way along several relations. All of them, where it only names somebody.
    """
    named = {word for name in question.names for word in name.lower().split()}
    if named.issuperset(question.terms):
        return frozenset(table.uuids)
    asked = table.legs["asked"] if table.legs["asked"].any() else table.legs["relation"]
    says = asked + table.legs["chain"]
    return frozenset(uuid for uuid, told in zip(table.uuids, says.tolist(), strict=True) if told > 0)


def told_once(facts: Iterable[Fact], known: datetime) -> list[Fact]:
    """Of those that tell the same of the same in the same words, drawn from the same messages ("Anna likes tea" as what she likes and as
    what she drinks), the first.
    """
    once: list[Fact] = []
    told: dict[str, list[Fact]] = {}
    for fact in facts:
        before = told.setdefault(fact.text, [])
        if not (before and any(_tells_the_same(fact, other, known) for other in before)):
            before.append(fact)
            once.append(fact)
    return once


def _tells_the_same(fact: Fact, other: Fact, known: datetime) -> bool:
    return (
        (fact.subject, fact.object) == (other.subject, other.object)
        and (fact.valid_at, fact.end_as_known(known)) == (other.valid_at, other.end_as_known(known))
        and fact.episodes == other.episodes
    )


def _in_periods(fact: Fact, periods: Sequence[Period]) -> float:
    """1 where it began in a period the question names, a half where it may have held then, -1 where it did not."""
    if any(period.first <= fact.valid_at < period.end for period in periods):
        return 1.0
    held = any(fact.valid_at < period.end and (fact.invalid_at is None or period.first < fact.invalid_at) for period in periods)
    return 0.5 if held else -1.0


def showable(fact: Fact, as_of: AsOf, past: bool, meant: Container[str] = ()) -> bool:
    """What holds; what is to come, as seen from the present; what has ended, where the question asks about the past or means both its ends.

    "Where does Anna live?" is not answered with where she lived; "Does Anna live in Rome?" is answered by "no longer".
    """
    status = fact.status(as_of)
    if status is FactStatus.FUTURE:
        return as_of.valid >= as_of.known
    if status is FactStatus.ENDED:
        return past or (fact.subject in meant and fact.object in meant)
    return status is FactStatus.HOLDS
