"""The conversation as a graph: what a message gains from its neighbours, its session, its speaker and the question it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from math import log1p

import numpy as np
from numpy.typing import NDArray

from graph.recall.rank import Column, Table
from graph.recall.seeds import Legs
from graph.time import Period
from graph.views import EpisodeNode

NEAR, FAR = 0.7, 0.4
"""What a word counts that stands one message away, and two."""
SAME_BREATH = 0.9, 0.8
"""The same where one speaker said all of it: a thought in several messages."""
BEST_OF_SESSION = 3
LONG = 400
"""Characters from which on a message counts as long."""
SOON_AFTER, FADES = 0.9, 3 * 86_400.0
"""What being said just after a period counts of being said in it, and the seconds in which that falls to a third."""

Scores = Mapping[str, float]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Conversation:
    """Candidate episodes with their neighbours, what searching them gave, and what the question says about them.

    `names`: the question's names and all other names of the entities they stand for, folded. `facts`: for an episode the
    strength of the best fact drawn from it. `examples`: how much of one of the kinds asked for it names.
    """

    nodes: Mapping[str, EpisodeNode]
    legs: Legs
    names: frozenset[str]
    periods: tuple[Period, ...] = ()
    session: str | None = None
    facts: Scores = field(default_factory=dict)
    examples: Scores = field(default_factory=dict)

    @cached_property
    def uuids(self) -> tuple[str, ...]:
        return tuple(sorted(self.nodes))

    @cached_property
    def ordered(self) -> tuple[EpisodeNode, ...]:
        return tuple(map(self.nodes.__getitem__, self.uuids))

    @cached_property
    def places(self) -> dict[str, int]:
        return dict(zip(self.uuids, range(len(self.uuids)), strict=True))

    @cached_property
    def speakers(self) -> list[str | None]:
        return [node.speaker for node in self.ordered]

    @cached_property
    def before(self) -> list[str | None]:
        return [node.previous for node in self.ordered]

    @cached_property
    def after(self) -> list[str | None]:
        return [node.next for node in self.ordered]

    @cached_property
    def near(self) -> "Near":
        return Near.of(self)

    @cached_property
    def beside(self) -> list[tuple[Column, Places]]:
        """What stands beside each episode, with how much it counts."""
        numbers = _numbered(self.speakers)
        known = np.array([speaker is not None for speaker in self.speakers], dtype=bool)
        same = known & (np.append(numbers, -1)[self.near.previous_1] == numbers)
        return self.near.weighed(same.astype(float))

    @cached_property
    def members(self) -> Places:
        """For each episode the number of its session; one of no session is by itself."""
        return _numbered([node.session or node.uuid for node in self.ordered])

    @cached_property
    def spoken(self) -> Column:
        """1 where one of the question's names speaks."""
        named = {speaker: float(spoken_by(speaker, self.names)) for speaker in set(self.speakers)}
        return np.array(list(map(named.__getitem__, self.speakers)))

    @cached_property
    def words(self) -> Legs:
        """What searching gave, without the speakers' names: they are no content."""
        speakers = {speaker.casefold() for speaker in set(self.speakers) if speaker}
        return self.legs.without({part for speaker in speakers for part in speaker.split(" ")})

    @cached_property
    def said(self) -> Column:
        """A row an episode, a column a word: what that word found there."""
        columns = [self.column(hits) for hits in self.words.words.values()]
        return np.stack(columns, axis=1) if columns else np.zeros((len(self.uuids), 0))

    def column(self, scores: Scores) -> Column:
        """One value an episode; 0 for those without."""
        none = len(self.uuids)
        column = np.zeros(none + 1)
        column[list(map(self.places.get, scores, repeat(none)))] = list(scores.values())
        return column[:-1]

    def placed(self, uuids: Iterable[str | None]) -> Places:
        """The place of each; the place after the last stands for what is no candidate."""
        place_of, none = self.places.get, len(self.uuids)
        return np.array([place_of(uuid, none) if uuid else none for uuid in uuids], dtype=np.intp)


def _numbered(items: Sequence[str | None]) -> Places:
    """For each its number in the order in which the different ones come first."""
    once = dict.fromkeys(items)
    numbers = dict(zip(once, range(len(once)), strict=True))
    return np.array(list(map(numbers.__getitem__, items)), dtype=np.intp)


@dataclass(frozen=True)
class Near:
    """For each episode the places of its neighbours; the place after the last stands for none."""

    previous_1: Places
    next_1: Places
    previous_2: Places
    next_2: Places

    @classmethod
    def of(cls, talk: Conversation) -> "Near":
        back, on = talk.placed([*talk.before, None]), talk.placed([*talk.after, None])
        return cls(back[:-1], on[:-1], back[back][:-1], on[on][:-1])

    def weighed(self, same: Column) -> list[tuple[Column, Places]]:
        """What stands beside each counts so much: the nearer the more. `same`: the message before is of the same speaker."""
        before, after = same, beside(same, self.next_1)
        before_2, after_2 = before * beside(same, self.previous_1), after * beside(same, self.next_2)
        far, further = SAME_BREATH
        return [
            (np.where(before > 0, far, NEAR)[:, None], self.previous_1),
            (np.where(after > 0, far, NEAR)[:, None], self.next_1),
            (np.where(before_2 > 0, further, FAR)[:, None], self.previous_2),
            (np.where(after_2 > 0, further, FAR)[:, None], self.next_2),
        ]


