"""Whether a context holds what is asked of changing facts, beside baselines over the same statements and a search over the same facts.

Told by messages under `updates: LATEST`, asked with no option at all. Of the first ten facts of a context, or statements of a baseline:
`gold` is there where one has the answer at an end, `chain` where every fact on the way to it is there. `stale` are questions
that got a value as current that was replaced, anywhere in the context or among those statements; a statement says nothing of its end.

Chains were tuned on the stream of seed 1. Other seeds draw on the same files, in another order, of which most facts are others.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bench.baselines import Baselines
from bench.data import Conversation, Session, Turn
from bench.pages import Made
from bench.recall.peer import FILTERS, FIRST, Peer
from bench.score import Tally
from bench.truth.streams import Quiz, Stream, Told
from bench.truth.telling import NARRATOR, all_facts, names_of, said_at, tell_messages
from graph.graph import Graph
from graph.memory import Memory
from graph.model import Entity, Fact, FactStatus, UpdatePolicy
from graph.resolve import normal
from graph.views import FactFilter

METHODS = ("bm25", "vectors", "fused", "latest", *FILTERS, "context")
MEASURES = ("@5", "@10", "chain @10", "stale")
MOST_CHAINS = 200
BELIEVED = FactFilter(status=(FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE))


@dataclass(frozen=True, slots=True)
class Item:
    """A fact that is shown, or a statement: what its ends are called, the statements behind it, whether it is told as holding."""

    ends: frozenset[str]
    behind: frozenset[int]
    holds: bool = True


@dataclass(frozen=True)
class Key:
    """What is so at the end of a stream."""

    made: Stream
    last: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    replaced: frozenset[int] = frozenset()

    @classmethod
    def of(cls, made: Stream) -> "Key":
        last: dict[str, list[Told]] = {}
        for told in made.keys().values():
            last.setdefault(normal(told[-1].subject), []).append(told[-1])
        return cls(made, last, frozenset(old.serial for told in made.keys().values() for old in told if old.object != told[-1].object))

    def chains(self, quiz: Quiz) -> list[frozenset[int]]:
        """The statements on each way from what a question names to its answer, as far away as it says."""
        answers, text = {normal(answer) for answer in quiz.answers}, f" {normal(quiz.text)} "
        starts = sorted((name for name in self.last if f" {name} " in text), key=lambda name: (-len(name), name))
        ways = (way for start in starts for way in self._ways(start, quiz.hops) if normal(way[-1].object) in answers)
        return [frozenset(told.serial for told in way) for way, _ in zip(ways, range(MOST_CHAINS), strict=False)]

    def _ways(self, start: str, hops: int) -> Iterator[tuple[Told, ...]]:
        for told in self.last.get(start, ()):
            if hops == 1:
                yield (told,)
            else:
                yield from ((told, *way) for way in self._ways(normal(told.object), hops - 1))


def measures(method: str, items: Sequence[Item], quiz: Quiz, key: Key) -> dict[str, float]:
    """Of one question: what its first items hold, and what all of them tell wrongly."""
    answers, chains = {normal(answer) for answer in quiz.answers}, key.chains(quiz)
    behind = frozenset(serial for item in items[:FIRST] for serial in item.behind)
    found: dict[str, float] = {f"{method} @{cut}": float(any(answers & item.ends for item in items[:cut])) for cut in (5, FIRST)}
    found[f"{method} stale"] = float(any(item.holds and item.behind and item.behind <= key.replaced for item in items))
    if chains:
        found[f"{method} chain @{FIRST}"] = float(any(chain <= behind for chain in chains))
    return found


def statements(ranking: Sequence[str], told: Mapping[str, Told]) -> list[Item]:
    """The first of them."""
    first = [told[id] for id in ranking[:FIRST]]
    return [Item(frozenset(map(normal, (one.subject, one.object))), frozenset([one.serial])) for one in first]


async def items_of(graph: Graph, facts: Sequence[Fact], entities: Iterable[Entity]) -> list[Item]:
    """One a fact; `entities` are what they stand between."""
    sources = await graph.load_sources(facts)
    episodes = await graph.load_episodes(sorted({said.episode for behind in sources.values() for said in behind if said.episode}))
    names = {entity.uuid: names_of(entity) for entity in entities}

    def item(fact: Fact) -> Item:
        serials = frozenset(int(episodes[said.episode].external_id or 0) for said in sources[fact.uuid] if said.episode)
        return Item(names[fact.subject] | names[fact.object], serials, fact.status(graph.as_of) is FactStatus.HOLDS)

    return [item(fact) for fact in facts]


def as_conversation(made: Stream) -> Conversation:
    """What the baselines rank: statements as turns."""
    turns = tuple(Turn(str(told.serial), NARRATOR, told.text, said_at(told)) for told in made.told)
    return Conversation(made.name, made.name, (Session("stream", turns),), ())


Ask: TypeAlias = Callable[[str], Awaitable[Mapping[str, Sequence[Item]]]]
"""What a question gets, by method."""


async def baselines(memory: Memory, made: Stream) -> Ask:
    ranked = await Baselines.of(as_conversation(made), memory.parts.embedder, memory.parts.tokenizer)
    told = {str(one.serial): one for one in made.told}

    async def ask(question: str) -> Mapping[str, Sequence[Item]]:
        vector = (await memory.parts.embedder.embed([question]))[0]
        return {method: statements(ranking, told) for method, ranking in ranked.rankings(question, vector).items()}

    return ask


def context(graph: Graph) -> Ask:
    async def ask(question: str) -> Mapping[str, Sequence[Item]]:
        found = await graph.context(question)
        return {"context": await items_of(graph, [ranked.fact for ranked in found.facts], found.entities)}

    return ask


@asynccontextmanager
async def searched(graph: Graph, peer: Peer) -> AsyncIterator[Ask]:
    """The peer's search over all that the graph believes, or believed until it ended."""
    facts = await all_facts(graph, BELIEVED)
    entities = await graph.load_entities(sorted({end for fact in facts for end in (fact.subject, fact.object)}))
    items = dict(zip((fact.uuid for fact in facts), await items_of(graph, facts, entities.values()), strict=True))
    async with peer(facts, entities) as search:

        async def ask(question: str) -> Mapping[str, Sequence[Item]]:
            return {method: [items[uuid] for uuid in found] for method, found in (await search(question)).items()}

        yield ask


