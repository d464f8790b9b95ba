"""What the extractor reads out of conversations: python -m bench.extraction --data PATH [--sample 60 --seed N]

A sample is printed for reading by hand, facts with their quotes, to the terminal only: the words are other people's.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from bench.bm25 import tokens
from bench.data import Conversation, Turn
from bench.options import Options, parser, read_options
from bench.report import CONSOLE, save, show
from bench.score import Tally
from bench.subject import Phases, new_memory, remember
from extractors.local.extractor import statements
from graph.graph import Graph
from graph.memory import Memory
from graph.model import Fact, FactStatus
from graph.recall.when import interval_in_words
from graph.recall.wording import ENGLISH
from graph.views import FactFilter, Page

EVER = FactFilter(status=(FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE))


def coverage(statement: str, texts: Sequence[str]) -> float:
    """The part of the content words of `statement` that stand in `texts`; 0 to 1."""
    wanted = set(tokens(statement))
    found = {stem for text in texts for stem in tokens(text)}
    return len(wanted & found) / len(wanted) if wanted else 1.0


async def all_facts(graph: Graph) -> list[Fact]:
    found: list[Fact] = []
    after: str | None = None
    while True:
        page = await graph.facts(EVER, "OLDEST", Page(500, after))
        found += page.items
        if not page.more:
            return found
        after = page.cursors[-1]


async def texts_by_turn(graph: Graph, facts: Sequence[Fact]) -> dict[str, list[str]]:
    """For each turn the statements that were drawn from it."""
    sources = await graph.load_sources(facts)
    told = [(said.episode, said.text) for behind in sources.values() for said in behind if said.episode]
    episodes = await graph.load_episodes(sorted({episode for episode, _ in told}))
    texts: dict[str, list[str]] = {}
    for episode, text in told:
        texts.setdefault(episodes[episode].external_id or "", []).append(text)
    return texts


async def measure(memory: Memory, conversation: Conversation) -> tuple[dict[str, float], Graph, list[Fact]]:
    graph = await memory.graph(await remember(memory, conversation, Phases()))
    facts = await all_facts(graph)
    told = await texts_by_turn(graph, facts)
    count = len(conversation.turns)
    per_message = {
        "messages": float(count),
        "facts": float(len(facts)),
        "facts/message": len(facts) / count,
        "messages with facts": len(told) / count,
    }
    return {**per_message, **covered(conversation, told)}, graph, facts


def covered(conversation: Conversation, told: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """How much of what a reader noted about the turns stands in the turns, in their statements, and in the facts drawn from them."""
    turns = {turn.id: turn for turn in conversation.turns}
    tally = Tally()
    for observation, evidence in conversation.observations:
        said = [turns[turn] for turn in sorted(evidence)]
        tally.add(
            {
                "coverage: turns": coverage(observation, [f"{turn.speaker}: {turn.text}" for turn in said]),
                "coverage: statements": coverage(observation, [text for turn in said for text in stated(turn, conversation)]),
                "coverage: facts": coverage(observation, [text for turn in said for text in told.get(turn.id, ())]),
            }
        )
    return tally.means()


def stated(turn: Turn, conversation: Conversation) -> Sequence[str]:
    """A turn rewritten as statements, before any gate."""
    return statements(turn.text, turn.speaker, turn.at, sorted(conversation.speakers - {turn.speaker}))


async def print_sample(graphs: Mapping[str, tuple[Graph, list[Fact]]], size: int, seed: int) -> None:
    """Facts drawn at random over all conversations, each with its interval and the words it came from."""
    pool = [(name, fact) for name, (_, facts) in graphs.items() for fact in facts]
    chosen = random.Random(seed).sample(pool, min(size, len(pool)))  # noqa: S311 - a sample to read, no secret
    CONSOLE.print(f"{len(chosen)} of {len(pool)} facts, seed {seed}")
    for number, (name, fact) in enumerate(chosen, start=1):
        graph = graphs[name][0]
        when = interval_in_words(fact, graph.as_of, ENGLISH, UTC)
        print(f"{number}. [{name}] {fact.relation}: {fact.text} ({when}, {fact.confidence:.2f})")
        for said in (await graph.load_sources([fact]))[fact.uuid]:
            print(f'      "{said.quote}"')


async def run(options: Options) -> dict[str, Any]:
    async with new_memory(Phases()) as memory:
        measured, graphs = {}, {}
        for conversation in options.conversations:
            measured[conversation.name], graph, facts = await measure(memory, conversation)
            graphs[conversation.name] = graph, facts
        if options.sample:
            await print_sample(graphs, options.sample, options.seed)
    return {"data": options.source, "conversations": measured}


def report(results: Mapping[str, Any]) -> None:
    columns = list(dict.fromkeys(name for row in results["conversations"].values() for name in row))
    rows = [[name, *(row.get(column, "") for column in columns)] for name, row in results["conversations"].items()]
    show(f"Extraction on {results['data']}", ["conversation", *columns], rows)


def main() -> None:
    made = parser("What the extractor reads out of conversations.")
    made.add_argument("--sample", type=int, default=0, help="print so many facts at random, for reading by hand")
    made.add_argument("--seed", type=int, default=1, help="of the sample")
    results = asyncio.run(run(read_options(made)))
    report(results)
    save("extraction", results)


if __name__ == "__main__":
    main()
