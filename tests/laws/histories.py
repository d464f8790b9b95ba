"""Random histories for hypothesis: few people, places and days, so that what is said collides; simpler ones first."""

from itertools import permutations

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

# Where something ends, or is vouched for until: mostly later than it began.
later = st.builds(Date, st.sampled_from(("instant", "day")), st.integers(6, 20).map(float)) | dates


def pairs(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, str]]:
    """Two names; in one of many it is the same one twice, which is refused."""
    return st.sampled_from([*permutations(names, 2), *permutations(names, 2), (names[0], names[0])])


def related(relations: tuple[str, ...], names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, str, str]]:
    return st.tuples(pairs(names), st.sampled_from(relations)).map(lambda drawn: (drawn[0][0], drawn[1], drawn[0][1]))


lines = st.one_of(
    st.tuples(st.sampled_from(PEOPLE[:2]), st.sampled_from(("lives_in", "works_at")), st.sampled_from(CITIES)),
    st.tuples(st.sampled_from(PEOPLE[:2]), st.sampled_from(WITH_CITIES), st.sampled_from(CITIES)),
    related(WITH_PEOPLE, PEOPLE),
    related(("capital_of", "has_capital"), CITIES),
)


@st.composite
def tells(draw: st.DrawFn) -> Tell:
    subject, relation, object_ = draw(lines)
    times = draw(st.sampled_from(("", "", "", "invalid", "invalid", "seen", "seen", "both")))
    return Tell(
        subject,
        relation,
        object_,
        valid=draw(maybe),
        invalid=draw(later) if times in ("invalid", "both") else None,
        seen=draw(later) if times in ("seen", "both") else None,
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
        end=draw(st.none() | later) if holds else None,
        vouched=draw(st.booleans()),
        holds=holds,
        former=former,
    )


whiches = st.integers(0, 9)
commands = st.one_of(
    st.builds(AddFacts, st.lists(tells(), min_size=1, max_size=3).map(tuple)),
    st.builds(AddFacts, st.lists(tells(), min_size=1, max_size=3).map(tuple)),
    st.builds(Message, instants, st.lists(says(), min_size=1, max_size=2).map(tuple)),
    st.builds(EndFact, whiches, later),
    st.builds(CorrectFact, whiches, st.none() | tells(), st.booleans()),
    st.builds(Repeat, whiches),
)
histories = st.builds(
    History,
    st.lists(st.builds(Step, commands, st.sampled_from((0.0, 0.5, 1.0, 3.0))), min_size=2, max_size=8).map(tuple),
    latest=st.sampled_from((False, False, True)),
    begins=st.sampled_from((8.0, 2.0, 30.0)),
)
