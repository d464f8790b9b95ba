"""Which record stood for what is believed anew: stretches and records of one key, side by side. Pure."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.belief import Stretch
from graph.model import Fact


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch and the record that stood for it; `absorbed` are further records that it takes the place of."""

    stretch: Stretch
    record: Fact | None
    absorbed: tuple[Fact, ...] = ()


def paired(records: Sequence[Fact], stretches: Sequence[Stretch], guests: Collection[str]) -> tuple[list[Pair], list[Fact]]:
    """Each stretch with its record, and the records that nothing believed takes the place of.

    The same span first, then an open record that has come to an end, then the nearest of those about the same time; `guests`, records
    of entities that were others until now, after the own ones.
    """
    same = _same_spans(records, stretches, guests)
    record_of = {n: record for n, record in enumerate(same) if record is not None}
    found_again = {record.uuid for record in record_of.values()}
    left = [record for record in records if record.uuid not in found_again]
    for fits in (has_ended, _same_time):
        for n, stretch in enumerate(stretches):
            found = [] if n in record_of else [record for record in left if fits(record, stretch)]
            if found:
                record_of[n] = _nearest([record for record in found if record.uuid not in guests] or found, stretch)
                left.remove(record_of[n])
    absorbed: defaultdict[int, list[Fact]] = defaultdict(list)
    for record in left:
        taking = next((n for n, stretch in enumerate(stretches) if _same_time(record, stretch)), None)
        if taking is not None:
            absorbed[taking].append(record)
    taken = {record.uuid for of in absorbed.values() for record in of}
    gone = [record for record in left if record.uuid not in taken]
    return [Pair(stretch, record_of.get(n), tuple(absorbed[n])) for n, stretch in enumerate(stretches)], gone


def _same_spans(records: Sequence[Fact], stretches: Sequence[Stretch], guests: Collection[str]) -> list[Fact | None]:
    """For each stretch a record of the same value over the same span."""
    at: defaultdict[tuple[frozenset[str], datetime, datetime | None], list[Fact]] = defaultdict(list)
    for record in sorted(records, key=lambda r: (r.uuid in guests, r.uuid), reverse=True):
        at[frozenset(ends_of(record)), record.valid_at, record.invalid_at].append(record)
    spans = ((frozenset(ends_of(stretch)), stretch.start, stretch.end) for stretch in stretches)
    return [at[span].pop() if at.get(span) else None for span in spans]


def _nearest(records: Sequence[Fact], stretch: Stretch) -> Fact:
    return min(records, key=lambda r: (abs(r.valid_at - stretch.start), r.uuid))


def _same_value(record: Fact, stretch: Stretch) -> bool:
    return {record.subject, record.object} == {stretch.subject, stretch.object}


def same_span(record: Fact, stretch: Stretch) -> bool:
    return _same_value(record, stretch) and (record.valid_at, record.invalid_at) == (stretch.start, stretch.end)


def has_ended(record: Fact, stretch: Stretch) -> bool:
    return _same_value(record, stretch) and record.invalid_at is None and stretch.end is not None and record.valid_at == stretch.start


def _same_time(record: Fact, stretch: Stretch) -> bool:
    """Whether they overlap or meet, or rest on the same words."""
    meets = (stretch.end is None or record.valid_at <= stretch.end) and (record.invalid_at is None or stretch.start <= record.invalid_at)
    return _same_value(record, stretch) and (meets or not set(record.assertions).isdisjoint(stretch.assertions))


def ends_of(item: Fact | Stretch) -> tuple[str, str]:
    return item.subject, item.object
