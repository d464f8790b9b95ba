from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.asof import BELIEVED, ENDED, FUTURE, HOLDS, RETRACTED, Dialect, Predicate, asked
from graph.model import Fact, FactStatus
from graph.time import FAR, TICK, AsOf
from tests.stores.builders import day, fact


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """A record of any fate, its instants close enough to be equal."""
    instants = st.integers(0, 4).map(float)
    made = fact("f", "anna", "lives_in", "rome", day(draw(instants)), valid_at=day(draw(instants)))
    if draw(st.booleans()):
        made = replace(made, invalid_at=made.valid_at + timedelta(days=draw(st.integers(0, 2))))
        made = replace(made, expired_at=draw(st.none() | st.just(made.created_at + timedelta(days=draw(st.integers(1, 2))))))
    return replace(made, retracted_at=draw(st.none() | st.just(made.created_at + timedelta(days=draw(st.integers(1, 2))))))


@st.composite
def instants(draw: st.DrawFn) -> AsOf:
    """On the facts' instants, or a microsecond beside them."""
    valid, known = (day(draw(st.integers(0, 6))) + draw(st.integers(-1, 1)) * TICK for _ in range(2))
    return AsOf(valid, known)


def by_the_words(made: Fact, at: AsOf) -> FactStatus:
    """The law as DESIGN says it, with no far date."""
    if at.known < made.created_at or (made.retracted_at is not None and made.retracted_at <= at.known):
        return FactStatus.RETRACTED
    end: datetime | None = made.invalid_at
    if made.expired_at is not None and at.known < made.expired_at:
        end = None
    if at.valid < made.valid_at:
        return FactStatus.FUTURE
    return FactStatus.ENDED if end is not None and end <= at.valid else FactStatus.HOLDS


@given(facts(), instants())
def test_a_fact_stands_as_the_law_says(made: Fact, at: AsOf) -> None:
    assert made.status(at) is by_the_words(made, at)
    assert made.believed_at(at.known) is (made.status(at) is not FactStatus.RETRACTED)


@given(facts(), instants())
def test_each_believed_fact_is_one_of_three(made: Fact, at: AsOf) -> None:
    status: dict[FactStatus, Predicate] = {FactStatus.FUTURE: FUTURE, FactStatus.HOLDS: HOLDS, FactStatus.ENDED: ENDED}
    if asked(BELIEVED)(made, at):
        assert [name for name, predicate in status.items() if asked(predicate)(made, at)] == [made.status(at)]
    else:
        assert made.created_at > at.known or asked(RETRACTED)(made, at)


@pytest.mark.parametrize("at", [FAR, FAR - TICK])
def test_what_has_no_end_holds_for_ever(at: datetime) -> None:
    assert fact("f", "anna", "lives_in", "rome", day(1)).status(AsOf(at, at)) is FactStatus.HOLDS


def test_a_language_says_it_with_its_own_words() -> None:
    said = Dialect("r", "$", "{} AND {}", "CASE WHEN {} THEN true ELSE {} END", {"valid_at": "valid_from"}).text(HOLDS)
    assert said == "r.valid_from <= $valid AND CASE WHEN r.expired_from > $known THEN true ELSE r.valid_until > $valid END"
