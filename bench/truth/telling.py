"""Tells a stream to a Memory, as messages or as triples, and shows what it then holds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bench.truth.keys import Shown
from bench.truth.streams import Stream, Told
from graph.graph import Graph
from graph.inputs import EntityInput, FactInput, MessageInput
from graph.memory import Memory
from graph.model import Assertion, Entity, Fact, FactStatus, UpdatePolicy, WorkState
from graph.resolve import normal
from graph.views import FactFilter, Page

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
BATCH = 50
EVERY = FactFilter(status=tuple(FactStatus))
NARRATOR = "Narrator"

Progress = Callable[[int], None]
"""Told how many more statements are done."""


def said_at(told: Told) -> datetime:
    return BEGIN + timedelta(minutes=told.serial)


async def tell_messages(memory: Memory, group: str, stream: Stream, policy: UpdatePolicy, progress: Progress) -> Graph:
    """One message a statement, all in one session. Raises RuntimeError where a Work was parked."""
    await memory.configure(group, updates=policy)
    for start in range(0, len(stream.told), BATCH):
        batch = stream.told[start : start + BATCH]
        messages = [MessageInput("user", told.text, NARRATOR, str(told.serial), said_at(told)) for told in batch]
        work = (await memory.add_messages(group, "stream", messages)).work
        record = await memory.finished(group, work.uuid)
        if record.state is not WorkState.DONE:
            raise RuntimeError(f"{group} was not learnt: {record.error}")
        progress(len(batch))
    return await memory.graph(group)


async def tell_triples(memory: Memory, group: str, stream: Stream, policy: UpdatePolicy, progress: Progress) -> Graph:
    """The same as facts told directly, without any reading; a relation keeps the id it has in the data.

    What is said of two of one name (a father and his son) cannot be told by names, and is left out.
    """
    await memory.configure(group, updates=policy)
    for start in range(0, len(stream.told), BATCH):
        batch = stream.told[start : start + BATCH]
        facts = [
            FactInput(EntityInput(name=t.subject), f"data {t.relation}", EntityInput(name=t.object), id=str(t.serial), said_at=said_at(t))
            for t in batch
            if normal(t.subject) != normal(t.object)
        ]
        await memory.add_facts(group, facts)
        progress(len(batch))
    return await memory.graph(group)


async def all_facts(graph: Graph, filter: FactFilter = EVERY) -> list[Fact]:
    found: list[Fact] = []
    page = Page(500)
    while True:
        part = await graph.facts(filter, "OLDEST", page)
        found += part.items
        if not part.more:
            return found
        page = Page(500, part.cursors[-1])


async def shown(graph: Graph, memory: Memory) -> tuple[list[Shown], list[Assertion]]:
    """All unretracted facts as they stand now, and the assertions behind them and behind retracted ones."""
    facts = await all_facts(graph)
    entities = await graph.load_entities(sorted({end for fact in facts for end in (fact.subject, fact.object)}))
    sources = await graph.load_sources(facts)
    assertions = list({a.uuid: a for behind in sources.values() for a in behind}.values())
    serials = await _serials(graph, assertions)
    successors = await graph.load_successors(facts)
    found = [
        Shown(
            subject=names_of(entities[fact.subject]),
            relation=fact.relation,
            object=names_of(entities[fact.object]),
            behind=frozenset(serials[a.uuid] for a in sources[fact.uuid] if a.uuid in serials),
            holds=fact.status(graph.as_of) is FactStatus.HOLDS,
            single=memory.parts.ontology.relation(fact.relation).exclusive is not None,
            closed_by=_closer(successors.get(fact.uuid), sources, serials),
        )
        for fact in facts
    ]
    return found, assertions


def names_of(entity: Entity) -> frozenset[str]:
    return frozenset(map(normal, (entity.name, *entity.aliases)))


def _closer(successor: Fact | None, sources: Mapping[str, Sequence[Assertion]], serials: Mapping[str, int]) -> int | None:
    behind = sources.get(successor.uuid, ()) if successor is not None else ()
    return next((serials[a.uuid] for a in behind if a.uuid in serials), None)


async def _serials(graph: Graph, assertions: Sequence[Assertion]) -> dict[str, int]:
    """The statement that each assertion was drawn from: the id of its message, or its own."""
    episodes = await graph.load_episodes(sorted({a.episode for a in assertions if a.episode}))
    told = {a.uuid: a.external_id or (episodes[a.episode].external_id if a.episode else None) for a in assertions}
    return {uuid: int(serial) for uuid, serial in told.items() if serial is not None}


async def last_writes(graph: Graph, assertions: Sequence[Assertion]) -> list[Shown]:
    """The baseline: of each subject and relation only the object said last holds."""
    serials = await _serials(graph, assertions)
    entities = await graph.load_entities(sorted({end for a in assertions for end in (a.subject, a.object)}))
    written: dict[tuple[str, str], str] = {}
    in_order = sorted((a for a in assertions if a.uuid in serials), key=lambda a: serials[a.uuid])
    for a in in_order:
        written[a.subject, a.relation] = a.uuid
    return [
        Shown(
            subject=names_of(entities[a.subject]),
            relation=a.relation,
            object=names_of(entities[a.object]),
            behind=frozenset([serials[a.uuid]]),
            holds=a.holds and written[a.subject, a.relation] == a.uuid,
        )
        for a in in_order
    ]
