"""What each leg says of a candidate fact."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Fact, FactStatus
from graph.recall.rank import Table, table_of
from graph.recall.seeds import Legs
from graph.recall.spread import Reached
from graph.time import AsOf, Period


@dataclass(frozen=True, slots=True)
class FactView:
    """How the question meets the facts; `meant` are the entities it is taken to be about."""

    legs: Legs
    relations: frozenset[str]
    reached: Mapping[str, Reached]
    periods: Sequence[Period] = ()
    meant: Container[str] = ()


def fact_features(facts: Iterable[Fact], view: FactView) -> Table:
    """For each fact the value of each leg, 0 to 1 (`graph.recall.rank` weighs them), save what its messages give it."""
    coverage = view.legs.coverage()
    return table_of({fact.uuid: _features(fact, view, coverage) for fact in facts})


def _features(fact: Fact, view: FactView, coverage: Mapping[str, float]) -> dict[str, float]:
    reached = view.reached.get(fact.uuid)
    return {
        "reached": reached.strength if reached else 0.0,
        "words": coverage.get(fact.uuid, 0.0),
        "cosine": max(0.0, view.legs.cosines.get(fact.uuid, 0.0)),
        "relation": float(fact.relation in view.relations),
        "asked": float(fact.relation in view.relations and (fact.subject in view.meant or fact.object in view.meant)),
        "period": _in_periods(fact, view.periods),
        "confidence": fact.confidence,
    }


def _in_periods(fact: Fact, periods: Sequence[Period]) -> float:
    """1 where it began in a period the question names, a half where it may have held then, -1 where it did not."""
    if not periods:
        return 0.0
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
