"""Learns the weights of recall from conversations with questions: python -m bench.ranking --data PATH

Learns on LoCoMo 26, 30 and 41 and on the chats, and prints the table that `graph/recall/weights.py` holds. What it is worth where it was
not learnt: each of these LoCoMo conversations with the others learnt, and each chat in turn with the other two.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bench.data import Conversation
from bench.options import Options, parser, read_options
from bench.pages import Made, write_part
from bench.ranking.curves import bends_of, bent, curves_of
from bench.ranking.examples import Lesson, context_by, lesson, scores_of
from bench.ranking.fit import found_at_cuts, learn, table_of
from bench.recall.evidence import quoted, shown
from bench.report import save, show
from bench.score import CUTS, Tally, share_found
from bench.subject import Phases, new_memory, remember
from graph.graph import Graph
from graph.recall.rank import Weight
from graph.recall.texts import TEXT_LEGS
from graph.recall.weights import WEIGHTS, Weights

RIDGE = 25.0
RIDGE_OF_CURVES = 100.0
"""More, since a curve can follow what few examples say."""
BUDGETS = (750, 1_500)
BY_HAND = frozenset({"here"})
"""Legs that these questions say nothing about: they are asked in no session."""
LEFT_OUT = frozenset({"words", "asks"})
"""Legs that others say better: learnt beside them they got a little less than nothing."""

Table = Mapping[str, Weight]


def lines(lessons: Iterable[Lesson], legs: Sequence[str]) -> Table:
    """A weight a leg."""
    return table_of(legs, learn([example for one in lessons for example in one.of(legs)], RIDGE))


def curves(lessons: Iterable[Lesson], legs: Sequence[str]) -> Table:
    """A curve a leg."""
    examples = [example for one in lessons for example in one.of(legs)]
    bends = bends_of(np.concatenate([example.values for example in examples]))
    return curves_of(legs, bends, learn([replace(one, values=bent(one.values, bends)) for one in examples], RIDGE_OF_CURVES))


def tables(lessons: Sequence[Lesson]) -> Weights:
    """What is learnt from these: first without the texts, then with them."""
    legs = [leg for leg in lessons[0].legs if leg not in BY_HAND | LEFT_OUT]
    first = lines(lessons, [leg for leg in legs if leg not in TEXT_LEGS])
    kept = {leg: WEIGHTS.episodes[leg] for leg in BY_HAND}
    return replace(WEIGHTS, first={**first, **kept}, episodes={**curves(lessons, legs), **kept})


def in_turn(lessons: Sequence[Lesson], held_out: Callable[[Lesson], bool]) -> dict[str, Weights]:
    """For each that is held out the tables of all others."""
    return {one.name: tables([other for other in lessons if other is not one]) for one in lessons if held_out(one)}


def found(one: Lesson, table: Table) -> Tally:
    tally = Tally()
    for example in one.of(list(table)):
        tally.add(found_at_cuts(example, scores_of(example, table)))
    return tally


async def within(graph: Graph, conversation: Conversation, weights: Weights) -> Tally:
    """What contexts of a few tokens hold by these weights."""
    tally = Tally()
    for asked in conversation.questions:
        for budget in BUDGETS:
            context = await context_by(graph, asked.text, budget, weights)
            held = {*shown(context), *await quoted(graph, context)}
            tally.add({f"in {budget}": share_found(held, asked.evidence)})
    return tally


def is_chat(one: Lesson) -> bool:
    return not one.name.startswith("conv-")


async def run(options: Options) -> dict[str, Any]:
    used = [one for one in options.conversations if one.tuned]
    async with new_memory(Phases()) as memory:
        graphs = {one.name: await memory.graph(await remember(memory, one, Phases())) for one in used}
        lessons = [await lesson(graphs[one.name], one) for one in used]
        turns = {"chats": in_turn(lessons, is_chat), "LoCoMo": in_turn(lessons, lambda one: not is_chat(one))}
        parts: dict[str, Tally] = {}
        for part, by_name in turns.items():
            for one, conversation in zip(lessons, used, strict=True):
                if weights := by_name.get(one.name):
                    parts.setdefault(part, Tally()).join(found(one, weights.episodes))
                    parts[part].join(await within(graphs[one.name], conversation, weights))
    whole = tables(lessons)
    return {
        "data": options.source,
        "learnt on": [one.name for one in lessons],
        "in turn": {part: tally.means() for part, tally in parts.items()},
        "first": dict(whole.first),
        "episodes": dict(whole.episodes),
    }


def tables_of(results: Mapping[str, Any]) -> list[Made]:
    columns = [*(f"@{cut}" for cut in CUTS), *(f"in {budget}" for budget in BUDGETS)]
    rows: list[list[object]] = [[part, *(means[column] for column in columns)] for part, means in results["in turn"].items()]
    turns: Made = ("Evidence recall, each in turn with the others learnt", ["part", *columns], rows)
    weights: list[Made] = [
        (f"Weights: {name}", ["leg", "weight"], [[leg, written(weight)] for leg, weight in results[name].items()])
        for name in ("first", "episodes")
    ]
    return [turns, *weights]


def written(weight: Weight) -> object:
    """A curve as its points: value and worth."""
    return " ".join(f"{at:g}:{told:.3f}" for at, told in weight) if isinstance(weight, tuple) else weight


def report(results: Mapping[str, Any]) -> None:
    for title, columns, rows in tables_of(results):
        show(title, columns, rows)


def main() -> None:
    results = asyncio.run(run(read_options(parser(__doc__))))
    report(results)
    save("ranking", results)
    write_part("ranking", tables_of(results))


if __name__ == "__main__":
    main()
