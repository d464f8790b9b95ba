"""Postings in memory: what was sought last, bounded by bytes, forgotten word by word as new texts have them."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.stores.embedded.concordance import Noted
from graph.stores.embedded.postings import Counted, Phrase, Postings, log_of, read

OVERHEAD = 1_000
"""Bytes that a phrase takes besides its arrays, about."""

ByKind: TypeAlias = Mapping[str, Postings]


@dataclass(frozen=True, slots=True)
class Sought:
    """By phrase and kind the texts that have it, and by kind of how many texts those are."""

    phrases: Mapping[Phrase, ByKind]
    kinds: Mapping[str, Counted]


@dataclass(slots=True)
class _Group:
    """What is held of a group, as of so many changes of its texts; key is (phrase, whether of texts that stand no longer, too)."""

    written: int
    phrases: OrderedDict[tuple[Phrase, bool], ByKind] = field(default_factory=OrderedDict)


class Held:
    """The postings of the phrases sought last, of the groups used last, together at most `most` bytes. Safe in threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._lock = threading.Lock()
        self._groups: OrderedDict[int, _Group] = OrderedDict()

    def of(self, db: sqlite3.Connection, number: int, phrases: Collection[Phrase], past: bool) -> Sought:
        """As of the connection's snapshot; with `past` also texts that no longer stand."""
        log = log_of(db, number, past)
        found = self._known(number, log.written, phrases, past)
        missing = [phrase for phrase in phrases if phrase not in found]
        if missing:
            new = read(db, number, missing, past)
            self._hold(number, log.written, new, past)
            found |= new
        return Sought(found, log.kinds)

    def note(self, noted: Noted) -> None:
        """Forgets the words that were written; a group that another process wrote to meanwhile is forgotten whole."""
        with self._lock:
            group = self._groups.get(noted.number)
            if group is None or group.written >= noted.after:
                return
            if group.written != noted.before:
                self._drop(noted.number)
                return
            group.written = noted.after
            for key in [key for key in group.phrases if not noted.words.isdisjoint(key[0])]:
                self._size -= _size(group.phrases.pop(key))

    def drop(self, number: int) -> None:
        """Leaves nothing of a group in memory."""
        with self._lock:
            self._drop(number)

    def _drop(self, number: int) -> None:
        group = self._groups.pop(number, None)
        if group is not None:
            self._size -= sum(map(_size, group.phrases.values()))

    def _known(self, number: int, written: int, phrases: Collection[Phrase], past: bool) -> dict[Phrase, ByKind]:
        with self._lock:
            group = self._groups.get(number)
            if group is None or group.written != written:
                return {}
            self._groups.move_to_end(number)
            found = {phrase: held for phrase in phrases if (held := group.phrases.get((phrase, past))) is not None}
            for phrase in found:
                group.phrases.move_to_end((phrase, past))
            return found

    def _hold(self, number: int, written: int, found: Mapping[Phrase, ByKind], past: bool) -> None:
        with self._lock:
            group = self._groups.get(number)
            if group is not None and group.written > written:
                return
            if group is None or group.written < written:
                self._drop(number)
                group = self._groups[number] = _Group(written)
            for phrase, postings in found.items():
                if (phrase, past) not in group.phrases:
                    group.phrases[phrase, past] = postings
                    self._size += _size(postings)
            self._evict()

    def _evict(self) -> None:
        while self._size > self._most:
            number, group = next(iter(self._groups.items()))
            if group.phrases:
                self._size -= _size(group.phrases.popitem(last=False)[1])
            if not group.phrases:
                del self._groups[number]


def _size(postings: ByKind) -> int:
    return OVERHEAD + sum(found.size for found in postings.values())
