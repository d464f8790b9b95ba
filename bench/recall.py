"""How much of the evidence the context holds, beside BM25 over the same turns: python -m bench.recall --data PATH"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from bench.bm25 import Baseline
from bench.data import Asked, Conversation
from bench.options import Options, parser, read_options
from bench.report import save, show
from bench.score import CUTS, Tally, ranked_measures, share_found
from bench.subject import Phases, new_memory, remember
from graph.graph import Graph
from graph.memory import Memory
from graph.recall.answer import Context

EVERYTHING = 100_000
BUDGET = 1_500
METHODS = ("bm25", "context")


async def ask(graph: Graph, baseline: Baseline, asked: Asked) -> dict[str, float]:
    """Every measure of one question."""
    ranked = await graph.context(asked.text, budget=EVERYTHING)
    short = await graph.context(asked.text, budget=BUDGET)
    return {
        **ranked_measures("bm25", baseline.rank(asked.text), asked.evidence),
        **ranked_measures("context", _shown(ranked), asked.evidence),
        "context in budget": share_found({*_shown(short), *await _quoted(graph, short)}, asked.evidence),
        "facts shown": float(len(short.facts)),
        "episodes shown": float(len(short.episodes)),
    }


def _shown(context: Context) -> list[str]:
    return [ranked.episode.external_id or "" for ranked in context.episodes]


async def _quoted(graph: Graph, context: Context) -> set[str]:
    """The turns whose words stand under a shown fact."""
    sources = await graph.load_sources([ranked.fact for ranked in context.facts])
    shown = " ".join(context.text.split())
    told = [said for behind in sources.values() for said in behind if said.quote and " ".join(said.quote.split()) in shown]
    episodes = await graph.load_episodes([said.episode for said in told if said.episode])
    return {episode.external_id or "" for episode in episodes.values()}


async def measure(memory: Memory, conversation: Conversation) -> Mapping[str, Tally]:
    """The measures of a conversation, over all its questions and by category."""
    graph = await memory.graph(await remember(memory, conversation, Phases()))
    baseline = Baseline(conversation)
    tallies = {"all": Tally()}
    for asked in conversation.questions:
        measures = await ask(graph, baseline, asked)
        tallies["all"].add(measures)
        tallies.setdefault(asked.category, Tally()).add(measures)
    return tallies


def merged(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Over several conversations: every question counts the same."""
    whole: dict[str, Tally] = {}
    for by_category in tallies:
        for category, tally in by_category.items():
            into = whole.setdefault(category, Tally())
            into.join(tally)
    return whole


def part_of(conversation: Conversation) -> str:
    """Which data a conversation counts for: file, and whether the weights were tuned on it."""
    kind = "LoCoMo" if conversation.name.startswith("conv-") else "chats"
    return f"{kind}, tuned on" if conversation.tuned else f"{kind}, not tuned on"


async def run(options: Options) -> dict[str, Any]:
    async with new_memory(Phases()) as memory:
        tallies = {conversation.name: await measure(memory, conversation) for conversation in options.conversations}
    parts: dict[str, list[Mapping[str, Tally]]] = {}
    for conversation in options.conversations:
        parts.setdefault(part_of(conversation), []).append(tallies[conversation.name])
        if conversation.name.startswith("conv-"):
            parts.setdefault("LoCoMo, all", []).append(tallies[conversation.name])
    return {
        "data": options.source,
        "budget": BUDGET,
        "parts": {part: _means(merged(members)) for part, members in sorted(parts.items())},
        "conversations": {name: _means(by_category) for name, by_category in tallies.items()},
    }


def _means(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {category: {"questions": tally.counts["context @10"], **tally.means()} for category, tally in tallies.items()}


def report(results: Mapping[str, Any]) -> None:
    columns = ["method", *(f"@{cut}" for cut in CUTS), "any@10", f"in {BUDGET} tokens"]
    for part, by_category in results["parts"].items():
        means = by_category["all"]
        rows = [
            [method, *(means[f"{method} @{cut}"] for cut in CUTS), means[f"{method} any@10"], means.get(f"{method} in budget", "")]
            for method in METHODS
        ]
        show(f"Evidence recall: {part} ({means['questions']:.0f} questions)", columns, rows)
        categories = [
            [name, int(m["questions"]), m["bm25 @10"], m["context @10"], m["context in budget"]] for name, m in by_category.items()
        ]
        show("By category", ["category", "questions", "bm25 @10", "context @10", "in budget"], categories)


def main() -> None:
    results = asyncio.run(run(read_options(parser(__doc__))))
    report(results)
    save("recall", results)


if __name__ == "__main__":
    main()
