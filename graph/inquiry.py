"""A question to a graph: what is asked, where from, and with what; and the time that each leg of the answer takes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter
from zoneinfo import ZoneInfo

from graph.errors import BadInput
from graph.language import Question
from graph.model import Group
from graph.parts import Parts
from graph.recall.render import TEMPLATES
from graph.recall.weights import WEIGHTS, Weights
from graph.stores.base import Spot, Vicinity
from graph.time import AsOf

MOST_HOPS = 4
MOST_CHARACTERS = 10_000


def is_text(given: str) -> bool:
    """Whether it can be written: half of a surrogate pair is what is left of bytes that were no UTF-8."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Asked:
    """`session` is where the question is asked: its messages weigh a little more. `around` are entities it is about."""

    question: str
    budget: int = 1500
    hops: int = 2
    session: str | None = None
    around: tuple[str, ...] = ()
    template: str = "default"

    def __post_init__(self) -> None:
        if not self.question.strip() and not self.around:
            raise BadInput(
                f"the question is empty: {self.question!r}", hint="Ask something, or name entities in `around`.", field="question"
            )
        if len(self.question) > MOST_CHARACTERS:
            length = len(self.question)
            raise BadInput(f"a question of {length!r} characters is too long", hint=f"Use at most {MOST_CHARACTERS}.", field="question")
        if not is_text(self.question):
            raise BadInput(f"the question is not text: {self.question!r}", hint="Send it as UTF-8.", field="question")
        if self.budget < 1:
            raise BadInput(f"a budget of {self.budget!r} tokens shows nothing", hint="Give at least 1.", field="budget")
        if not 0 <= self.hops <= MOST_HOPS:
            raise BadInput(f"{self.hops!r} hops are out of range", hint=f"Use 0 to {MOST_HOPS}.", field="hops")
        if self.template not in TEMPLATES:
            raise BadInput(f"there is no template {self.template!r}", hint=f"Use one of {', '.join(TEMPLATES)}.", field="template")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked, of which group, as of which instant. `record` gives the group's own record."""

    parts: Parts
    group: str
    as_of: AsOf
    asked: Asked
    record: Callable[[], Awaitable[Group | None]]
    weights: Weights = WEIGHTS

    def read(self, text: str, zone: ZoneInfo) -> Question:
        return self.parts.questions.question(text, self.as_of.valid.astimezone(zone))

    async def vicinity(self, spot: Spot) -> Vicinity:
        return await self.parts.store.vicinity(self.group, spot, self.as_of)


@dataclass(slots=True)
class Laps:
    """Wall time by leg, in milliseconds."""

    start: float = field(default_factory=perf_counter)
    legs: dict[str, float] = field(default_factory=dict)

    def mark(self, leg: str) -> None:
        self.legs[leg] = self.total() - sum(self.legs.values())

    def total(self) -> float:
        return (perf_counter() - self.start) * 1000
