"""The embedder by setting, and that what it cannot embed now is learnt later."""

from pathlib import Path

import pytest

from api.embedder import embedder_of
from api.settings import EMBEDDERS, read_settings
from api.wiring import open_memory
from extractors.embed import WordLlama
from graph.errors import BadInput
from graph.inputs import MessageInput
from graph.model import WorkState
from graph.space import space_of
from tests.extractors.embeddings import Script, serving

DEFAULTS = {
    "wordllama": ("wordllama-l2-supercat-256", 256),
    "openai": ("openai:text-embedding-3-small", 1536),
    "graphiti:openai": ("openai:text-embedding-3-small", 1536),
    "graphiti:azure": ("azure:text-embedding-3-small", 1536),
    "graphiti:gemini": ("gemini:gemini-embedding-001", 3072),
    "graphiti:voyage": ("voyage:voyage-3", 1024),
}


def test_every_embedder_has_a_model_and_a_dimension_by_default() -> None:
    made = {name: embedder_of(read_settings({"PALIMPSEST_EMBEDDER": name}), WordLlama()) for name in EMBEDDERS}
    assert {name: (embedder.name, embedder.dimension) for name, embedder in made.items()} == DEFAULTS


def test_another_embedder_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="graphiti:voyage"):
        read_settings({"PALIMPSEST_EMBEDDER": "cohere"})


async def test_a_memory_embeds_where_its_settings_say_and_learns_later_what_it_cannot_now(tmp_path: Path) -> None:
    with serving(Script(dimension=12)) as script:
        given = {"EMBEDDER": "openai", "EMBEDDER_URL": script.url, "EMBEDDER_DIMENSION": "12", "EMBEDDER_RETRIES": "0", "LEARN_FROM": ""}
        settings = read_settings({f"PALIMPSEST_{name}": value for name, value in given.items()}, store=str(tmp_path / "m.db"))
        async with open_memory(settings) as memory:
            added = await memory.add_messages("g", "s", [MessageInput("user", "A heron stood by the river.")])
            script.failures += [503] * 9
            await memory.learn()
            away = await memory.work("g", added.work.uuid)
            assert away is not None
            assert away.state is WorkState.FAILED
            assert (away.error or "").startswith("ModelAway: the embedder 'openai:text-embedding-3-small'")
            script.failures.clear()
            done = await memory.finished("g", added.work.uuid)
            assert done.state is WorkState.DONE
            group = await memory.parts.store.group("g")
            assert group is not None
            assert group.space == space_of(memory.parts.embedder)
            assert (await (await memory.graph("g")).context("heron")).episodes
