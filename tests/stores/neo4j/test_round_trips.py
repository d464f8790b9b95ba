"""How often the service waits for the server: a constant for each use case, whatever the group's size and that of the request."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from graph.inputs import EntityInput, FactInput, MessageInput
from graph.language import Statement
from graph.memory import Memory
from graph.model import WorkState
from graph.stores.neo4j import Neo4jStore
from graph.stores.neo4j.address import Address
from schema.limits import Limits
from schema.request import Request
from schema.schema import PalimpsestSchema, build_schema
from tests.graph.scripted import WHATEVER, ScriptedExtractor, company, place, says
from tests.schema.memories import memory_on
from tests.stores.waves import Waves, statements

Ask = Callable[..., Awaitable[dict[str, Any]]]
SIZES = (0, 400)
"""Facts that are there already; every other one is Ada's, who is a hub."""

ENDS = "text validAt invalidAt subject { name type } object { name type }"
ENTITY = f"""query($name: String!) {{ graph(group: "g") {{ entity(name: $name) {{ id name aliases type summary degree
    facts(first: 50) {{ nodes {{ {ENDS} }} }} neighbors {{ nodes {{ name type }} }} mentions {{ nodes {{ content saidAt }} }} }} }} }}"""
TIMELINE = f"""query($id: ID!) {{ graph(group: "g") {{ found: timeline(entity: $id) {{ facts: nodes {{ {ENDS} }} }} }} }}"""
NEIGHBORHOOD = f"""query($id: ID!) {{ graph(group: "g") {{
    found: neighborhood(around: [$id], limit: 500) {{ entities {{ name type }} facts {{ {ENDS} }} }} }} }}"""
CONTEXT = """query($question: String!, $around: [ID!]) { graph(group: "g") { context(question: $question, around: $around) {
    text facts { fact { text subject { name } object { name } } } episodes { episode { content } } entities { name } } } }"""
SEARCH = """{ graph(group: "g") { search(text: "Ada in Rome", first: 20) {
    node { ... on Entity { name } ... on Fact { text subject { name } } ... on Episode { content } } } } }"""
TELL = "mutation($input: AddMessages!) { addMessages(input: $input) { work { id state } episodes { id content } } }"
ADD = "mutation($input: AddFacts!) { addFacts(input: $input) { facts { id text } changes { kind } } }"

MERGE = "mutation($input: MergeEntities!) { mergeEntities(input: $input) { changes { kind } } }"
END = 'mutation($fact: ID!) { amended: endFact(input: { fact: $fact, at: "2040", reason: "it ends" }) { changes { kind } } }'
CORRECT = 'mutation($fact: ID!) { amended: correctFact(input: { fact: $fact, reason: "never so" }) { changes { kind } } }'
LIVES = '{ graph(group: "g") { facts(filter: { relations: ["lives_in"] }) { nodes { id } } } }'


@pytest.fixture(params=SIZES)
async def memory(request: pytest.FixtureRequest, neo4j: Address) -> AsyncIterator[Memory]:
    """Ada has said a few words; of her and of others much more or nothing is known."""
    store = Neo4jStore(neo4j)
    await store.open()
    found = memory_on(store)
    extractor = ScriptedExtractor({"hello": [says("Ada", "lives_in", place("Rome")), says("Ada", "works_at", company("Acme"))]})
    found = Memory(replace(found.parts, extractor=extractor))
    added = await found.add_messages("g", "s", [MessageInput("user", "hello", name="Ada")])
    await found.finished("g", added.work.uuid)
    if request.param:
        await found.add_facts("g", [visit("Ada" if n % 2 else f"Person {n}", n) for n in range(request.param)])
    yield found
    await store.close()


def visit(who: str, number: int) -> FactInput:
    return FactInput(EntityInput(name=who, type="Person"), "visited", EntityInput(name=f"Town {number}", type="City"))


@pytest.fixture(scope="module")
def schema() -> PalimpsestSchema:
    return build_schema(Limits())


@pytest.fixture
def ask(schema: PalimpsestSchema, memory: Memory) -> Ask:
    async def asked(document: str, **variables: Any) -> dict[str, Any]:
        result = await schema.execute(document, variable_values=variables, context_value=Request(memory))
        assert not result.errors, result.errors
        assert result.data is not None
        return result.data

    return asked


