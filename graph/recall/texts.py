"""What the texts of the best messages say: each word of the question against the word of the message that is most like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graph.language import Asks, Cues, Question, WordVectors
from graph.recall.conversation import Conversation, beside, share_of_best
from graph.recall.rank import Column
from graph.recall.seeds import Legs
from graph.recall.vocabulary import Vocabulary

READ = 200
"""Of so many of the best messages the texts are weighed."""
LEAST_ALIKE = 0.4
"""From this cosine on two words count as alike."""
SPELT_ALIKE = 0.85
"""What a word counts that begins like the question's: "painter" for "paint"."""
ROOT = 5
"""Letters by which words that begin alike are known."""
EXAMPLE = 0.8
"""What a word counts that names one of what is asked for: "swimming" for "sports"."""
WORD_LEGS = ("alike_best", "alike_window", "alike_window_best", "alike_session", "alike_session_best")
CUE_LEGS = (
    "dated", "dated_when", "numbered_how_many", "of_speaker", "of_speaker_spoken", "of_hearer", "of_hearer_named", "greets", "asking",
    "reacts", "done", "done_asked", "named_asked", "placed", "placed_where", "opens", "closes",
)  # fmt: skip
TEXT_LEGS = (*WORD_LEGS, *CUE_LEGS)

VOCABULARY = Vocabulary()
"""Messages recur from one question to the next."""
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sought:
    """The question's words with how much each tells, what names one of the kinds of things it asks for, and what it asks for."""

    words: Mapping[str, float]
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asks: Asks = Asks.WHAT
    done: bool = False
    named: bool = False

    @classmethod
    def of(cls, found: Legs, question: Question) -> "Sought":
        """By what searching found: rare words tell more, and one found nowhere is as rare as any. Those by which one asks tell less."""
        weights = found.weights()
        rarest = max(weights.values(), default=1.0)
        words = {word: weights.get(word, rarest) * question.vague.get(word, 1.0) for word in found.words}
        return cls(words, question.examples, question.asks, question.done, question.named)

    @property
    def weights(self) -> Column:
        weights = np.array(list(self.words.values()))
        return weights / max(1e-9, float(weights.sum()))


@dataclass(frozen=True)
class Texts:
    """The words of some messages: `places` are theirs in the conversation, `starts` where the words of each begin in `words`."""

    vocabulary: tuple[str, ...]
    places: NDArray[np.intp]
    words: NDArray[np.intp]
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, contents: Mapping[int, str]) -> "Texts":
        places = np.array(sorted(contents), dtype=np.intp)
        said = VOCABULARY.said([contents[place] for place in places.tolist()])
        spoken = said.lengths > 0
        ends = np.cumsum(said.lengths[spoken], dtype=np.intp)
        return cls(said.words, places[spoken], said.numbers, ends - said.lengths[spoken])


@dataclass(frozen=True, slots=True)
class Read:
    """The texts of some of the candidates, and what each shows at a glance."""

    contents: Mapping[str, str]
    cues: Mapping[str, Cues]


def text_legs(talk: Conversation, sought: Sought, read: Read, vectors: WordVectors) -> dict[str, Column]:
    """For each candidate the value of each leg, 0 for one whose text was not read."""
    cue_legs = _cue_legs(talk, read.cues, sought)
    texts = Texts.of({talk.places[uuid]: text for uuid, text in read.contents.items()})
    if not (len(texts.places) and sought.words):
        return cue_legs
    # Few rows times many is half as fast as many times few.
    cosines = (vectors.of_words(texts.vocabulary) @ vectors.of_words(tuple(sought.words)).T).T
    alike = likeness(sought, texts.vocabulary, cosines)
    if sought.examples:
        alike = np.maximum(alike, EXAMPLE * named_examples(sought, texts.vocabulary))
    words = _word_legs(talk, np.maximum(_best_of_each(texts, alike, len(talk.uuids)), talk.said > 0), sought.weights)
    return {**words, **cue_legs}


def _cue_legs(talk: Conversation, cues: Mapping[str, Cues], sought: Sought) -> dict[str, Column]:
    """Where one of the question's names speaks, "my" is of them; where another speaks, "your" may be."""
    shown = np.zeros((len(Cues._fields), len(talk.uuids)))
    if cues:
        each = np.fromiter(chain.from_iterable(cues.values()), dtype=float, count=len(cues) * len(shown))
        shown[:, talk.placed(cues)] = each.reshape(len(cues), -1).T
    dated, numbered, mine, yours, greets, asking, reacts, done, named, placed = shown
    asks = sought.asks
    return {
        "dated": dated,
        "dated_when": dated * (asks is Asks.WHEN),
        "numbered_how_many": numbered * (asks is Asks.HOW_MANY),
        "of_speaker": mine,
        "of_speaker_spoken": mine * talk.spoken,
        "of_hearer": yours,
        "of_hearer_named": yours * (1 - talk.spoken),
        "greets": greets,
        "asking": asking,
        "reacts": reacts,
        "done": done,
        "done_asked": done * sought.done,
        "named_asked": named * sought.named,
        "placed": placed,
        "placed_where": placed * (asks is Asks.WHERE),
        "opens": np.array([before is None for before in talk.before], dtype=float),
        "closes": np.array([after is None for after in talk.after], dtype=float),
    }


def likeness(sought: Sought, vocabulary: Sequence[str], cosines: Matrix) -> Column:
    """How much each word of the question (rows) is like each word of the vocabulary (columns): 0, or 0.4 to 1."""
    alike: Column = np.where(cosines >= LEAST_ALIKE, cosines, 0.0).astype(np.float64)
    roots = {word[:ROOT] for word in sought.words}
    for column in [column for column, word in enumerate(vocabulary) if word[:ROOT] in roots]:
        for row, word in enumerate(sought.words):
            alike[row, column] = max(alike[row, column], _spelt_alike(word, vocabulary[column]))
    return alike


def _spelt_alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    return SPELT_ALIKE if len(word) >= ROOT and word[:ROOT] == other[:ROOT] else 0.0


def named_examples(sought: Sought, vocabulary: Sequence[str]) -> Column:
    """1 where a word of the vocabulary (columns) names one of what a word of the question (rows) asks for."""
    named = np.zeros((len(sought.words), len(vocabulary)))
    places = {word: column for column, word in enumerate(vocabulary)} if sought.examples else {}
    for row, word in enumerate(sought.words):
        named[row, [places[example] for example in sought.examples.get(word, ()) if example in places]] = 1.0
    return named


def _best_of_each(texts: Texts, alike: Column, size: int) -> Column:
    """A row a message, a column a word of the question: the most that any word of the message is like it."""
    best = np.zeros((size, alike.shape[0]))
    best[texts.places] = np.maximum.reduceat(alike[:, texts.words], texts.starts, axis=1).T
    return best


def _word_legs(talk: Conversation, best: Column, weights: Column) -> dict[str, Column]:
    by_session = np.argsort(talk.members, kind="stable")
    starts = np.searchsorted(talk.members[by_session], np.arange(int(talk.members.max()) + 1))
    session = (np.maximum.reduceat(best[by_session], starts) @ weights)[talk.members]
    window = np.maximum.reduce([best, *(part * beside(best, places) for part, places in talk.beside)]) @ weights
    own = best @ weights
    return {
        "alike_best": share_of_best(own),
        "alike_window": window,
        "alike_window_best": share_of_best(window),
        "alike_session": session,
        "alike_session_best": share_of_best(session),
    }
