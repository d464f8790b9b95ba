"""However many fields want a kind of record, the store is asked for it once a wave."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from graph.memory import Memory
from schema.request import Request
from schema.schema import PalimpsestSchema
from tests.schema.conftest import Ask
from tests.schema.stories import tell_story

DOCUMENT = """{ graph(group: "user:ana") { facts { nodes { subject { name degree attributes } object { name }
    sources { episode { session { name } facts { text } } } supersededBy { text } supersedes { text } changes { kind } } } } }"""


class Counting:
    """A store that counts how often each of its reads is used."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        self.calls[name] += 1
        found: Callable[..., Awaitable[Any]] = getattr(self.store, name)
        return found


async def test_reads_do_not_grow_with_the_list(schema: PalimpsestSchema, memory: Memory, data: Ask) -> None:
    await tell_story(data)
    counting = Counting(memory.parts.store)
    object.__setattr__(memory.parts, "store", counting)
    result = await schema.execute(DOCUMENT, context_value=Request(memory))
    assert not result.errors
    assert result.data and len(result.data["graph"]["facts"]["nodes"]) == 3
    assert max(counting.calls.values()) <= 2, counting.calls
