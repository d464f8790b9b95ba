"""What a Memory is made of, put together once by `api.wiring` or by whoever uses it in-process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.language import Extractor, QuestionReader
from graph.model import Embedder, Tokenizer
from graph.ontology import Ontology
from graph.stores.base import Store

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which input is refused."""

    message_bytes: int = 64 * 1024
    document_bytes: int = 4 * 1024 * 1024
    messages: int = 5_000
    facts: int = 1_000


@dataclass(frozen=True, slots=True)
class Parts:
    """The store, the models and the rules. `clock` tells the recorded time."""

    store: Store
    extractor: Extractor
    questions: QuestionReader
    embedder: Embedder
    tokenizer: Tokenizer
    ontology: Ontology
    clock: Clock = wall_clock
    limits: Limits = Limits()
