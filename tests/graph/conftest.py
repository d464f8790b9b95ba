from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.graph.scripted import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path / "talk.db") as opened:
        yield opened
