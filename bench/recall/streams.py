"""Whether a context holds what is asked of changing facts, beside baselines over the same statements.

Told by messages under `updates: LATEST`, asked with no option at all. Of the first ten facts of a context, or statements of a baseline:
`gold` is there where one has the answer at an end, `chain` where every fact on the way to it is there. `stale` are questions
that got a value as current that was replaced, anywhere in the context or among those statements; a statement says nothing of its end.

Chains were tuned on the stream of seed 1. Other seeds draw on the same files, in another order, of which most facts are others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.baselines import Baselines
from bench.data import Conversation, Session, Turn
from bench.pages import Made
from bench.score import Tally
from bench.truth.streams import Quiz, Stream, Told
from bench.truth.telling import NARRATOR, names_of, said_at, tell_messages
from graph.graph import Graph
from graph.memory import Memory
from graph.model import Fact, FactStatus, UpdatePolicy
from graph.recall.answer import Context
from graph.resolve import normal

FIRST = 10
METHODS = ("bm25", "vectors", "fused", "latest", "context")
MEASURES = ("@5", "@10", "chain @10", "stale")
MOST_CHAINS = 200


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


async def facts(graph: Graph, context: Context) -> list[Item]:
    shown = [ranked.fact for ranked in context.facts]
    sources = await graph.load_sources(shown)
    episodes = await graph.load_episodes(sorted({said.episode for behind in sources.values() for said in behind if said.episode}))
    entities = {entity.uuid: names_of(entity) for entity in context.entities}

    def item(fact: Fact) -> Item:
        serials = frozenset(int(episodes[said.episode].external_id or 0) for said in sources[fact.uuid] if said.episode)
        return Item(entities[fact.subject] | entities[fact.object], serials, fact.status(graph.as_of) is FactStatus.HOLDS)

    return [item(fact) for fact in shown]


def as_conversation(made: Stream) -> Conversation:
    """What the baselines rank: statements as turns."""
    turns = tuple(Turn(str(told.serial), NARRATOR, told.text, said_at(told)) for told in made.told)
    return Conversation(made.name, made.name, (Session("stream", turns),), ())


async def run(memory: Memory, made: Stream, progress: Callable[[int], None]) -> list[dict[str, Any]]:
    """A row a kind of question and method."""
    graph = await tell_messages(memory, made.name, made, UpdatePolicy.LATEST, progress)
    baselines = await Baselines.of(as_conversation(made), memory.parts.embedder, memory.parts.tokenizer)
    key, told, tallies = Key.of(made), {str(one.serial): one for one in made.told}, dict[str, Tally]()
    for quiz in made.questions:
        vector = (await memory.parts.embedder.embed([quiz.text]))[0]
        rankings = baselines.rankings(quiz.text, vector)
        items = {method: statements(ranking, told) for method, ranking in rankings.items()}
        items["context"] = await facts(graph, await graph.context(quiz.text))
        for method in METHODS:
            tallies.setdefault(quiz.kind, Tally()).add(measures(method, items[method], quiz, key))
    return [_row(made, kind, method, tally) for kind, tally in sorted(tallies.items(), reverse=True) for method in METHODS]


def _row(made: Stream, kind: str, method: str, tally: Tally) -> dict[str, Any]:
    means, asked = tally.means(), tally.counts[f"{method} @{FIRST}"]
    return {
        "statements": len(made.told),
        "kind": kind,
        "method": method,
        "questions": asked,
        **{measure: means.get(f"{method} {measure}", 0.0) for measure in MEASURES},
    }


def tables(rows: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Of each size and kind of question one; a row a method and seed."""
    made: list[Made] = []
    for statements, kind in dict.fromkeys((row["statements"], row["kind"]) for row in rows):
        of = [row for row in rows if (row["statements"], row["kind"]) == (statements, kind)]
        cells = [[f"{row['method']}, seed {row['seed']}", row["questions"], *(row[measure] for measure in MEASURES)] for row in of]
        made.append((f"Changing facts: {kind}-hop questions about {statements:,} statements", ["method", "questions", *MEASURES], cells))
    return made
