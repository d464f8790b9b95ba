"""`palimpsest ontology`: relations listed, a file checked, belief drawn anew."""

import asyncio
from pathlib import Path

from api.cli.ontology import near_names
from api.settings import read_settings
from api.wiring import open_memory
from graph.inputs import EntityInput, FactInput
from graph.ontology import load_ontology
from tests.api.cli.command import palimpsest, refused

OWN = '[relations.likes]\nlabel = "likes"\nexclusive = "subject"\n'


def write(folder: Path, text: str = OWN) -> str:
    file = folder / "own.toml"
    file.write_text(text)
    return str(file)


def fill(path: Path) -> None:
    async def told() -> None:
        async with open_memory(read_settings({"PALIMPSEST_STORE": str(path)})) as memory:
            for place, at in (("Rome", "2024-01-01"), ("Oslo", "2024-02-01")):
                await memory.add_facts("mine", [fact("likes", place, at), fact("employed_byy", f"Mill in {place}", at)])

    def fact(relation: str, place: str, at: str) -> FactInput:
        return FactInput(EntityInput(name="Ada", type="Person"), relation, EntityInput(name=place), valid_at=at)

    asyncio.run(told())


def test_relations_are_listed_with_their_sides_and_examples(tmp_path: Path) -> None:
    done = palimpsest("ontology", "list", store=str(tmp_path / "none.db"))
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("lives_in "))
    assert "a subject" in line


def test_a_file_is_checked_and_what_is_near_is_only_named(tmp_path: Path) -> None:
    store = {"store": str(tmp_path / "told.db")}
    done = palimpsest("ontology", "check", write(tmp_path), **store)
    assert (done.returncode, "is in order" in done.stdout) == (0, True)
    fill(tmp_path / "told.db")
    done = palimpsest("ontology", "check", write(tmp_path), **store)
    assert "'employed_byy', used by 2 facts, is near" in done.stdout
    bad = write(tmp_path, '[relations.likes]\nlabel = "likes"\nexclusive = "both"\n')
    assert "line 3" in refused(palimpsest("ontology", "check", bad, **store), 2)


def test_belief_is_drawn_anew_group_by_group(tmp_path: Path) -> None:
    fill(tmp_path / "told.db")
    store = {"store": str(tmp_path / "told.db"), "ontology": write(tmp_path)}
    done = palimpsest("ontology", "apply", **store)
    assert done.returncode == 0, done.stderr
    assert "'mine': " in done.stdout
    assert "FACT_ENDED" in done.stdout
    assert "nothing to do" in palimpsest("ontology", "apply", "--group", "mine", **store).stdout
    assert "'other'" in refused(palimpsest("ontology", "apply", "--group", "other", **store), 1)


def test_names_that_are_known_or_far_are_not_near() -> None:
    known = load_ontology()
    assert near_names(known, {"works_at": 3, "works at": 1, "juggles_with": 2}) == []
    assert near_names(known, {"work_at": 1}) == [
        "'work_at', used by 1 fact, is near 'works at': if it is works_at, add it to its `surface`."
    ]
