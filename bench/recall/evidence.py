"""How much of the evidence the context holds, beside baselines, and what each leg gives.

@k counts the first k messages of a context without a limit. Within B tokens counts the messages that a context of B tokens shows or
quotes under a fact. A leg is switched off by a weight of 0, without learning the others again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.baselines import Baselines
from bench.data import Asked, Conversation
from bench.options import Options
from bench.pages import Made
from bench.ranking.examples import Lesson, lesson, scores_of
from bench.ranking.fit import found_at_cuts
from bench.report import show
from bench.score import CUTS, Tally, ranked_measures, share_found
from bench.subject import Phases, new_memory, remember
from graph.graph import Graph
from graph.memory import Memory
from graph.recall.answer import Context
from graph.recall.weights import WEIGHTS

EVERYTHING = 100_000
BUDGETS = (750, 1_500, 3_000)
METHODS = ("bm25", "vectors", "fused", "latest", "context")
MEASURES = (*(f"@{cut}" for cut in CUTS), "any@10", *(f"in {budget}" for budget in BUDGETS))

Means = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """By category the measures of a conversation, and by leg what is found without it."""

    tallies: Mapping[str, Tally]
    without: Mapping[str, Tally]


async def ask(graph: Graph, baselines: Baselines, asked: Asked) -> dict[str, float]:
    """Every measure of one question."""
    vector = (await graph.parts.embedder.embed([asked.text]))[0]
    measures: dict[str, float] = {}
    for method, ranking in baselines.rankings(asked.text, vector).items():
        measures |= ranked_measures(method, ranking, asked.evidence)
        measures |= {f"{method} in {budget}": share_found(baselines.within(ranking, budget), asked.evidence) for budget in BUDGETS}
    measures |= ranked_measures("context", shown(await graph.context(asked.text, budget=EVERYTHING)), asked.evidence)
    for budget in BUDGETS:
        context = await graph.context(asked.text, budget=budget)
        measures[f"context in {budget}"] = share_found({*shown(context), *await quoted(graph, context)}, asked.evidence)
        measures[f"facts in {budget}"] = float(len(context.facts))
        measures[f"episodes in {budget}"] = float(len(context.episodes))
    return measures


def shown(context: Context) -> list[str]:
    return [ranked.episode.external_id or "" for ranked in context.episodes]


async def quoted(graph: Graph, context: Context) -> set[str]:
    """The turns whose words stand under a shown fact."""
    sources = await graph.load_sources([ranked.fact for ranked in context.facts])
    text = " ".join(context.text.split())
    told = [said for behind in sources.values() for said in behind if said.quote and " ".join(said.quote.split()) in text]
    episodes = await graph.load_episodes([said.episode for said in told if said.episode])
    return {episode.external_id or "" for episode in episodes.values()}


async def measure(memory: Memory, conversation: Conversation) -> Measured:
    """Over all questions of the conversation and by category."""
    graph = await memory.graph(await remember(memory, conversation, Phases()))
    baselines = await Baselines.of(conversation, memory.parts.embedder, memory.parts.tokenizer)
    tallies = {"all": Tally()}
    for asked in conversation.questions:
        measures = await ask(graph, baselines, asked)
        tallies["all"].add(measures)
        tallies.setdefault(asked.category, Tally()).add(measures)
    return Measured(tallies, ablation(await lesson(graph, conversation)))


def ablation(learnt: Lesson) -> dict[str, Tally]:
    """What is found with all legs, and with each but one."""
    legs = [leg for leg in learnt.legs if leg in WEIGHTS.episodes]
    return {off: _found(learnt, [leg for leg in legs if leg != off]) for off in ("none", *legs)}


def _found(learnt: Lesson, legs: list[str]) -> Tally:
    tally = Tally()
    for example in learnt.of(legs):
        tally.add(found_at_cuts(example, scores_of(example, {leg: WEIGHTS.episodes[leg] for leg in legs})))
    return tally


def merged(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Over several conversations: every question counts the same."""
    whole: dict[str, Tally] = {}
    for by_name in tallies:
        for name, tally in by_name.items():
            whole.setdefault(name, Tally()).join(tally)
    return whole


def part_of(conversation: Conversation) -> str:
    """Which data a conversation counts for: file, and whether the weights were tuned on it."""
    kind = "LoCoMo" if conversation.name.startswith("conv-") else "chats"
    return f"{kind}, tuned on" if conversation.tuned else f"{kind}, not tuned on"


async def run(options: Options) -> dict[str, Any]:
    async with new_memory(Phases()) as memory:
        found = {conversation.name: await measure(memory, conversation) for conversation in options.conversations}
    parts: dict[str, list[Measured]] = {}
    for conversation in options.conversations:
        parts.setdefault(part_of(conversation), []).append(found[conversation.name])
    return {
        "data": options.source,
        "parts": {part: _means(merged(one.tallies for one in members)) for part, members in sorted(parts.items())},
        "without": {part: _means(merged(one.without for one in members)) for part, members in sorted(parts.items())},
        "conversations": {name: _means(one.tallies) for name, one in found.items()},
    }


def _means(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {name: {"questions": max(tally.counts.values(), default=0), **tally.means()} for name, tally in tallies.items()}


def tables(results: Mapping[str, Any]) -> list[Made]:
    """Title, columns and rows of each table."""
    made: list[Made] = []
    for part, by_category in results["parts"].items():
        means = by_category["all"]
        rows = [[method, *(means[f"{method} {measure}"] for measure in MEASURES)] for method in METHODS]
        made.append((f"Evidence recall: {part} ({means['questions']:.0f} questions)", ["method", *MEASURES], rows))
        kinds = [[name, int(m["questions"]), *(m[f"context {measure}"] for measure in MEASURES)] for name, m in by_category.items()]
        made.append((f"By category: {part}", ["category", "questions", *MEASURES], kinds))
    for part, by_leg in results["without"].items():
        legs = [[leg, *(means[f"@{cut}"] for cut in CUTS)] for leg, means in by_leg.items()]
        made.append((f"With a leg off: {part}", ["leg off", *(f"@{cut}" for cut in CUTS)], legs))
    return made


def report(results: Mapping[str, Any]) -> None:
    for title, columns, rows in tables(results):
        show(title, columns, rows)
