from bench.recall.peer import FILTERS, peer_on
from bench.subject import Phases, new_memory
from bench.truth.streams import Stream, Told
from bench.truth.telling import all_facts, tell_messages
from graph.model import UpdatePolicy
from graph.stores.neo4j import Address, Neo4jStore

STREAM = Stream(
    "made",
    (
        Told(0, "0. The capital of Farland is Port Vale.", "Farland", "P36", "Port Vale"),
        Told(1, "1. The capital of Farland is Mount Vale.", "Farland", "P36", "Mount Vale"),
    ),
)


async def test_the_peer_finds_the_facts_that_a_memory_holds(neo4j: Address) -> None:
    store = Neo4jStore(neo4j)
    await store.open()  # our schema first, as other tests on this server expect it
    await store.close()
    async with new_memory(Phases()) as memory:
        graph = await tell_messages(memory, "g", STREAM, UpdatePolicy.LATEST, lambda _: None)
        facts = await all_facts(graph)
        entities = await graph.load_entities(sorted({end for fact in facts for end in (fact.subject, fact.object)}))
        by_words = {fact.uuid: fact.text for fact in facts}
        async with peer_on(neo4j, memory.parts.embedder)(facts, entities) as search:
            found = await search("What is the capital of Farland?")
    assert len(by_words) == 2
    as_it_comes, without_an_end = (sorted(by_words[uuid] for uuid in found[name]) for name in FILTERS)
    assert as_it_comes == ["The capital of Farland is Mount Vale.", "The capital of Farland is Port Vale."]
    assert without_an_end == ["The capital of Farland is Mount Vale."]
