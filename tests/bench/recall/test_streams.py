import json
from pathlib import Path

import pytest

from bench.pages import markdown
from bench.recall import streams
from bench.recall.__main__ import keep
from bench.recall.streams import Item, Key, measures
from bench.subject import Phases, new_memory
from bench.truth.streams import Quiz, Stream, Told

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
    assert {row["method"] for row in rows} == set(streams.METHODS)
    context = [row for row in rows if row["method"] == "context"]
    assert [(row["kind"], row["questions"], row["@5"], row["chain @10"], row["stale"]) for row in context] == [
        ("single", 1, 1.0, 1.0, 0.0),
        ("multi", 1, 1.0, 1.0, 0.0),
    ]
    assert all(row["stale"] == 1.0 for row in rows if row["method"] == "bm25")


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
