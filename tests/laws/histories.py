"""Random histories for hypothesis: few people, places and days, and mostly one theme, so that what is said collides."""

from itertools import permutations, product

from hypothesis import strategies as st

from tests.laws.commands import AddFacts, CorrectFact, EndFact, Forget, Merge, Message, Rename, Repeat, ResolveReview, SetUpdates, Undo
from tests.laws.relations import RULES
from tests.laws.stage import History, Step
from tests.laws.telling import PEOPLE, Say, Tell
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
    both = draw(st.integers(0, 9)) == 9
    return Tell(
        *line,
        valid=draw(early),
        invalid=draw(later) if both or times == "invalid" else None,
        seen=draw(later) if both or times == "seen" else None,
        said=draw(st.none() | instants),
        sure=sure,
    )


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
    """The first step tells something; what is forgotten is forgotten last."""
    adding = st.builds(AddFacts, st.lists(tells(lines), min_size=1, max_size=3).map(tuple))
    saying = st.builds(Message, instants, st.lists(says(lines), min_size=1, max_size=2).map(tuple))
    commands = st.one_of(
        adding,
        saying,
        st.builds(EndFact, whiches, later | dates),
        st.builds(CorrectFact, whiches),
        st.builds(CorrectFact, whiches, tells(lines), st.booleans()),
        st.builds(CorrectFact, whiches, timeless(lines)),
        st.builds(Undo, whiches),
        adding,
        st.builds(Undo, whiches),
        st.builds(Repeat, whiches) | st.builds(Rename, whiches),
        st.builds(ResolveReview, whiches),
        *merges(lines),
        *([] if is_symmetric(lines) else [st.builds(SetUpdates, st.booleans())]),
    )
    pauses = st.sampled_from((0.0, 0.5, 1.0, 3.0))
    first, more = st.builds(Step, adding | saying, pauses), st.lists(st.builds(Step, commands, pauses), min_size=1, max_size=7)
    forgetting = st.builds(Step, st.builds(Forget, st.sampled_from(("fact", "entity", "message")), whiches), pauses)
    last = st.just(()) | st.just(()) | st.tuples(forgetting)
    return st.builds(
        History,
        st.tuples(first, more, last).map(lambda drawn: (drawn[0], *drawn[1], *drawn[2])),
        latest=st.sampled_from((False, False, True)),
        begins=st.sampled_from((8.0, 2.0, 30.0)),
    )


def merges(lines: tuple[Line, ...]) -> list[st.SearchStrategy[Merge]]:
    """Of people where several are spoken of, and of cities."""
    of_kind = ([name for name in names if any(name in line for line in lines)] for names in (PEOPLE, CITIES))
    return [st.sampled_from(list(permutations(names, 2))).map(lambda drawn: Merge(*drawn)) for names in of_kind if len(names) > 1]


def is_symmetric(lines: tuple[Line, ...]) -> bool:
    """What was told of such a pair under ONTOLOGY has no subject to have one value under LATEST."""
    return any(RULES[relation].symmetric for _, relation, _ in lines)


histories = st.one_of(histories_of(EVERYTHING), *map(histories_of, THEMES))
