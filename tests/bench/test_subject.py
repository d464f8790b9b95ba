from dataclasses import replace

from bench.subject import Phases, new_memory, remember
from graph.views import Page
from tests.bench.talk import conversation


async def test_a_conversation_is_kept_and_learnt_with_the_time_of_each_phase() -> None:
    phases = Phases()
    async with new_memory(phases) as memory:
        group = await remember(memory, conversation(), phases)
        episodes = (await (await memory.graph(group)).episodes(None, Page())).items
    assert [episode.external_id for episode in episodes] == [turn.id for turn in conversation().turns]
    assert min(phases.keep, phases.extract, phases.embed, phases.settle) > 0
    assert phases.total > phases.learn > phases.extract


def test_what_was_spent_since() -> None:
    before = Phases(1, 2, 3, 9)
    after = replace(before, keep=2, learn=10)
    assert after.since(before) == Phases(1, 0, 0, 1)
