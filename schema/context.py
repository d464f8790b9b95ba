"""Context: what a question gets back."""

import strawberry
from strawberry.scalars import JSON

from graph import views
from graph.recall import answer
from schema.entity import Entity
from schema.episode import Episode
from schema.fact import Fact
from schema.loaders import Seen


@strawberry.type(description="A part of a graph.")
class Subgraph:
    entities: list[Entity] = strawberry.field(description="Its entities.")
    facts: list[Fact] = strawberry.field(description="The facts that connect them.")
    total: int = strawberry.field(description="How many facts there are, those cut off included.")
    truncated: bool = strawberry.field(description="Whether some were cut off.")


@strawberry.type(description="A fact of a context, and why it is there.")
class RankedFact:
    fact: Fact = strawberry.field(description="The fact.")
    score: float = strawberry.field(description="Higher is better; comparable within one context only.")
    why: JSON = strawberry.field(description="Each leg's part in the score, and the path from the question to here.")


@strawberry.type(description="An episode of a context, and why it is there.")
class RankedEpisode:
    episode: Episode = strawberry.field(description="The episode.")
    score: float = strawberry.field(description="Higher is better; comparable within one context only.")
    why: JSON = strawberry.field(description="Each leg's part in the score, and the path from the question to here.")


@strawberry.type(description="How long an answer took.")
class Took:
    total_ms: float = strawberry.field(description="Milliseconds in all.")
    legs: JSON = strawberry.field(description="Milliseconds by leg.")


@strawberry.type(description="What a model should read before it answers a question.")
class Context:
    text: str = strawberry.field(description="Ready to paste before a prompt.")
    tokens: int = strawberry.field(description="How many tokens `text` has.")
    truncated: bool = strawberry.field(description="Whether the budget cut something off.")
    facts: list[RankedFact] = strawberry.field(description="The facts that `text` shows, best first.")
    entities: list[Entity] = strawberry.field(description="The entities that these are about.")
    episodes: list[RankedEpisode] = strawberry.field(
        description="The episodes that `text` shows, best first. A quote under a fact is not one of them."
    )
    subgraph: Subgraph = strawberry.field(description="The neighbourhood of the graph that the answer comes from.")
    took: Took = strawberry.field(description="How long it took.")


def subgraph(found: views.Subgraph, seen: Seen) -> Subgraph:
    seen.meet(found.entities)
    return Subgraph(
        entities=[seen.show_entity(record) for record in found.entities],
        facts=[seen.show_fact(record) for record in found.facts],
        total=found.total,
        truncated=found.truncated,
    )


def context(found: answer.Context, seen: Seen) -> Context:
    seen.meet(found.entities)
    return Context(
        text=found.text,
        tokens=found.tokens,
        truncated=found.truncated,
        facts=[RankedFact(fact=seen.show_fact(r.fact), score=r.score, why=JSON(dict(r.why))) for r in found.facts],
        entities=[seen.show_entity(record) for record in found.entities],
        episodes=[RankedEpisode(episode=seen.show_episode(r.episode), score=r.score, why=JSON(dict(r.why))) for r in found.episodes],
        subgraph=subgraph(found.subgraph, seen),
        took=Took(total_ms=found.took.total_ms, legs=JSON(dict(found.took.legs))),
    )
