from datetime import timedelta

import pytest

from graph.errors import BadInput
from graph.graph import Graph
from graph.search import highlight
from tests.graph.scripted import Talk, on, place, says
from tests.stores.waves import Waves


@pytest.fixture
async def graph(talk: Talk) -> Graph:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")), says("Ada", "visited", place("Oslo"), start=on(1)))
    await talk.tell(9, says("Ada", "lives_in", place("Milan"), start=on(9)))
    return await talk.memory.graph("g")


async def test_each_kind_is_found_by_its_words(graph: Graph) -> None:
    hits = await graph.search("Milan", ["ENTITY", "FACT"])
    assert {(hit.kind, hit.highlight) for hit in hits[:2]} == {("ENTITY", "Milan"), ("FACT", "Ada lives_in Milan")}
    (episode, *_) = await graph.search("line 2", ["EPISODE"])
    assert (episode.kind, episode.highlight) == ("EPISODE", "line 2")


async def test_scores_fall_and_stay_between_0_and_1(graph: Graph) -> None:
    scores = [hit.score for hit in await graph.search("Ada in Milan", ["ENTITY", "FACT", "EPISODE"])]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


async def test_facts_found_are_those_that_hold(graph: Graph) -> None:
    assert not any("Rome" in hit.highlight for hit in await graph.search("lives Rome", ["FACT"]))


async def test_no_more_than_the_first_are_answered(graph: Graph) -> None:
    assert len(await graph.search("Ada", ["ENTITY", "FACT", "EPISODE"], first=2)) == 2
    assert await graph.search("Ada", ["FACT"], first=0) == []


async def test_the_store_is_asked_in_two_waves(talk: Talk, graph: Graph, waves: Waves) -> None:
    talk.now[0] += timedelta(days=1)
    kinds = ["ENTITY", "FACT", "EPISODE"]
    found = await talk.memory.look("g").search("Milan", [*kinds, "FACT"])
    assert waves.calls == [["group", "search"], ["entities", "episodes", "facts"]]
    assert found == await graph.search("Milan", kinds)


@pytest.mark.parametrize("text", ["", "   "])
async def test_nothing_asked_nothing_found(graph: Graph, text: str) -> None:
    assert await graph.search(text, ["FACT"]) == []


@pytest.mark.parametrize("text", ['"', "NEAR(", "\N{PARTY POPPER}", "a" * 3000])
async def test_odd_texts_are_searched(graph: Graph, text: str) -> None:
    assert isinstance(await graph.search(text, ["ENTITY", "FACT", "EPISODE"]), list)


async def test_unknown_kinds_and_bad_numbers_are_refused(graph: Graph) -> None:
    with pytest.raises(BadInput, match="'NODE'"):
        await graph.search("x", ["NODE"])
    with pytest.raises(BadInput, match="501"):
        await graph.search("x", ["FACT"], first=501)
    with pytest.raises(BadInput, match="-1"):
        await graph.search("x", ["FACT"], first=-1)


def test_a_highlight_shows_the_words_and_where_it_was_cut() -> None:
    text = "before " * 40 + "the heron nests" + " after" * 40
    shown = highlight(text, ["heron"])
    assert "heron nests" in shown
    assert shown.startswith("...before")
    assert shown.endswith("after...")
    assert highlight("Short text", ["nothing"]) == "Short text"
