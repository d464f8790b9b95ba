"""The composition root: what settings make, and what they cannot."""

from pathlib import Path

import pytest

from api.settings import read_settings
from api.wiring import limits_of, open_memory, store_file
from graph.errors import BadInput
from graph.inputs import MessageInput


@pytest.mark.parametrize("address", ["neo4j://localhost:7687", "bolt://db", "neo4j+s://db"])
def test_an_address_names_what_is_missing(address: str) -> None:
    with pytest.raises(BadInput, match="Neo4j store") as caught:
        store_file(read_settings({}, store=address))
    assert repr(address) in caught.value.message


def test_a_path_is_a_file_and_home_is_known() -> None:
    assert store_file(read_settings({}, store="./here.db")) == Path("here.db")
    assert store_file(read_settings({}, store="~/here.db")) == Path.home() / "here.db"


async def test_settings_reach_the_memory(tmp_path: Path) -> None:
    settings = read_settings({"PALIMPSEST_MAX_MESSAGE_BYTES": "10"}, store=str(tmp_path / "memory.db"))
    assert limits_of(settings).message_bytes == 10
    async with open_memory(settings) as memory:
        assert (await memory.service()).ready
        with pytest.raises(BadInput, match="10"):
            await memory.add_messages("mine", "today", [MessageInput("user", "More than ten bytes.")])
