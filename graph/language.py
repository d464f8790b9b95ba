"""What an extractor hands to the graph: mentions, statements with their quotes, and a question taken apart.

These values carry the meaning of words and no language of their own; English lives in `extractors`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.model import Episode, Json
from graph.time import Period


class MentionKind(StrEnum):
    """How a text refers to an entity, which decides how it is resolved.

    SPEAKER who said the message (`text` is the name) · NAME a proper name · FIRST_NAME one given name that may be short
    for a longer one · ROLE someone or something known by whose it is ("Anna's sister", "Ben's dog") · THING a common noun
    phrase that stands for itself ("pottery class") · VALUE a number, date, address or phrase · ANY whatever object holds
    at the time ("I quit my job" does not say which).
    """

    SPEAKER = "SPEAKER"
    NAME = "NAME"
    FIRST_NAME = "FIRST_NAME"
    ROLE = "ROLE"
    THING = "THING"
    VALUE = "VALUE"
    ANY = "ANY"


class Namesake(StrEnum):
    """Whom of a name the words mean: ANY of them · ANOTHER than who is known by it ("another Anna Berg") · the OTHER one."""

    ANY = "ANY"
    ANOTHER = "ANOTHER"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to an entity. `aliases` are other names the same words give it ("my sister Mia": Mia, "Anna's sister").

    `owner` and `role` say whose it is and as what (an ontology relation, such as `sibling`), for ROLE and named ones. `unlike`: who is
    known as one of these is someone else ("Anna's mother" is not "Anna's daughter", though both be called Anna).
    """

    kind: MentionKind
    text: str
    type: str = "Thing"
    owner: "Mention | None" = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    namesake: Namesake = Namesake.ANY
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """An assertion as the words give it, its mentions not yet resolved to entities.

    `text` is a sentence that stands without its context; `quote` the words of the episode at `span`. `start` None: the
    words say no start, so it is known to hold when said. `vouched`: they say that it has held since, up to the saying.
    `end`: a said end. `holds` False: it no longer holds (`former`: it once did, when is not known). `corrects`: it takes
    back what was said before, namely `instead_of` where that is named.
    """

    subject: Mention
    relation: str
    object: Mention
    text: str
    quote: str
    span: tuple[int, int]
    start: Period | None = None
    end: Period | None = None
    vouched: bool = False
    holds: bool = True
    former: bool = False
    corrects: bool = False
    instead_of: Mention | None = None
    confidence: float = 0.8
    attributes: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one episode says. `speaker_name`: a speaker without one gave their name ("I'm Anna")."""

    episode: str
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    speaker_name: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive episodes of one session to read, with the ones before them, and who takes part in the session."""

    episodes: Sequence[Episode]
    before: Sequence[Episode] = ()
    speakers: Sequence[str] = ()
    zone: tzinfo | None = None


class Asks(StrEnum):
    WHEN = "WHEN"
    WHO = "WHO"
    WHERE = "WHERE"
    HOW_MANY = "HOW_MANY"
    WHAT = "WHAT"


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a question that name a relation: those of the ontology that they may name, and the types of entity that they name
    ("country"), which stand for any relation that leads to one.
    """

    words: tuple[str, ...]
    relations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. `names` as written; `terms` its content words, lower case, names included.

    `relations` are ontology names its words point to; `past` says that it asks about what was, not what is. `examples`: for
    a term that asks for a kind of thing ("sports") words that name one ("swimming"). `vague`: for a term by which one asks rather
    than tells ("mention", "recently", the words of a date) how much it still says, 0 to 1. `done`: it asks for what somebody did or
    was, not for a plan. `named`: it asks for what goes by a name ("which city"). `wanted`: its text without what it leaves out
    ("besides tennis"); empty is all of it.
    `links`: the relations that it names one after another ("the spouse of the author of ..."). `topics`: what else may be the name
    of something, in any case, the longest first.
    """

    text: str
    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    asks: Asks = Asks.WHAT
    past: bool = False
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    topics: tuple[str, ...] = ()
    vague: Mapping[str, float] = field(default_factory=dict)
    done: bool = False
    named: bool = False
    wanted: str = ""


class Cues(NamedTuple):
    """What a message shows at a glance: a date or day, a number, words of its speaker ("my"), of its hearer ("your"), a greeting
    or thanks at its begin, a question. Made for hundreds of messages a question, so a tuple.

    `reacts`: it begins as an answer to what was said ("That's great"). `done`: it tells of something that its speaker did or was.
    `named`: how many names follow a word in it, from 0 to 1 where there are two. `placed`: a name follows a word that leads to a
    place ("in Rome").
    """

    dated: bool = False
    numbered: bool = False
    of_speaker: bool = False
    of_hearer: bool = False
    greets: bool = False
    asks: bool = False
    reacts: bool = False
    done: bool = False
    named: float = 0.0
    placed: bool = False


class Extractor(Protocol):
    """Reads episodes. It sees words only: never the graph, never a database."""

    name: str

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        """One Reading for each of `excerpt.episodes`, in order. Raises ModelUnavailable where its model does not answer."""
        ...


class QuestionReader(Protocol):
    def question(self, text: str, at: datetime, speakers: Sequence[str] = ()) -> Question:
        """Takes a question apart; periods in it ("last spring") are relative to `at`, in its offset."""
        ...

    def cues(self, text: str) -> Cues:
        """What a message shows at a glance, which recall holds against what a question asks for."""
        ...


class WordVectors(Protocol):
    """What single words mean, at once: looked up in a table, never a call of a model."""

    def of_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length a word."""
        ...
