from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from extractors.embed import Matrix, WordLlama, WordLlamaEmbedder, WordLlamaTokenizer, WordLlamaWords
from extractors.local.question import LocalQuestionReader
from graph.graph import Graph
from graph.inputs import EntityInput, FactInput, MessageInput
from graph.language import Mention, MentionKind, Statement
from graph.memory import Memory
from graph.model import FactStatus
from tests.graph.scripted import Talk, day, on, person, place, talking
from tests.stores.waves import Waves

WORDS = WordLlama()
ANNA = Mention(MentionKind.SPEAKER, "Anna", "Person")


class AtOnce(WordLlamaEmbedder):
    """Without a thread, so that no wave of calls begins while it embeds."""

    async def embed(self, texts: Sequence[str]) -> Matrix:
        return WORDS.embed(texts)


def told(relation: str, object_: Mention, quote: str, **more: object) -> Statement:
    text = f"Anna {relation.replace('_', ' ')} {object_.text}"
    return replace(Statement(ANNA, relation, object_, text, quote, (0, len(quote))), **more)  # type: ignore[arg-type]


LINES: tuple[tuple[float, str, str, tuple[Statement, ...]], ...] = (
    (1, "Anna", "I live in Rome.", (told("lives_in", place("Rome"), "I live in Rome."),)),
    (1, "Ben", "Do you like pottery?", ()),
    (1, "Anna", "Yes, every single week!", ()),
    (2, "Ben", "My heron painting hangs in the hall now.", ()),
    (2, "Anna", "My sister is called Mia.", (told("sibling_of", person("Mia"), "My sister is called Mia."),)),
    (100, "Anna", "I moved to Milan yesterday.", (told("lives_in", place("Milan"), "I moved to Milan yesterday.", start=on(99)),)),
)
NOVEL = (
    ("Harbour Lights", "written_by", "Ines Duarte", "Harbour Lights was written by Ines Duarte."),
    ("Ines Duarte", "married_to", "Tom Reed", "Ines Duarte is married to Tom Reed."),
    ("Tom Reed", "born_in", "Porto", "Tom Reed was born in Porto."),
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """The lines and the novel, told to a memory that reads real words."""
    async with talking(tmp_path / "talk.db") as talk:
        parts = talk.memory.parts
        parts = replace(parts, embedder=AtOnce(WORDS), tokenizer=WordLlamaTokenizer(WORDS), words=WordLlamaWords(WORDS))
        talk.memory = Memory(replace(parts, questions=LocalQuestionReader(parts.ontology)))
        for at, name, content, statements in LINES:
            await tell(talk, at, name, content, *statements)
        facts = [FactInput(EntityInput(name=s), r, EntityInput(name=o), text=text, valid_at=day(1)) for s, r, o, text in NOVEL]
        await talk.memory.add_facts("g", facts)
        yield talk


@pytest.fixture
def memory(talk: Talk) -> Memory:
    return talk.memory


async def tell(talk: Talk, at: float, name: str, content: str, *statements: Statement) -> None:
    talk.script.script[content] = statements
    talk.now[0] = max(talk.now[0], day(at))
    message = MessageInput("user", content, name=name, said_at=day(at), id=f"{at} {content}")
    added = await talk.memory.add_messages("g", f"day {at}", [message])
    await talk.memory.finished("g", added.work.uuid)


@pytest.fixture
async def graph(memory: Memory) -> Graph:
    return await memory.graph("g")


async def test_a_fact_comes_with_its_interval_and_the_words_it_came_from(graph: Graph) -> None:
    context = await graph.context("Where does Anna live?", template="facts")
    assert context.text.startswith('- Anna lives in Milan (since 10 April 2025)\n  "I moved to Milan yesterday." - Anna, 11 April 2025')
    assert context.facts[0].fact.text == "Anna lives in Milan"
    assert context.facts[0].why["asked"] > 0
    assert {entity.name for entity in context.entities} >= {"Anna", "Milan"}
    assert context.subgraph.facts == tuple(shown.fact for shown in context.facts)


async def test_what_ended_is_never_shown_as_current(graph: Graph) -> None:
    assert "Rome" not in (await graph.context("Where does Anna live?", template="facts")).text
    past = await graph.context("Where did Anna live before Milan?")
    assert "Anna lives in Rome (known on 2 January 2025, until 10 April 2025) [no longer so]" in past.text


async def test_a_question_that_names_both_ends_is_told_that_it_is_over(graph: Graph) -> None:
    context = await graph.context("Does Anna live in Rome?", template="facts")
    assert "[no longer so]" in context.text


async def test_as_of_an_earlier_instant_what_held_is_shown(memory: Memory) -> None:
    for graph in (await memory.graph("g", valid=day(50)), await memory.graph("g", known=day(50))):
        (best, *others) = (await graph.context("Where does Anna live?")).facts
        assert (best.fact.text, best.fact.status(graph.as_of)) == ("Anna lives in Rome", FactStatus.HOLDS)
        assert not any("Milan" in other.fact.text for other in others)
    assert "Milan" not in (await (await memory.graph("g", known=day(50))).context("Where does Anna live?")).text


async def test_every_hop_of_a_chain_is_shown_with_its_path(graph: Graph) -> None:
    context = await graph.context("Where was the spouse of the author of Harbour Lights born?", hops=3)
    steps = {shown.fact.text: shown for shown in context.facts}
    assert [text for *_, text in NOVEL if text in steps] == [text for *_, text in NOVEL]
    path = steps["Tom Reed was born in Porto."].why["path"]
    assert path == [steps[text].fact.uuid for *_, text in NOVEL]


async def test_what_two_facts_say_in_the_same_words_is_told_once(memory: Memory) -> None:
    anna, tea, text = EntityInput(name="Anna"), EntityInput(name="green tea"), "Anna is fond of green tea"
    said = [FactInput(anna, relation, tea, text=text, valid_at=day(3)) for relation in ("likes", "drinks")]
    await memory.add_facts("g", said)
    for budget in (1_500, 100_000):
        context = await (await memory.graph("g")).context("Is Anna fond of green tea?", budget=budget, template="facts")
        assert context.text.count("fond of green tea") == 1
        assert [shown.fact.text for shown in context.facts].count(text) == 1
    assert not context.truncated


async def test_hops_are_bounded(graph: Graph) -> None:
    near = await graph.context("Harbour Lights", hops=1)
    assert near.facts[0].fact.text == NOVEL[0][-1]
    assert all("path" not in shown.why or len(shown.why["path"]) == 1 for shown in near.facts)


async def test_an_answer_is_found_by_the_question_before_it(graph: Graph) -> None:
    context = await graph.context("How often does Anna do pottery?", budget=100_000)
    order = [shown.episode.content for shown in context.episodes]
    assert order.index("Yes, every single week!") < order.index("My heron painting hangs in the hall now.")


async def test_what_names_one_of_the_kind_that_is_asked_for_is_found_by_it(graph: Graph) -> None:
    """Not one word of the question is in it."""
    context = await graph.context("Which hobbies does Anna have?", budget=100_000)
    (found,) = [ranked for ranked in context.episodes if ranked.episode.content.startswith("Do you like pottery")]
    assert found.why["alike_best"] > 0


async def test_a_large_budget_shows_every_message_once(graph: Graph) -> None:
    context = await graph.context("Anna", budget=100_000)
    assert sorted(shown.episode.content for shown in context.episodes) == sorted(content for _, _, content, _ in LINES)
    assert all(context.text.count(content) == 1 for _, _, content, _ in LINES)
    assert not context.truncated


@pytest.mark.parametrize("budget", [1, 10, 40, 80, 200])
async def test_the_text_keeps_the_budget(graph: Graph, budget: int) -> None:
    context = await graph.context("Where does Anna live?", budget=budget)
    assert context.tokens == WORDS.count(context.text) <= budget
    assert context.truncated


async def test_the_same_question_has_the_same_answer_twice(graph: Graph) -> None:
    first, second = [await graph.context("Who is Anna's sister?") for _ in range(2)]
    assert replace(first, took=second.took) == second


async def test_what_it_took_is_told_by_leg(graph: Graph) -> None:
    took = (await graph.context("Who is Mia?")).took
    assert list(took.legs) == ["question", "search", "spread", "rank", "fetch", "read", "render"]
    assert 0 < sum(took.legs.values()) <= took.total_ms


async def test_entities_may_be_given_in_place_of_a_question(graph: Graph) -> None:
    mia = await graph.entity_named("Mia")
    assert mia is not None
    context = await graph.context("", around=[mia.uuid])
    assert "Mia" in context.facts[0].fact.text
    assert (await graph.context("", around=["no-such-entity"])).tokens <= 1500


async def many_more(talk: Talk) -> None:
    """A large neighbourhood: Anna knows many, who live in one town, and says so; of one thing she speaks all the time."""
    for start in range(0, 60, 20):
        numbers = range(start, start + 20)
        lines = [f"I know Friend{n} and I like tea" for n in numbers]
        for n, line in zip(numbers, lines, strict=True):
            talk.script.script[line] = (told("knows", person(f"Friend{n}"), line), told("likes", person("Tea"), line))
        messages = [MessageInput("user", line, name="Anna", said_at=day(100)) for line in lines]
        added = await talk.memory.add_messages("g", f"friends {start}", messages)
        await talk.memory.finished("g", added.work.uuid)
    lives = [FactInput(EntityInput(name=f"Friend{n}"), "lives_in", EntityInput(name="Oslo"), valid_at=day(1)) for n in range(200)]
    await talk.memory.add_facts("g", lives)


async def test_the_store_is_asked_in_four_waves_whatever_the_groups_size(talk: Talk, waves: Waves) -> None:
    expected = [["group", "search"], ["vicinity"], ["vicinity"], ["records"]]
    for grow in (None, many_more):
        if grow is not None:
            await grow(talk)
        talk.now[0] += timedelta(days=1)
        waves.reset()
        context = await talk.memory.look("g").context("Who does Anna know in Milan?")
        assert waves.calls == expected
        assert context.facts


@pytest.mark.parametrize("hops", [0, 1, 2, 3, 4])
async def test_each_further_hop_is_one_wave_more(talk: Talk, waves: Waves, hops: int) -> None:
    await many_more(talk)
    talk.now[0] += timedelta(days=1)
    waves.reset()
    await talk.memory.look("g").context("Harbour Lights, and what does Anna like?", hops=hops)
    assert len(waves) <= max(4, 2 + hops)


async def test_words_recorded_later_are_not_quoted_before(talk: Talk) -> None:
    likes = FactInput(EntityInput(name="Anna"), "likes", EntityInput(name="Pottery"), text="Anna likes pottery", valid_at=day(1))
    await talk.memory.add_facts("g", [likes])
    await tell(talk, 120, "Anna", "I just love pottery!", told("likes", person("Pottery"), "I just love pottery!"))
    for known, quoted in ((day(110), 0), (day(130), 1)):
        context = await (await talk.memory.graph("g", known=known)).context("What does Anna like?", template="facts")
        assert "Anna likes pottery" in context.text
        assert context.text.count("I just love pottery!") == quoted


async def test_the_first_words_of_what_was_said_very_often_are_quoted(talk: Talk) -> None:
    await many_more(talk)
    context = await (await talk.memory.graph("g")).context("Does Anna like tea?", template="facts")
    tea = next(shown.fact for shown in context.facts if shown.fact.text == "Anna likes Tea")
    assert len(tea.assertions) == len(tea.episodes) == 60
    assert '"I know Friend0 and I like tea" - Anna' in context.text


async def test_a_period_is_of_the_groups_calendar(talk: Talk, memory: Memory) -> None:
    question = "What happened on 2 January 2025?"
    expected = {"UTC": [LINES[0][2], LINES[1][2], LINES[2][2]], "Pacific/Pago_Pago": [LINES[3][2], LINES[4][2]]}
    for zone, said in expected.items():
        await memory.configure("g", timezone=zone)
        context = await (await memory.graph("g")).context(question, budget=100_000)
        parts = {shown.episode.content: shown.why["period"] for shown in context.episodes}
        assert {content for content, part in parts.items() if part == max(parts.values())} == set(said)
        assert max(parts.values()) > 0


async def test_a_group_without_memories_answers_with_nothing(memory: Memory) -> None:
    context = await (await memory.graph("nobody")).context("Where does Anna live?")
    assert (context.text, context.tokens, context.facts, context.episodes, context.truncated) == ("", 0, (), (), False)


async def test_a_period_in_the_question_finds_what_was_said_then(graph: Graph) -> None:
    context = await graph.context("What happened on 3 January 2025?", budget=100_000)
    assert {shown.episode.content for shown in context.episodes[:2]} == {LINES[3][2], LINES[4][2]}


@pytest.mark.parametrize("question", ["\N{PARTY POPPER}", '"(* AND', "x" * 5000, "?!", "NEAR(a b)"])
async def test_odd_questions_are_answered(graph: Graph, question: str) -> None:
    assert (await graph.context(question)).tokens <= 1500
