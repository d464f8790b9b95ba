"""The service over a Memory in a file of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from graph.memory import Memory
from tests.api.serving import served
from tests.schema.memories import opened


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Memory]:
    async with opened(tmp_path / "memory.db") as found:
        yield found


@pytest.fixture
async def client(memory: Memory) -> AsyncIterator[httpx.AsyncClient]:
    async with served(create_app(memory, max_bytes=100_000)) as found:
        yield found
