"""Postings in memory: what was sought last, bounded by bytes, forgotten word by word as new texts have them."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.stores.embedded.concordance import Noted
from graph.stores.embedded.postings import Counted, Phrase, Postings, log_of, read
from graph.stores.embedded.view import View

OVERHEAD = 1_000
"""Bytes that a phrase takes besides its arrays, about, and a group besides its phrases."""

ByKind: TypeAlias = Mapping[str, Postings]
Key: TypeAlias = tuple[Phrase, bool]
NEVER = -1
"""The changes of a group of which nothing is held."""


@dataclass(frozen=True, slots=True)
class Sought:
    """By phrase and kind the texts that have it, and by kind of how many texts those are."""

    phrases: Mapping[Phrase, ByKind]
    kinds: Mapping[str, Counted]


@dataclass(slots=True)
class _Group:
    """What is held of a group, as of so many changes of its texts; key is (phrase, whether of texts that stand no longer, too). Whoever
    reads a `version` of the group before this one holds nothing.
    """

    written: int
    version: int
    phrases: OrderedDict[Key, ByKind] = field(default_factory=OrderedDict)

    def about(self, words: frozenset[str]) -> list[Key]:
        """The phrases held that have one of the words."""
        single = [((word,), past) for word in words for past in (False, True)]
        several = [key for key in self.phrases if len(key[0]) > 1 and not words.isdisjoint(key[0])]
        return [key for key in single if key in self.phrases] + several


class Held:
    """The postings of the phrases sought last, of the groups used last, together at most `most` bytes. Safe in threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._lock = threading.Lock()
        self._groups: OrderedDict[int, _Group] = OrderedDict()

    def of(self, db: sqlite3.Connection, view: View, phrases: Collection[Phrase]) -> Sought:
        """As of the connection's snapshot; of the past also texts that no longer stand."""
        log = log_of(db, view.number, view.past)
        found = self._known(view, log.written, phrases)
        missing = [phrase for phrase in phrases if phrase not in found]
        if missing:
            new = read(db, view.number, missing, view.past)
            self._hold(view, log.written, new)
            found |= new
        return Sought(found, log.kinds)

    def note(self, noted: Noted) -> None:
        """Forgets the words that were written; a group that another process wrote to meanwhile is forgotten whole."""
        with self._lock:
            group = self._groups.get(noted.number)
            if group is None or group.written >= noted.after:
                return
            if group.written != noted.before:
                self._begin(noted.number, NEVER, group.version)
                return
            group.written = noted.after
            for key in group.about(noted.words):
                self._size -= _size(group.phrases.pop(key))

    def drop(self, number: int, version: int) -> None:
        """Leaves nothing in memory of what a group was before `version`, nor what those who still read it then would hold."""
        with self._lock:
            self._begin(number, NEVER, version)
            self._evict()

    def _begin(self, number: int, written: int, version: int) -> _Group:
        """Holds nothing of the group, yet."""
        before = self._groups.pop(number, None)
        if before is not None:
            self._size -= OVERHEAD + sum(map(_size, before.phrases.values()))
        self._size += OVERHEAD
        group = self._groups[number] = _Group(written, version)
        return group

    def _known(self, view: View, written: int, phrases: Collection[Phrase]) -> dict[Phrase, ByKind]:
        with self._lock:
            group = self._groups.get(view.number)
            if group is None or group.written != written:
                return {}
            self._groups.move_to_end(view.number)
            found = {phrase: held for phrase in phrases if (held := group.phrases.get((phrase, view.past))) is not None}
            for phrase in found:
                group.phrases.move_to_end((phrase, view.past))
            return found

    def _hold(self, view: View, written: int, found: Mapping[Phrase, ByKind]) -> None:
        with self._lock:
            group = self._groups.get(view.number)
            if group is not None and (group.written > written or group.version > view.version):
                return
            if group is None or group.written < written:
                group = self._begin(view.number, written, view.version)
            for phrase, postings in found.items():
                if (phrase, view.past) not in group.phrases:
                    group.phrases[phrase, view.past] = postings
                    self._size += _size(postings)
            self._evict()

    def _evict(self) -> None:
        while self._size > self._most:
            number, group = next(iter(self._groups.items()))
            if group.phrases:
                self._size -= _size(group.phrases.popitem(last=False)[1])
            if not group.phrases:
                del self._groups[number]
                self._size -= OVERHEAD


def _size(postings: ByKind) -> int:
    return OVERHEAD + sum(found.size for found in postings.values())