async def run(memory: Memory, made: Stream, progress: Callable[[int], None], peer: Peer | None = None) -> list[dict[str, Any]]:
    """A row a kind of question and method; the peer has one where it is given."""
    graph = await tell_messages(memory, made.name, made, UpdatePolicy.LATEST, progress)
    async with AsyncExitStack() as stack:
        asks = [await baselines(memory, made), context(graph)]
        if peer is not None:
            asks.append(await stack.enter_async_context(searched(graph, peer)))
        tallies = await _tallied(made, asks)
    return [
        _row(made, kind, method, tally)
        for kind, tally in sorted(tallies.items(), reverse=True)
        for method in METHODS
        if f"{method} @{FIRST}" in tally.counts
    ]


async def _tallied(made: Stream, asks: Sequence[Ask]) -> dict[str, Tally]:
    """Of all methods, by kind of question."""
    key, tallies = Key.of(made), dict[str, Tally]()
    for quiz in made.questions:
        for ask in asks:
            for method, items in (await ask(quiz.text)).items():
                tallies.setdefault(quiz.kind, Tally()).add(measures(method, items, quiz, key))
    return tallies


def _row(made: Stream, kind: str, method: str, tally: Tally) -> dict[str, Any]:
    means, asked = tally.means(), tally.counts[f"{method} @{FIRST}"]
    return {
        "statements": len(made.told),
        "kind": kind,
        "method": method,
        "questions": asked,
        **{measure: means.get(f"{method} {measure}", 0.0) for measure in MEASURES},
    }


def joined(before: Sequence[Mapping[str, Any]], measured: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All rows in order, the measured ones in the place of those about the same method and stream."""
    rows = {_place(row): row for row in (*before, *measured)}
    return [rows[place] for place in sorted(rows)]


def _place(row: Mapping[str, Any]) -> tuple[int, int, bool, int]:
    return row["statements"], row["seed"], row["kind"] != "single", METHODS.index(row["method"])


def tables(rows: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Of each size and kind of question one; a row a method and seed."""
    made: list[Made] = []
    for statements, kind in dict.fromkeys((row["statements"], row["kind"]) for row in rows):
        of = [row for row in rows if (row["statements"], row["kind"]) == (statements, kind)]
        cells = [[f"{row['method']}, seed {row['seed']}", row["questions"], *(row[measure] for measure in MEASURES)] for row in of]
        made.append((f"Changing facts: {kind}-hop questions about {statements:,} statements", ["method", "questions", *MEASURES], cells))
    return made
