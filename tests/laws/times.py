"""Times of a history: instants in whole microseconds, and dates as a caller gives them, known only as a day, a month or a year."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

TICK = 1
DAY = 24 * 60 * 60 * 1_000_000
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Date:
    """`kind` is "instant" (a number of days after 1 January 2020), "day", "month" or "year" (the one that this day lies in)."""

    kind: str
    day: float

    @property
    def first(self) -> int:
        return micros(self._bounds()[0])

    @property
    def end(self) -> int | None:
        """Where the period ends; None of an instant."""
        return None if self.kind == "instant" else micros(self._bounds()[1])

    @property
    def text(self) -> str:
        """As a caller writes it."""
        at = self._bounds()[0]
        shapes = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
        return at.strftime(shapes[self.kind]) if self.kind in shapes else at.isoformat()

    def __str__(self) -> str:
        return f"day {self.day:g}" if self.kind in ("instant", "day") else self.text

    def _bounds(self) -> tuple[datetime, datetime]:
        at = _FIRST + timedelta(days=self.day)
        if self.kind == "instant":
            return at, at
        if self.kind == "day":
            return _FIRST + timedelta(days=int(self.day)), _FIRST + timedelta(days=int(self.day) + 1)
        if self.kind == "month":
            return at.replace(day=1), (at.replace(day=1) + timedelta(days=31)).replace(day=1)
        return at.replace(month=1, day=1), at.replace(year=at.year + 1, month=1, day=1)


def micros(at: datetime) -> int:
    return (at - _FIRST) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    return _FIRST + timedelta(microseconds=at)


def words(at: float | None) -> str:
    """Read by people: in days, and how many microseconds before or after."""
    if at is None or at == float("inf"):
        return "further notice"
    half = DAY // 4
    near = round(at / half) * half
    off = int(at) - near
    return f"day {near / DAY:g}" + (f" {off:+d} µs" if off else "")
