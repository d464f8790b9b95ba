"""Random histories for hypothesis: few people, places and days, and mostly one theme, so that what is said collides."""

from itertools import permutations, product

from hypothesis import strategies as st

from tests.laws.commands import PEOPLE, AddFacts, CorrectFact, EndFact, Message, Repeat, Say, Tell
from tests.laws.stage import History, Step
from tests.laws.times import Date

Line = tuple[str, str, str]

CITIES = ("Rome", "Oslo", "Bern")
ANN, TWO, THREE = PEOPLE[:1], CITIES[:2], PEOPLE[:3]

THEMES: tuple[tuple[Line, ...], ...] = (
    tuple(product(ANN, ("lives_in", "moved_to", "moved_from"), TWO)),
    tuple(product(ANN, ("lives_in",), CITIES)),
    tuple(product(ANN, ("works_at", "quit"), TWO)),
    tuple(product(PEOPLE[:2], ("head_of",), TWO)),
    tuple((one, relation, other) for relation in ("capital_of", "has_capital") for one, other in permutations(CITIES, 2)),
    tuple((one, relation, other) for relation in ("married_to", "divorced", "friend_of") for one, other in permutations(PEOPLE, 2)),
    tuple(product(ANN, ("likes", "stopped_liking", "twirls_for"), TWO)),
)
EVERYTHING = (*(line for theme in THEMES for line in theme), ("Ann", "friend_of", "Ann"))
"""The last one is refused."""

days = st.integers(0, 12).map(float)
instants = st.builds(Date, st.just("instant"), days | st.sampled_from((4.5, 5.25, 8.5)))
dates = (
    instants
    | st.builds(Date, st.just("day"), days)
    | st.builds(Date, st.sampled_from(("month", "year")), st.sampled_from((5.0, 35.0, -5.0)))
)
maybe = st.none() | dates
# Where something that has an end begins, and where it ends or is vouched for until: now and then in the wrong order.
early = st.builds(Date, st.sampled_from(("instant", "day")), st.integers(0, 6).map(float)) | dates
later = st.builds(Date, st.sampled_from(("instant", "day")), st.integers(6, 14).map(float))
whiches = st.integers(0, 9)


@st.composite
def tells(draw: st.DrawFn, lines: tuple[Line, ...]) -> Tell:
    line, sure = draw(st.sampled_from(lines)), draw(st.sampled_from((1.0, 1.0, 0.5)))
    times = draw(st.sampled_from(("", "", "", "invalid", "invalid", "seen", "seen")))
    if not times:
        return Tell(*line, valid=draw(maybe), said=draw(st.none() | instants), sure=sure)
    ends = {times: draw(later)} if draw(st.integers(0, 9)) else {"invalid": draw(later), "seen": draw(later)}
    return Tell(*line, valid=draw(early), said=draw(st.none() | instants), sure=sure, **ends)


@st.composite
def timeless(draw: st.DrawFn, lines: tuple[Line, ...]) -> Tell:
    return Tell(*draw(st.sampled_from(lines)), seen=draw(st.none() | later), said=draw(st.none() | instants))


@st.composite
def says(draw: st.DrawFn, lines: tuple[Line, ...]) -> Say:
    holds = draw(st.sampled_from((True, True, False)))
    former = not holds and draw(st.booleans())
    return Say(
        *draw(st.sampled_from(lines)),
        start=None if former else draw(maybe),
        end=draw(st.none() | later) if holds else None,
        vouched=draw(st.booleans()),
        holds=holds,
        former=former,
    )


def histories_of(lines: tuple[Line, ...]) -> st.SearchStrategy[History]:
    """The first step tells something."""
    adding = st.builds(AddFacts, st.lists(tells(lines), min_size=1, max_size=3).map(tuple))
    saying = st.builds(Message, instants, st.lists(says(lines), min_size=1, max_size=2).map(tuple))
    commands = st.one_of(
        adding,
        saying,
        st.builds(EndFact, whiches, later | dates),
        st.builds(CorrectFact, whiches),
        st.builds(CorrectFact, whiches, tells(lines), st.booleans()),
        st.builds(CorrectFact, whiches, timeless(lines)),
        adding,
        st.builds(Repeat, whiches),
    )
    pauses = st.sampled_from((0.0, 0.5, 1.0, 3.0))
    first, more = st.builds(Step, adding | saying, pauses), st.lists(st.builds(Step, commands, pauses), min_size=1, max_size=7)
    return st.builds(
        History,
        st.tuples(first, more).map(lambda drawn: (drawn[0], *drawn[1])),
        latest=st.sampled_from((False, False, True)),
        begins=st.sampled_from((8.0, 2.0, 30.0)),
    )


histories = st.one_of(histories_of(EVERYTHING), *map(histories_of, THEMES))
