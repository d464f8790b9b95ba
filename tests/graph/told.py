"""Assertions for tests, their times in days."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from graph.model import Assertion
from graph.time import Precision
from tests.graph.oracle import Word

DAY_0 = datetime(2020, 1, 1, tzinfo=UTC)
MICROS = 24 * 60 * 60 * 1_000_000

unhurried = settings(max_examples=60, deadline=None)
"""For properties whose every example is a history."""


def day(number: float) -> datetime:
    return DAY_0 + timedelta(days=number)


def days(at: datetime) -> float:
    return (at - DAY_0) / timedelta(days=1)


def a(object_: str, start: float, said: float, **more: object) -> Assertion:
    """Anna lives in `object_` from day `start` on, said on day `said`. `seen`, `end` and `within` are days too.

    The precision is DAY, or SAID where it was said when it began.
    """
    times: dict[str, Any] = {name: day(float(str(more[name]))) for name in ("seen", "end", "within") if name in more}
    values: dict[str, Any] = {
        "uuid": f"{object_}-{start}-{said}-{'-'.join(f'{k}:{v}' for k, v in sorted(more.items()))}",
        "group": "g",
        "subject": "anna",
        "relation": "lives_in",
        "object": object_,
        "start": day(start),
        "precision": Precision.SAID if start == said else Precision.DAY,
        "said": day(said),
        "recorded_at": day(said),
        "operation": "op",
        "text": f"Anna lives in {object_}",
        "actor": "test",
        "end_precision": Precision.DAY if "end" in more else None,
    }
    values |= more
    values |= times
    return Assertion(**values)


def as_word(told: Assertion) -> Word:
    """The same for the oracle, in microseconds since day 0."""

    def micros(at: datetime | None) -> int | None:
        return None if at is None else (at - DAY_0) // timedelta(microseconds=1)

    start, said = micros(told.start), micros(told.said)
    assert start is not None and said is not None
    return Word(told.object, start, said, micros(told.seen), micros(told.end), told.holds, told.confidence, micros(told.within))


@st.composite
def assertions(draw: st.DrawFn, objects: str = "abc", formerly: bool = False) -> Assertion:
    """Any assertion of one exclusive key, with times close enough to others' to collide."""
    start, said = draw(st.integers(0, 9)), draw(st.integers(0, 12))
    shape = draw(
        st.sampled_from(
            ("plain", "plain", "seen", "end", "within", "within and end", "denied", "denied", *(["formerly"] if formerly else []))
        )
    )
    shapes: dict[str, dict[str, object]] = {
        "seen": {"seen": max(start, said)},
        "end": {"end": start + draw(st.integers(1, 5))},
        "within": {"within": start + draw(st.integers(1, 6))},
        "within and end": {"within": start + draw(st.integers(1, 6)), "end": start + draw(st.integers(1, 5))},
        "denied": {"holds": False},
        "formerly": {"holds": False, "precision": Precision.BEFORE},
    }
    more = shapes.get(shape, {})
    if shape == "denied" and draw(st.booleans()):
        more["within"] = start + 2
    start = said if shape == "formerly" else start
    sure = draw(st.sampled_from((1.0, 0.8, 0.5)))
    number, object_ = draw(st.integers(0, 10**9)), draw(st.sampled_from(objects))
    words = {"text": f"Anna lives in {object_}{'!' * (number % 3)}", "episode": f"e{number % 5}", "uuid": f"u{number:09d}"}
    return a(object_, start, said, **more, confidence=sure, **words)