def spoken_by(speaker: str | None, names: frozenset[str]) -> bool:
    """Whether a speaker, by the whole name or the first, is one of `names` (folded)."""
    folded = (speaker or "").casefold()
    return bool(folded) and (folded in names or folded.split(" ")[0] in names)


def features(talk: Conversation) -> Table:
    """For each candidate the value of each leg, mostly 0 to 1 (`graph.recall.rank` weighs them)."""
    said = talk.said
    cosines = np.maximum(0.0, talk.column(talk.legs.cosines))
    near = talk.near
    return Table(
        talk.uuids,
        {
            **_word_legs(talk, np.array([float(node.asks) for node in talk.ordered])),
            **_meaning_legs(cosines, near),
            **_session_legs(talk, said, cosines),
            **_message_legs(talk),
        },
    )


def _word_legs(talk: Conversation, asks: Column) -> dict[str, Column]:
    """The message itself; the window of five as one text, each word once where it is nearest; the question it answers."""
    said, near = talk.said, talk.near
    own = share_of_best(said.sum(axis=1))
    tells = said.max(axis=0, initial=0.0)
    window = np.maximum.reduce([said, *(part * beside(said, places) for part, places in talk.beside)])
    return {
        "words": own,
        "coverage": ((said > 0) * tells).sum(axis=1) / max(1e-9, float(tells.sum())),
        "window": share_of_best(window.sum(axis=1)),
        "previous_2": beside(own, near.previous_2),
        "asks": asks,
        "answers": beside(asks, near.previous_1),
        "answered_words": beside(asks * own, near.previous_1),
    }


def _meaning_legs(cosines: Column, near: Near) -> dict[str, Column]:
    return {
        "cosine": cosines,
        "cosine_near": np.maximum(beside(cosines, near.previous_1), beside(cosines, near.next_1)),
        "cosine_far": np.maximum(beside(cosines, near.previous_2), beside(cosines, near.next_2)),
    }


def _session_legs(talk: Conversation, said: Column, cosines: Column) -> dict[str, Column]:
    """Of each session: the words it covers, and the mean of its best messages by meaning."""
    if not talk.uuids:
        return {"session_words": cosines, "session_cosine": cosines}
    member = talk.members
    by_session = np.lexsort((cosines, member))
    ends = np.cumsum(np.bincount(member))
    starts = np.concatenate([[0], ends[:-1]])
    covered = np.logical_or.reduceat(said[by_session] > 0, starts)
    sums = np.concatenate([[0.0], np.cumsum(cosines[by_session])])
    best = sums[ends] - sums[np.maximum(starts, ends - BEST_OF_SESSION)]
    words = covered @ said.max(axis=0, initial=0.0)
    return {"session_words": share_of_best(words[member]), "session_cosine": best[member] / BEST_OF_SESSION}


def _message_legs(talk: Conversation) -> dict[str, Column]:
    example = talk.column(talk.examples)
    return {
        "speaker": talk.spoken,
        "length": np.minimum(1.0, np.log1p(np.array([node.length for node in talk.ordered])) / log1p(LONG)),
        "period": _in_periods(talk.ordered, talk.periods),
        "here": _here(talk),
        "fact": talk.column(talk.facts),
        "example": example,
        "example_spoken": example * talk.spoken,
    }


def _here(talk: Conversation) -> Column:
    """1 in the session that the question is asked in."""
    if talk.session is None:
        return np.zeros(len(talk.uuids))
    return np.array([node.session == talk.session for node in talk.ordered], dtype=float)


def _in_periods(nodes: Sequence[EpisodeNode], periods: Sequence[Period]) -> Column:
    """1 inside a period that the question names, nearly as much just after it, since what was done is often told a day or two later,
    and -1 long after and before; 0 where it names none.
    """
    if not periods:
        return np.zeros(len(nodes))
    said = np.array([node.instant.timestamp() for node in nodes])
    first, end = (np.array([[at.timestamp()] for at in ends]) for ends in zip(*((one.first, one.end) for one in periods), strict=True))
    after = SOON_AFTER * np.exp(-np.maximum(0.0, said - end) / FADES)
    near: Column = np.where(said < first, 0.0, np.where(said < end, 1.0, after)).max(axis=0)
    return 2 * near - 1


def beside(values: Column, places: Places) -> Column:
    """Each neighbour's value; 0 where there is none."""
    return np.concatenate([values, np.zeros((1, *values.shape[1:]))])[places]


def share_of_best(values: Column) -> Column:
    best = float(values.max(initial=0.0))
    return values / best if best > 0 else np.zeros_like(values)


def strength_by_episode(facts: Scores, episodes_of: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """For each episode the strength of the best fact drawn from it."""
    best: dict[str, float] = {}
    for fact, strength in facts.items():
        for episode in episodes_of.get(fact, ()):
            if strength >= best.get(episode, 0.0):
                best[episode] = strength
    return best