@pytest.fixture
def waves() -> Iterator[Waves]:
    with statements() as counting:
        yield counting


def telling(memory: Memory, *told: Statement, count: int) -> dict[str, Any]:
    """The input of so many messages that each say what is told."""
    extractor = memory.parts.extractor
    assert isinstance(extractor, ScriptedExtractor)
    extractor.script |= {f"m{n}": told for n in range(count)}
    messages = [{"role": "user", "name": "Ada", "content": f"m{n}"} for n in range(count)]
    return {"group": "g", "session": "s", "messages": messages, "wait": True}


async def test_messages_are_remembered_in_five_waves_and_six_at_most(memory: Memory, ask: Ask, waves: Waves) -> None:
    for count in (1, 10):
        waves.reset()
        visits = [says("Ada", "visited", place(f"City {n}")) for n in range(3 * count)]
        kept = (await ask(TELL, input=telling(memory, says("Ada", "lives_in", place("Rome")), *visits, count=count)))["addMessages"]
        assert (kept["work"]["state"], len(kept["episodes"])) == (WorkState.DONE, count)
        assert (len(waves), waves.statements) == (5, 6)
    waves.reset()
    told = says("Ada", "quit", WHATEVER), says("Ada", "lives_in", place("Oslo"), corrects=True)
    kept = (await ask(TELL, input=telling(memory, *told, count=1)))["addMessages"]
    assert kept["work"]["state"] == WorkState.DONE
    assert len(waves) == 6


async def test_facts_are_added_ended_and_corrected_in_three_waves(ask: Ask, waves: Waves) -> None:
    for count in (1, 40):
        waves.reset()
        facts = [
            {"subject": {"name": "Ada"}, "relation": "lives in", "object": {"name": f"Place {n}"}, "id": f"x{n}"} for n in range(count)
        ]
        changed = (await ask(ADD, input={"group": "g", "facts": facts}))["addFacts"]
        assert len(changed["changes"]) > 0
        assert (len(waves), waves.statements) == (3, 3)
    fact = changed["facts"][-1]["id"]
    for amending in (END, CORRECT):
        waves.reset()
        assert len((await ask(amending, fact=fact))["amended"]["changes"]) > 0
        assert (len(waves), waves.statements) == (3, 3)
        fact = (await ask(LIVES))["graph"]["facts"]["nodes"][0]["id"]


async def test_entities_are_merged_in_four_waves(ask: Ask, waves: Waves) -> None:
    names = ("Bea", "Cy", "Ada")
    facts = [{"subject": {"name": name, "type": "Person"}, "relation": "likes", "object": {"name": "tea"}} for name in names]
    await ask(ADD, input={"group": "g", "facts": facts})
    ids = [(await ask(ENTITY, name=name))["graph"]["entity"]["id"] for name in names]
    for keep, other in (ids[:2], (ids[0], ids[2])):
        waves.reset()
        merged = await ask(MERGE, input={"keep": keep, "merge": [other], "reason": "one"})
        assert len(merged["mergeEntities"]["changes"]) > 1
        assert (len(waves), waves.statements) == (4, 4)


async def test_pages_take_two_waves_a_search_three_and_a_question_four(ask: Ask, waves: Waves) -> None:
    entity = (await ask(ENTITY, name="Ada"))["graph"]["entity"]
    assert {"Rome", "Acme"} & {node["name"] for node in entity["neighbors"]["nodes"]}
    assert (len(waves), waves.statements) == (2, 6)
    for document in (TIMELINE, NEIGHBORHOOD):
        waves.reset()
        found = (await ask(document, id=entity["id"]))["graph"]["found"]
        assert {"Ada"} == {fact["subject"]["name"] for fact in found["facts"]}
        assert (len(waves), waves.statements) == (2, 3)
    waves.reset()
    assert any(hit["node"].get("name") == "Ada" for hit in (await ask(SEARCH))["graph"]["search"])
    assert len(waves) <= 3
    questions = ("Where does Ada live?", "Who visited Town 7, and where does Ada work?", "What was planned last spring?")
    for question, around in ((questions[0], []), (questions[1], []), (questions[2], []), (questions[2], [entity["id"]])):
        waves.reset()
        context = (await ask(CONTEXT, question=question, around=around))["graph"]["context"]
        assert context["text"]
        assert len(waves) <= 4, waves.calls
        assert waves.statements <= 9 + len(around)
