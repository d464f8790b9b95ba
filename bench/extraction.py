"""What the extractor reads out of conversations: python -m bench.extraction --data PATH [--sample 60 --seed N]

A sample is printed for reading by hand, facts with their quotes, to the terminal only: the words are other people's.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read out of a conversation, and how much of it a reader's notes about the same turns cover."""

    graph: Graph
    facts: list[Fact]
    messages: int
    telling: int
    """Messages that facts were drawn from."""
    covered: Tally


async def measure(memory: Memory, conversation: Conversation) -> Extracted:
    graph = await memory.graph(await remember(memory, conversation, Phases()))
    facts = await all_facts(graph)
    told = await texts_by_turn(graph, facts)
    return Extracted(graph, facts, len(conversation.turns), len(told), coverages(conversation, told))


def coverages(conversation: Conversation, told: Mapping[str, Sequence[str]]) -> Tally:
    """How much of each note stands in its turns, in their statements, and in the facts drawn from them."""
    turns = {turn.id: turn for turn in conversation.turns}
    tally = Tally()
    for observation, evidence in conversation.observations:
        said = [turns[turn] for turn in sorted(evidence)]
        tally.add(
            {
                "turns": coverage(observation, [f"{turn.speaker}: {turn.text}" for turn in said]),
                "statements": coverage(observation, [text for turn in said for text in stated(turn, conversation)]),
                "facts": coverage(observation, [text for turn in said for text in told.get(turn.id, ())]),
            }
        )
    return tally


def stated(turn: Turn, conversation: Conversation) -> Sequence[str]:
    """A turn rewritten as statements, before any gate."""
    return statements(turn.text, turn.speaker, turn.at, sorted(conversation.speakers - {turn.speaker}))


async def print_sample(found: Mapping[str, Extracted], size: int, seed: int) -> None:
    """Facts drawn at random over all conversations, each with its interval and the words it came from."""
    pool = [(name, fact) for name, extracted in found.items() for fact in extracted.facts]
    chosen = random.Random(seed).sample(pool, min(size, len(pool)))  # noqa: S311 - a sample to read, no secret
    CONSOLE.print(f"{len(chosen)} of {len(pool)} facts, seed {seed}")
    for number, (name, fact) in enumerate(chosen, start=1):
        graph = found[name].graph
        when = interval_in_words(fact, graph.as_of, ENGLISH, UTC)
        print(f"{number}. [{name}] {fact.relation}: {fact.text} ({when}, {fact.confidence:.2f})")
        for said in (await graph.load_sources([fact]))[fact.uuid]:
            print(f'      "{said.quote}"')


async def run(options: Options) -> dict[str, Any]:
    async with new_memory(Phases()) as memory:
        found = {conversation.name: await measure(memory, conversation) for conversation in options.conversations}
        if options.sample:
            await print_sample(found, options.sample, options.seed)
    return {
        "data": options.source,
        "conversations": {name: figures([one]) for name, one in found.items()},
        "all": figures([*found.values()]),
    }


def figures(found: Sequence[Extracted]) -> dict[str, Any]:
    messages, facts = sum(one.messages for one in found), sum(len(one.facts) for one in found)
    covered = Tally()
    for one in found:
        covered.join(one.covered)
    return {
        "messages": messages,
        "facts": facts,
        "facts/message": round(facts / messages, 3),
        "messages with facts": round(sum(one.telling for one in found) / messages, 3),
        "coverage": covered.means(),
    }


def report(results: Mapping[str, Any]) -> None:
    parts = {**results["conversations"], "all": results["all"]}
    counted = ["messages", "facts", "facts/message", "messages with facts"]
    show(
        f"Facts on {results['data']}",
        ["conversation", *counted],
        [[name, *(row[column] for column in counted)] for name, row in parts.items()],
    )
    kinds = ["turns", "statements", "facts"]
    rows = [[name, *(row["coverage"][kind] for kind in kinds)] for name, row in parts.items() if row["coverage"]]
    if rows:
        show("Content words of the notes that stand in ...", ["conversation", *kinds], rows)


def main() -> None:
    made = parser("What the extractor reads out of conversations.")
    made.add_argument("--sample", type=int, default=0, help="print so many facts at random, for reading by hand")
    made.add_argument("--seed", type=int, default=1, help="of the sample")
    results = asyncio.run(run(read_options(made)))
    report(results)
    save("extraction", results)


if __name__ == "__main__":
    main()
