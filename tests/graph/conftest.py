from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.memory import Memory
from tests.graph.scripted import Talk, talking
from tests.stores.waves import Waves, counted


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path / "talk.db") as opened:
        yield opened


@pytest.fixture
def waves(talk: Talk) -> Waves:
    """The waves of store calls that the talk's memory makes."""
    store, counting = counted(talk.memory.parts.store)
    talk.memory = Memory(replace(talk.memory.parts, store=store))
    return counting
