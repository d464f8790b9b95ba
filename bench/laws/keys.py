"""How long it takes to work out what the assertions of one key amount to, however many there are."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

from graph.belief import believed
from graph.model import Assertion
from graph.time import Precision

SIZES = (1_000, 5_000, 20_000)
START = datetime(2000, 1, 1, tzinfo=UTC)


def _day(number: float) -> datetime:
    return START + timedelta(hours=number)


def _told(number: int, object_: str, start: float, said: float, **more: Any) -> Assertion:
    return Assertion(
        uuid=f"{number:06d}",
        group="g",
        subject="ann",
        relation="lives_in",
        object=object_,
        start=_day(start),
        precision=Precision.SAID if start == said else Precision.DAY,
        said=_day(said),
        recorded_at=_day(said),
        operation="op",
        text=f"Ann lives in {object_}",
        actor="bench",
        **more,
    )


# What is said over and over of one subject, as the n-th of so many.
SHAPES: Mapping[str, Callable[[int, int], Assertion]] = {
    "moves on and on": lambda n, _: _told(n, f"place {n % 7}", n, n),
    "is said again": lambda n, _: _told(n, "place", n, n),
    "since long ago, said again": lambda n, _: _told(n, "place", 0, n, seen=_day(n)),
    "since long ago, now here, now there": lambda n, _: _told(n, f"place {n % 2}", 0, n, seen=_day(n)),
    "dates known as days": lambda n, _: _told(n, f"place {n % 7}", n - n % 24, n, within=_day(n - n % 24 + 24)),
    "stays with ends, told backwards": lambda n, of: _told(
        n, f"place {n % 7}", n, 2 * of - n, end=_day(n + 1), end_precision=Precision.DAY
    ),
    "is over, and begins again": lambda n, _: _told(n, "place", n, n, holds=n % 2 == 0),
}


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """Milliseconds of CPU by shape and size."""
    rows = []
    for shape, nth in SHAPES.items():
        row: dict[str, Any] = {"assertions of one key": shape}
        for size in sizes:
            told = [nth(n, size) for n in range(size)]
            start = process_time()
            believed(told)
            row[f"{size:,}"] = round(1000 * (process_time() - start))
        rows.append(row)
    return rows
