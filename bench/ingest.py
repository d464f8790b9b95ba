"""How fast conversations are kept and learnt from, and how fast the graph then answers: python -m bench.ingest --data PATH"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.data import Conversation
from bench.options import Options, parser, read_options
from bench.report import peak_megabytes, save, show
from bench.score import percentile
from bench.subject import Phases, new_memory, remember
from graph.memory import Memory

WARM_UP = 3
"""Questions asked before the clock runs: models are loaded when they are first needed."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """One conversation's figures: rates are messages a second, times milliseconds."""

    name: str
    messages: int
    facts: int
    phases: Phases
    latencies: dict[str, list[float]]

    def rates(self) -> dict[str, Any]:
        return {
            "conversation": self.name,
            "messages": self.messages,
            "messages/s": round(self.messages / self.phases.total, 1),
            "facts/message": round(self.facts / self.messages, 3),
            "context p50": round(percentile(self.latencies["total"], 0.5), 2),
            "context p95": round(percentile(self.latencies["total"], 0.95), 2),
        }

    def spent(self) -> dict[str, Any]:
        """Milliseconds a message by phase."""
        seconds = {"keep": self.phases.keep, "extract": self.phases.extract, "embed": self.phases.embed, "settle": self.phases.settle}
        return {"conversation": self.name, **{phase: round(1000 * value / self.messages, 3) for phase, value in seconds.items()}}

    def legs(self) -> dict[str, dict[str, float]]:
        return {
            leg: {"p50": round(percentile(values, 0.5), 2), "p95": round(percentile(values, 0.95), 2)}
            for leg, values in self.latencies.items()
        }


async def measure(memory: Memory, conversation: Conversation, phases: Phases) -> Ingested:
    """Learns a conversation and asks its questions at the default budget."""
    before = replace(phases)
    group = await remember(memory, conversation, phases)
    spent = phases.since(before)
    graph = await memory.graph(group)
    latencies: dict[str, list[float]] = {"total": []}
    for number, asked in enumerate((*conversation.questions[:WARM_UP], *conversation.questions)):
        took = (await graph.context(asked.text)).took
        if number >= WARM_UP:
            for leg, milliseconds in {"total": took.total_ms, **took.legs}.items():
                latencies.setdefault(leg, []).append(milliseconds)
    return Ingested(conversation.name, len(conversation.turns), (await graph.counts()).facts, spent, latencies)


async def run(options: Options) -> dict[str, Any]:
    phases = Phases()
    async with new_memory(phases) as memory:
        measured = [await measure(memory, conversation, phases) for conversation in options.conversations]
    return {
        "data": options.source,
        "conversations": [one.rates() for one in measured],
        "phases (ms a message)": [one.spent() for one in measured],
        "context legs (ms)": {one.name: one.legs() for one in measured},
        "peak MB": peak_megabytes(),
    }


def report(results: Mapping[str, Any]) -> None:
    rates, phases = results["conversations"], results["phases (ms a message)"]
    show(f"Ingestion and context (ms) on {results['data']}", list(rates[0]), [list(row.values()) for row in rates])
    show("Ingestion by phase, ms a message", list(phases[0]), [list(row.values()) for row in phases])
    largest = max(rates, key=lambda row: int(row["messages"]))["conversation"]
    legs = results["context legs (ms)"][largest]
    show(f"Context by leg on {largest}, ms", ["leg", "p50", "p95"], [[leg, times["p50"], times["p95"]] for leg, times in legs.items()])
    show("Memory", ["measure", "MB"], [["peak resident", results["peak MB"]]])


def main() -> None:
    results = asyncio.run(run(read_options(parser(__doc__))))
    report(results)
    save("ingest", results)


if __name__ == "__main__":
    main()
