from bench.subject import Phases, new_memory
from bench.truth.keys import latest_counts
from bench.truth.streams import Stream, Told
from bench.truth.telling import last_writes, shown, tell_messages, tell_triples
from graph.model import UpdatePolicy

STREAM = Stream(
    "made",
    (
        Told(0, "0. The capital of Farland is Port Vale.", "Farland", "P36", "Port Vale"),
        Told(1, "1. Farland's capital is Mount Vale.", "Farland", "P36", "Mount Vale"),
    ),
)


async def test_a_stream_is_told_as_messages_and_as_triples() -> None:
    for tell in (tell_messages, tell_triples):
        async with new_memory(Phases()) as memory:
            done: list[int] = []
            graph = await tell(memory, "g", STREAM, UpdatePolicy.LATEST, done.append)
            found, assertions = await shown(graph, memory)
            counts = latest_counts(STREAM, found)
            assert (counts.latest, counts.stale, sum(done)) == (1, 0, 2)
            assert latest_counts(STREAM, await last_writes(graph, assertions)).latest == 1
