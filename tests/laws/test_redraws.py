"""What stands is what the law says of all that was told: not of how it was told, in how many calls, nor of what was drawn anew since."""

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.inputs import EntityInput, FactInput, MessageInput
from graph.memory import Memory
from graph.model import Fact, FactStatus
from graph.views import FactFilter, Page
from tests.graph.scripted import ScriptedExtractor
from tests.laws.commands import AddFacts, CorrectFact, EndFact, Message, Rename, ResolveReview, SetUpdates, Undo
from tests.laws.conftest import Playing
from tests.laws.exports import exported
from tests.laws.histories import THEMES, instants, is_symmetric, later, merges, says, tells, whiches
from tests.laws.stage import Command, History, Stage, Step
from tests.laws.telling import Say
from tests.laws.times import moment
from tests.schema.memories import memory_on

SCALE = {"embedded": 100, "neo4j": 10}
LIVING = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)


def asked(playing: Playing) -> settings:
    count = SCALE[playing.store.name]
    return settings(max_examples=count, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)


@st.composite
def told_and_turned(draw: st.DrawFn) -> tuple[History, Command]:
    """Much is said, some of it more than once; then one thing is done."""
    lines = draw(st.sampled_from(THEMES))
    telling = st.builds(AddFacts, st.lists(tells(lines), min_size=1, max_size=3).map(tuple)) | st.builds(
        Message, instants, st.lists(says(lines), min_size=1, max_size=2).map(tuple)
    )
    told = draw(st.lists(telling, min_size=2, max_size=5))
    again = draw(st.lists(st.sampled_from(told), max_size=3))
    turning: list[st.SearchStrategy[Any]] = [
        st.builds(Rename, whiches),
        st.builds(EndFact, whiches, later),
        st.builds(CorrectFact, whiches),
        st.builds(CorrectFact, whiches, tells(lines), st.booleans()),
        st.builds(ResolveReview, whiches),
        telling,
        *merges(lines) * 3,
        *([] if is_symmetric(lines) else [st.builds(SetUpdates, st.booleans())] * 2),
    ]
    steps = tuple(Step(command, 1.0) for command in draw(st.permutations([*told, *again])))
    return History(steps, latest=draw(st.booleans()), begins=draw(st.sampled_from((2.0, 8.0, 30.0)))), draw(st.one_of(turning))


def test_whatever_is_done_and_undone_leaves_the_export_as_it_was_and_an_undoing_undone_too(playing: Playing) -> None:
    async def turn(stage: Stage, command: Command) -> None:
        store, done = stage.memory.parts.store, len(stage.model.operations)
        before = await exported(store, stage.group)
        await stage.play(Step(command, 1.0))
        if len(stage.model.operations) == done:
            return
        after = await exported(store, stage.group)
        for wanted in (before, after, before):
            last = sum(operation.is_logged() for operation in stage.model.operations) - 1
            await stage.play(Step(Undo(last), 1.0))
            found = await exported(store, stage.group)
            assert found.without(after.entities) == wanted.without(after.entities)
            assert all(row in found.entities for row in wanted.entities)

    @asked(playing)
    @given(told_and_turned())
    def every(drawn: tuple[History, Command]) -> None:
        playing.play(drawn[0], lambda stage: turn(stage, drawn[1]))

    every()


def test_it_makes_no_difference_in_how_many_calls_messages_come_nor_in_which_order(playing: Playing) -> None:
    lines = st.sampled_from([theme for theme in THEMES if not is_symmetric(theme)])
    statements = lines.flatmap(lambda of_theme: st.lists(st.lists(says(of_theme), min_size=1, max_size=2), min_size=2, max_size=6))

    async def say(memory: Memory, script: ScriptedExtractor, batches: list[list[tuple[int, list[Say]]]]) -> Any:
        group = str(uuid4())
        for number, batch in enumerate(batches):
            messages = []
            for place, said in batch:
                script.script[f"line {place}"] = [one.statement() for one in said]
                messages.append(MessageInput("user", f"line {place}", name="Eve", said_at=moment(place * 1_000_000_000).isoformat()))
            work = (await memory.add_messages(group, f"session {number}", messages)).work
            await memory.finished(group, work.uuid)
        return await exported(memory.parts.store, group)

    @asked(playing)
    @given(statements, st.data())
    def every(told: list[list[Say]], data: st.DataObject) -> None:
        script = ScriptedExtractor()
        memory = Memory(replace(memory_on(playing.store).parts, extractor=script))
        lines_ = list(enumerate(told))
        sizes = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=6))
        ends = [0, *accumulate(sizes), len(told)]
        parts = [lines_[a:b] for a, b in pairwise(ends) if lines_[a:b]]
        at_once = playing.run(say(memory, script, [lines_]))
        assert playing.run(say(memory, script, data.draw(st.permutations(parts)))) == at_once

    every()


async def said(memory: Memory, group: str, at: int, sure: float, of: str = "Rome") -> None:
    given = FactInput(
        EntityInput(name="Ann", type="Person"),
        "likes",
        EntityInput(name=of, type="City"),
        valid_at=moment(0).isoformat(),
        said_at=moment(at).isoformat(),
        confidence=sure,
    )
    await memory.add_facts(group, [given])


def test_how_sure_a_fact_was_is_known_as_of_every_instant(playing: Playing) -> None:
    clock = [1]
    memory, group = memory_on(playing.store, lambda: moment(clock[0])), str(uuid4())

    async def likes(known: int) -> Fact:
        graph = memory.look(group, moment(known), moment(known))
        (found,) = (await graph.facts(FactFilter(status=LIVING), "OLDEST", Page(9))).items
        return found

    async def story() -> None:
        for at, sure in ((1, 0.5), (2, 0.6), (3, 0.2)):
            clock[0] = at * 1000
            await said(memory, group, at, sure)
        changes = (await memory.look(group).changes(Page(50))).items
        second = next(c for c in changes if c.at == moment(2000))
        clock[0] = 4000
        await memory.undo(group, second.uuid)
        now = await likes(5000)
        known = {at: (await likes(at)).confidence_as_known(moment(at)) for at in (1000, 1999, 2000, 3500, 4000)}
        assert known == {1000: 0.5, 1999: 0.5, 2000: 0.8, 3500: 0.84, 4000: 0.6}
        assert (now.confidence, [c.value for c in now.confidences]) == (0.6, [0.5, 0.8, 0.84])
        assert (await likes(1000)).uuid == now.uuid, "saying it again writes no new record"

    playing.run(story())
