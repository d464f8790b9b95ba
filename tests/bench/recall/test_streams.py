import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench.pages import markdown
from bench.recall import streams
from bench.recall.__main__ import ask_streams, keep
from bench.recall.peer import FILTERS, Search
from bench.recall.streams import Item, Key, measures
from bench.subject import Phases, new_memory
from bench.truth.streams import Quiz, Stream, Told
from graph.model import Entity, Fact

TOLD = (
    Told(0, "0. Harbour Lights was written by Tom Reed.", "Harbour Lights", "P50", "Tom Reed"),
    Told(1, "1. Ines Duarte was born in the city of Porto.", "Ines Duarte", "P19", "Porto"),
    Told(2, "2. Harbour Lights was written by Ines Duarte.", "Harbour Lights", "P50", "Ines Duarte"),
    Told(3, "3. Tom Reed was born in the city of Bristol.", "Tom Reed", "P19", "Bristol"),
)
AUTHOR = Quiz("Who is the author of Harbour Lights?", "single", 1, ("Ines Duarte",))
BORN = Quiz("What is the city where the author of Harbour Lights was born?", "multi", 2, ("Porto", "Oporto"))
STREAM = Stream("4 statements", TOLD, (AUTHOR, BORN))
KEY = Key.of(STREAM)


def item(serial: int, *, holds: bool = True) -> Item:
    told = TOLD[serial]
    return Item(frozenset((told.subject.casefold(), told.object.casefold())), frozenset([serial]), holds)


def test_a_chain_is_the_statements_that_lead_to_the_answer_now() -> None:
    assert KEY.chains(BORN) == [frozenset((1, 2))]
    assert KEY.chains(AUTHOR) == [frozenset([2])]
    assert KEY.chains(Quiz("Where was the author of Night Ferry born?", "multi", 2, ("Porto",))) == []


def test_an_answer_without_its_chain_is_not_all() -> None:
    found = measures("context", [item(1)], BORN, KEY)
    assert found == {"context @5": 1.0, "context @10": 1.0, "context stale": 0.0, "context chain @10": 0.0}
    assert measures("context", [item(1), item(2)], BORN, KEY)["context chain @10"] == 1.0


def test_what_was_replaced_is_stale_where_it_is_told_as_holding() -> None:
    assert measures("context", [item(2), item(0)], AUTHOR, KEY)["context stale"] == 1.0
    assert measures("context", [item(2), item(0, holds=False)], AUTHOR, KEY)["context stale"] == 0.0


async def test_a_stream_is_told_and_asked_beside_its_baselines() -> None:
    async with new_memory(Phases()) as memory:
        rows = await streams.run(memory, STREAM, lambda _: None)
    assert {row["method"] for row in rows} == set(streams.METHODS) - FILTERS.keys()
    context = [row for row in rows if row["method"] == "context"]
    assert [(row["kind"], row["questions"], row["@5"], row["chain @10"], row["stale"]) for row in context] == [
        ("single", 1, 1.0, 1.0, 0.0),
        ("multi", 1, 1.0, 1.0, 0.0),
    ]
    assert all(row["stale"] == 1.0 for row in rows if row["method"] == "bm25")


async def test_a_peer_searches_what_the_memory_holds_and_has_rows_of_its_own() -> None:
    met: list[str] = []

    @asynccontextmanager
    async def peer(facts: Sequence[Fact], entities: Mapping[str, Entity]) -> AsyncIterator[Search]:
        met.extend(sorted(f"{fact.text} {'holds' if fact.invalid_at is None else 'ended'}" for fact in facts))
        assert {end for fact in facts for end in (fact.subject, fact.object)} == entities.keys()
        ended, holding = ([fact.uuid for fact in facts if (fact.invalid_at is None) == holds] for holds in (False, True))

        async def search(_: str) -> dict[str, list[str]]:
            return dict(zip(FILTERS, (ended, holding), strict=True))

        yield search

    async with new_memory(Phases()) as memory:
        rows = await streams.run(memory, STREAM, lambda _: None, peer)
    assert met == [
        "Harbour Lights was written by Ines Duarte. holds",
        "Harbour Lights was written by Tom Reed. ended",
        "Ines Duarte was born in the city of Porto. holds",
        "Tom Reed was born in the city of Bristol. holds",
    ]
    found = [(row["method"], row["@10"], row["chain @10"], row["stale"]) for row in rows if row["method"] in FILTERS]
    asked_as_it_comes, without_an_end = FILTERS
    # What ended is told with its end, so it is not stale, and it is no answer either.
    assert found == [(asked_as_it_comes, 0.0, 0.0, 0.0), (without_an_end, 1.0, 1.0, 0.0)] * 2


async def test_without_a_server_it_says_that_the_peer_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    assert await ask_streams(tmp_path, (), ()) == []
    assert "NEO4J_URI is not set" in capsys.readouterr().out


def test_rows_that_are_not_measured_again_stay() -> None:
    def row(method: str, value: float, seed: int = 1) -> dict[str, object]:
        return {"seed": seed, "statements": 450, "kind": "single", "method": method, "@10": value}

    before = [row("bm25", 0.1), row("graphiti-core", 0.2), row("context", 0.3), row("context", 0.4, seed=3)]
    joined = streams.joined(before, [row("context", 0.9), row("bm25", 0.8)])
    assert [(kept["method"], kept["seed"], kept["@10"]) for kept in joined] == [
        ("bm25", 1, 0.8),
        ("graphiti-core", 1, 0.2),
        ("context", 1, 0.9),
        ("context", 3, 0.4),
    ]


def test_a_table_a_size_and_kind_is_written_and_the_rest_of_the_results_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"seed": 1, "statements": 6000, "kind": "multi", "method": "context", "questions": 100, **dict.fromkeys(streams.MEASURES, 0.5)}
    page = tmp_path / "quality.md"
    page.write_text("<!-- begin recall: written by bench/recall -->\n<!-- end recall -->\n")
    (tmp_path / "recall.json").write_text(json.dumps({"at": "then", "data": "before"}))
    keep({"streams": [row]}, tmp_path, page)
    assert "multi-hop questions about 6,000 statements" in page.read_text()
    kept = json.loads((tmp_path / "recall.json").read_text())
    assert (kept["data"], kept["streams"]) == ("before", [row])
    assert kept["at"] != "then"
    assert "recall.json" in capsys.readouterr().out
    (table,) = streams.tables([row])
    assert "context, seed 1 | 100 | 0.500" in markdown(*table)
