"""Questions with all of their candidates, as the service itself weighs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.data import Conversation
from bench.ranking.fit import Example, Numbers
from graph.context import gather_context, weigh
from graph.graph import Graph
from graph.inquiry import Asked, Inquiry, Laps
from graph.recall.answer import Context
from graph.recall.rank import Table, Weight, worth
from graph.recall.weights import WEIGHTS, Weights
from graph.time import AsOf
from graph.views import Page

MOST = 500


@dataclass(frozen=True, slots=True)
class Lesson:
    """A conversation's questions; `legs` are the columns of their values."""

    name: str
    legs: tuple[str, ...]
    examples: tuple[Example, ...]

    def of(self, legs: Sequence[str]) -> list[Example]:
        """With these legs only."""
        columns = [self.legs.index(leg) for leg in legs]
        return [Example(one.values[:, columns], one.evidence, one.whole, one.category) for one in self.examples]


async def lesson(graph: Graph, conversation: Conversation) -> Lesson:
    uuids = await _uuids_by_turn(graph)
    tables = [await _table(graph, asked.text) for asked in conversation.questions]
    legs = tuple(dict.fromkeys(leg for table in tables for leg in table.legs))
    return Lesson(
        conversation.name,
        legs,
        tuple(
            _example(table, legs, frozenset(uuids[turn] for turn in asked.evidence), asked.category)
            for table, asked in zip(tables, conversation.questions, strict=True)
        ),
    )


async def _uuids_by_turn(graph: Graph) -> dict[str, str]:
    found: dict[str, str] = {}
    page = Page(MOST)
    while True:
        part = await graph.episodes(None, page)
        found |= {episode.external_id or "": episode.uuid for episode in part.items}
        if not part.more:
            return found
        page = Page(MOST, part.cursors[-1])


async def _table(graph: Graph, question: str) -> Table:
    async def ask(as_of: AsOf) -> Table:
        weighed = await weigh(Inquiry(graph.parts, graph.group, as_of, Asked(question), graph.record), Laps())
        return weighed.ranked.episodes.table

    return await graph.standpoint.read(ask)


def _example(table: Table, legs: Sequence[str], evidence: frozenset[str], category: str) -> Example:
    """A leg that a question has not (nothing to read) is 0."""
    nothing = np.zeros(len(table.uuids))
    values = np.stack([table.legs.get(leg, nothing) for leg in legs], axis=1)
    return Example(values, np.array([uuid in evidence for uuid in table.uuids], dtype=np.bool_), len(evidence), category)


def scores_of(example: Example, table: Mapping[str, Weight]) -> Numbers:
    """Of each candidate, by the table whose legs are the columns of the example's values."""
    worths = [worth(column, weight) for column, weight in zip(example.values.T, table.values(), strict=True)]
    scores: Numbers = np.sum(worths, axis=0)
    return scores


async def context_by(graph: Graph, question: str, budget: int, weights: Weights = WEIGHTS) -> Context:
    """The context as these weights would have it."""
    return await graph.standpoint.read(
        lambda as_of: gather_context(Inquiry(graph.parts, graph.group, as_of, Asked(question, budget), graph.record, weights))
    )
