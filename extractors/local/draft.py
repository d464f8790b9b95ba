"""A reading of a clause before it passes the gate: a triple, how it was said, and when it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Token

from extractors.local.clauses import first_and_last
from extractors.local.scene import Scene
from extractors.local.timing import When
from graph.language import Mention, Statement


class Kind(StrEnum):
    """What sort of reading it is, which decides how sure it is and what the gate asks of it."""

    KIN = "KIN"
    STATE = "STATE"
    EVENT = "EVENT"
    TASTE = "TASTE"
    PLAN = "PLAN"
    WORLD = "WORLD"
    HABIT = "HABIT"
    OPEN = "OPEN"


class Never(StrEnum):
    """EVER: at no time ("I never lived there") · THEN: not at the time spoken of ("I didn't live there"), which alone tells nothing."""

    EVER = "EVER"
    THEN = "THEN"


CONFIDENCE = {
    Kind.KIN: 0.9,
    Kind.STATE: 0.9,
    Kind.WORLD: 0.9,
    Kind.EVENT: 0.8,
    Kind.TASTE: 0.8,
    Kind.PLAN: 0.7,
    Kind.HABIT: 0.7,
    Kind.OPEN: 0.6,
}
"""How sure a reading of each kind is: the shares of them found right in samples of chats, rounded."""
UNDATED_EVENT = 0.1
"""Taken off an event or an open reading whose date was not said."""
HEDGED = 0.2
"""Taken off what someone only thinks or believes."""


@dataclass(frozen=True, slots=True)
class Draft:
    subject: Mention
    relation: str
    object: Mention
    text: str
    tokens: Sequence[Token]
    kind: Kind
    when: When = field(default_factory=When)
    holds: bool = True
    former: bool = False
    corrects: bool = False
    instead_of: Mention | None = None
    hedged: bool = False
    never: Never | None = None
    """Not so: only what takes its place, if anything, is."""
    head: Token | None = None
    """The noun behind the object, where one is."""

    @property
    def clause_is_gapped(self) -> bool:
        """The object stands before its verb: "a place I like"."""
        return self.head is not None and any(t.dep_ == "relcl" and t.head == self.head for t in self.tokens)

    @property
    def confidence(self) -> float:
        undated = self.kind in (Kind.EVENT, Kind.OPEN) and not self.when.dated
        return round(CONFIDENCE[self.kind] - (UNDATED_EVENT if undated else 0) - (HEDGED if self.hedged else 0), 2)

    def statement(self, scene: Scene) -> Statement:
        start, end = scene.original_span(*first_and_last(self.tokens))
        return Statement(
            subject=self.subject,
            relation=self.relation,
            object=self.object,
            text=self.text,
            quote=scene.content[start:end],
            span=(start, end),
            start=self.when.start,
            end=self.when.end,
            vouched=self.when.vouched,
            holds=self.holds,
            former=self.former,
            corrects=self.corrects,
            instead_of=self.instead_of,
            confidence=self.confidence,
            attributes={"repeats": self.when.repeats} if self.when.repeats else {},
        )
