"""What is Neo4j's own in searching: the syntax of its full text, what an analyzer drops, vectors apart, and numbers kept as floats."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from graph.stores.base import Wanted
from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.search import MOST
from graph.stores.neo4j.view import FAR_MICROS, token_of
from graph.time import FAR, TICK, AsOf
from graph.views import Hits
from tests.stores.builders import NOW, Writer, as_of, closing, day, entity, fact, retraction, uuids, vector, vectors
from tests.stores.neo4j.opening import connected, opened
from tests.stores.seeking import having, having_one, near

# Vectors of a group that came with some of another length are beside those.
SET_APART = """MATCH (g:Group {name: 'g'}) SET g.own_vectors = true WITH g
    CALL () { MATCH ()-[r:RELATES_TO|RETRACTED]->() WHERE r.fact_embedding IS NOT NULL
        SET r.palimpsest_embedding = r.fact_embedding, r.fact_embedding = [1.0, 0.0] }
    CALL () { MATCH (n:Entity) WHERE n.name_embedding IS NOT NULL
        SET n.palimpsest_embedding = n.name_embedding, n.name_embedding = [1.0, 0.0] }
    RETURN []"""

# So many facts that ended.
ENDED = """MATCH (e:Entity {uuid: 'anna'}) UNWIND range(1, $count) AS no
    CREATE (e)-[r:RELATES_TO {uuid: 'ended' + no, group_id: 'g', token: $token, words: 'dog dog', no: 1000 + no,
        valid_from: 1, valid_until: 2, created_from: 1, expired_from: 2, retracted_from: $far}]->(e) RETURN collect(0)"""


@pytest.fixture
async def store(neo4j: Address) -> AsyncIterator[Neo4jStore]:
    async with opened(neo4j) as store:
        yield store


@pytest.fixture
async def database(neo4j: Address) -> AsyncIterator[Database]:
    async with connected(neo4j) as database:
        yield database


@pytest.fixture
def writer(store: Neo4jStore) -> Writer:
    return Writer(store, "g")


async def told(writer: Writer, *texts: str) -> None:
    await writer.people(1, "anna")
    await writer.apply(
        2, facts=[replace(fact(f"f{n}", "anna", "said", "anna", day(2)), text=text, key=str(n)) for n, text in enumerate(texts)]
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("+dog", ["f0"]),
        ("-dog", ["f0"]),
        ("!dog", ["f0"]),
        ("dog*", ["f0"]),
        ("dog~", ["f0"]),
        ('"dog', ["f0"]),
        ("dog\\", ["f0"]),
        ("d?g", []),
        ("/d.g/", []),
        ("dog^5", []),
        ("words:dog", []),
        ("words:the dog", []),
        ('cat" words:"dog', []),
        ("dog OR cat", []),
        ("dog && cat", []),
        ("[dog TO dogma]", []),
        ("the dog", ["f0"]),
        ("angry dog", ["f0"]),
        ("dog angry", []),
    ],
)
async def test_of_a_word_only_its_letters_count(store: Neo4jStore, writer: Writer, word: str, expected: list[str]) -> None:
    await told(writer, "the angry dog", "a cat", "dogma", "dig")
    assert await having_one(store, "FACT", word) == expected


async def test_a_word_that_is_not_indexed_is_found_nowhere(store: Neo4jStore, writer: Writer) -> None:
    await told(writer, *["the dog is with them"] * 40)
    await writer.keep("the dog is with them", at=3)
    for kind in ("FACT", "EPISODE", "ENTITY"):
        found = await having(store, kind, "the", "with", "is", limit=1)
        assert list(found.values()) == [Hits({})] * 3


async def test_the_mark_of_a_group_is_a_whole_word(store: Neo4jStore, writer: Writer, database: Database) -> None:
    await told(writer, "a dog")
    await database.change("MATCH ()-[r:RELATES_TO {uuid: 'f0'}]->() SET r.token = r.token + '1' RETURN []")
    assert await having_one(store, "FACT", "dog") == []
    assert await having_one(store, "FACT", token_of("g")) == []


async def test_how_rare_the_mark_of_a_group_is_does_not_count(store: Neo4jStore, writer: Writer) -> None:
    await told(writer, "a dog")
    other = Writer(store, "h")
    await other.apply(1, entities=[entity("hanna", day(1), group="h")])
    texts = ["a dog", *["another word"] * 50]
    await other.apply(
        2, facts=[fact(f"h{n}", "hanna", "said", "hanna", day(2), group="h", text=t, key=str(n)) for n, t in enumerate(texts)]
    )
    (ours,), (theirs,) = [
        (await store.search(group, Wanted(["dog"], vector(1), {"FACT": 5}), NOW)).words["FACT"]["dog"].scores.values() for group in "gh"
    ]
    assert ours == pytest.approx(theirs)


async def test_a_leg_that_gives_up_says_so(store: Neo4jStore, writer: Writer, database: Database) -> None:
    await told(writer, "a dog among a good many other words")
    few = {"token": token_of("g"), "far": FAR_MICROS, "count": MOST // 2}
    await database.change(ENDED, **few)
    found = (await having(store, "FACT", "dog", limit=1))["dog"]
    assert (list(found.scores), found.short) == (["f0"], False)
    await database.change(ENDED.replace("'ended'", "'more'"), **few)
    assert (await having(store, "FACT", "dog", limit=1))["dog"] == Hits({}, short=True)
    assert (await having(store, "FACT", "dog", limit=1, current=False))["dog"].short is False


async def test_vectors_that_are_apart_are_searched_alike(store: Neo4jStore, writer: Writer, database: Database) -> None:
    await told(writer, "a", "b", "c")
    close = vectors(facts={"f0": vector(1), "f1": vector(1, 1), "f2": vector(1, 2)}, entities={"anna": vector(1)})
    await writer.apply(3, vectors=close)
    await writer.apply(4, retractions=[retraction("f1")], closings=[closing("f2", day(4))])
    asked = [(kind, at, current) for kind in ("FACT", "ENTITY") for at in (NOW, as_of(9, 3.5)) for current in (True, False)]
    before = [await near(store, kind, vector(1), at, current=current) for kind, at, current in asked]
    await database.change(SET_APART)
    after = [await near(store, kind, vector(1), at, current=current) for kind, at, current in asked]
    assert [list(hits.scores) for hits in before[:4]] == [["f0"], ["f0", "f2"], ["f0", "f1", "f2"], ["f0", "f1", "f2"]]
    assert after == before


async def test_up_to_the_end_of_time_what_goes_on_is_near(store: Neo4jStore, writer: Writer) -> None:
    """The index keeps numbers as floats, to which the last instants are one."""
    await told(writer, "a")
    await writer.apply(3, vectors=vectors(facts={"f0": vector(1)}))
    for last in (FAR - TICK, FAR):
        assert list((await near(store, "FACT", vector(1), AsOf(last, last))).scores) == ["f0"]


async def test_namesakes_are_ordered_as_where_they_are_listed(store: Neo4jStore, writer: Writer) -> None:
    """What an entity is to itself connects it once."""
    await writer.apply(1, entities=[entity(u, day(1), name="Anna", key=u) for u in ("a1", "a2", "a3")])
    known = [fact("f1", "a1", "knows", "a3", day(2)), fact("f2", "a2", "knows", "a2", day(2)), fact("f3", "a3", "likes", "a3", day(2))]
    await writer.apply(2, facts=known)
    found = await store.search("g", Wanted((), vector(1), {}, ["Anna"]), NOW)
    assert uuids(found.named["Anna"]) == ["a3", "a1", "a2"]
    assert list(found.named["Anna"]) == list(await store.find_entities("g", "Anna", NOW))
