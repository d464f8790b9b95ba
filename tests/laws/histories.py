"""Random histories for hypothesis: few people, places and days, so that what is said collides; simpler ones first."""

from hypothesis import strategies as st

from tests.laws.commands import PEOPLE, AddFacts, CorrectFact, EndFact, Message, Repeat, Say, Tell
from tests.laws.stage import History, Step
from tests.laws.times import Date

CITIES = ("Rome", "Oslo", "Bern")
WITH_PEOPLE = ("friend_of", "married_to", "divorced")
WITH_CITIES = ("lives_in", "moved_to", "moved_from", "works_at", "quit", "head_of", "likes", "stopped_liking", "twirls_for")

days = st.integers(0, 12).map(float)
instants = st.builds(Date, st.just("instant"), days | st.sampled_from((4.5, 5.25, 8.5)))
dates = (
    instants
    | st.builds(Date, st.just("day"), days)
    | st.builds(Date, st.sampled_from(("month", "year")), st.sampled_from((5.0, 35.0, -5.0)))
)
maybe = st.none() | dates

lines = st.one_of(
    st.tuples(st.sampled_from(PEOPLE[:2]), st.sampled_from(("lives_in", "works_at")), st.sampled_from(CITIES)),
    st.tuples(st.sampled_from(PEOPLE[:2]), st.sampled_from(WITH_CITIES), st.sampled_from(CITIES)),
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(WITH_PEOPLE), st.sampled_from(PEOPLE)),
    st.tuples(st.sampled_from(CITIES), st.sampled_from(("capital_of", "has_capital")), st.sampled_from(CITIES)),
)


@st.composite
def tells(draw: st.DrawFn) -> Tell:
    subject, relation, object_ = draw(lines)
    times = draw(st.sampled_from(("", "", "invalid", "seen", "both")))
    return Tell(
        subject,
        relation,
        object_,
        valid=draw(maybe),
        invalid=draw(dates) if times in ("invalid", "both") else None,
        seen=draw(dates) if times in ("seen", "both") else None,
        said=draw(st.none() | instants),
        sure=draw(st.sampled_from((1.0, 1.0, 0.5))),
    )


@st.composite
def says(draw: st.DrawFn) -> Say:
    subject, relation, object_ = draw(lines)
    holds = draw(st.sampled_from((True, True, False)))
    former = not holds and draw(st.booleans())
    return Say(
        subject,
        relation,
        object_,
        start=None if former else draw(maybe),
        end=draw(maybe) if holds else None,
        vouched=draw(st.booleans()),
        holds=holds,
        former=former,
    )


whiches = st.integers(0, 9)
commands = st.one_of(
    st.builds(AddFacts, st.lists(tells(), min_size=1, max_size=3).map(tuple)),
    st.builds(AddFacts, st.lists(tells(), min_size=1, max_size=3).map(tuple)),
    st.builds(Message, instants, st.lists(says(), min_size=1, max_size=2).map(tuple)),
    st.builds(EndFact, whiches, dates),
    st.builds(CorrectFact, whiches, st.none() | tells(), st.booleans()),
    st.builds(Repeat, whiches),
)
histories = st.builds(
    History,
    st.lists(st.builds(Step, commands, st.sampled_from((0.0, 0.5, 1.0, 3.0))), min_size=1, max_size=7).map(tuple),
    latest=st.sampled_from((False, False, True)),
    begins=st.sampled_from((8.0, 2.0, 30.0)),
)
