"""One message as it is read: who speaks to whom and when, its parse, its dates, and whom its pronouns stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from spacy.tokens import Doc, Token

from extractors.local.normalise import Normalised
from extractors.local.timing import Dates
from graph.language import Mention, MentionKind

PERSON = "Person"


@dataclass(frozen=True, slots=True)
class Scene:
    """`referents` gives the person behind each he, she, his and her, by token; `company` who "we" takes in besides the speaker."""

    speaker: str
    other: str | None
    at: datetime
    doc: Doc
    content: str
    normalised: Normalised
    dates: Dates
    referents: Mapping[int, Mention] = field(default_factory=dict)
    company: Mapping[int, Mention] = field(default_factory=dict)

    @property
    def me(self) -> Mention:
        return Mention(MentionKind.SPEAKER, self.speaker, PERSON)

    @property
    def you(self) -> Mention | None:
        return None if self.other is None else Mention(MentionKind.NAME, self.other, PERSON)

    def is_time(self, token: Token) -> bool:
        return token.i in self.dates.tokens

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` of the parsed text stand in the message as it was sent."""
        return self.normalised.original_span(start, end)
