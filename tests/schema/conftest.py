"""A service without HTTP: the schema over a Memory in a file of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from graph.access import LOCAL, Principal
from graph.memory import Memory
from schema.limits import Limits
from schema.request import Request
from schema.schema import PalimpsestSchema, build_schema
from tests.schema.memories import opened

Answer = dict[str, Any]
Ask = Callable[..., Awaitable[Answer]]

LIMITS = Limits()


@pytest.fixture(scope="session")
def schema() -> PalimpsestSchema:
    return build_schema(LIMITS)


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Memory]:
    async with opened(tmp_path / "memory.db") as found:
        yield found


@pytest.fixture
def ask(schema: PalimpsestSchema, memory: Memory) -> Ask:
    """Runs a document: the whole answer, as a client reads it."""

    async def execute(document: str, principal: Principal | None = LOCAL, **variables: Any) -> Answer:
        result = await schema.execute(document, variable_values=variables, context_value=Request(memory, principal, LIMITS))
        return {"data": result.data, "errors": [error.formatted for error in result.errors or ()]}

    return execute


@pytest.fixture
def data(ask: Ask) -> Ask:
    """Runs a document that must succeed: its data."""

    async def succeed(document: str, principal: Principal | None = LOCAL, **variables: Any) -> Answer:
        answer = await ask(document, principal, **variables)
        assert not answer["errors"], answer["errors"]
        found: Answer = answer["data"]
        return found

    return succeed
