"""`palimpsest retry`: what was parked because of another ontology is learnt from once that is mended, and the doctor tells of it."""

from pathlib import Path

import pytest

from tests.api.cli.command import palimpsest, refused, server_settings, write_chat
from tests.api.cli.service import serving
from tests.api.cli.test_ontology import write


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The settings that name a store."""
    return server_settings(request.getfixturevalue("neo4j")) if request.param == "neo4j" else {"store": str(tmp_path / "memory.db")}


def park(folder: Path, store: dict[str, str]) -> dict[str, str]:
    """Under one ontology something is learnt, under the settings returned what comes then is not."""
    first, second = (write_chat(folder / f"{name}.jsonl", words, session=name) for name, words in SAID.items())
    assert palimpsest("remember", first, "--group", "mine", **store).returncode == 0
    other = store | {"ontology": write(folder)}
    told = refused(palimpsest("remember", second, "--group", "mine", **other), 1)
    assert "under another ontology" in told and "palimpsest retry mine" in told
    return other


SAID = {"one": "I live in Faro.", "two": "I work at Harbour Books."}


def test_what_another_ontology_stood_in_the_way_of_is_learnt_from(tmp_path: Path, store: dict[str, str]) -> None:
    other = park(tmp_path, store)
    found = palimpsest("doctor", **other)
    assert found.returncode == 1
    told = " ".join(found.stdout.split())
    assert "1 piece of Work is parked in the group 'mine': SetUpOtherwise: the group 'mine' believes under another ontology" in told
    assert "→ Mend what the error says, then: palimpsest retry mine" in told
    assert "the group 'mine' believes under another ontology than" in told and "own.toml" in told
    assert "parked again: SetUpOtherwise" in refused(palimpsest("retry", **other), 1)
    applied = palimpsest("ontology", "apply", **other)
    assert "1 piece of Work could not be learnt from before: palimpsest retry does now." in applied.stdout, applied.stderr
    assert palimpsest("retry", "mine", **other).stdout == "Learnt from 1 piece of Work.\n"
    assert "Harbour Books" in palimpsest("facts", "mine", **other).stdout
    assert palimpsest("doctor", **other).returncode == 0
    assert palimpsest("retry", "mine", **other).stdout == "Nothing is parked in the group 'mine'.\n"
    assert "There is 'mine'." in refused(palimpsest("retry", "mien", **other), 1)


def test_beside_a_service_it_is_queued_for_it(tmp_path: Path) -> None:
    store = {"store": str(tmp_path / "memory.db")}
    other = park(tmp_path, store)
    assert palimpsest("ontology", "apply", **other).returncode == 0
    with serving(tmp_path / "memory.db", ontology=other["ontology"]) as service:
        assert f"1 piece of Work is queued again: the service at {service.url}" in palimpsest("retry", **other).stdout
        palimpsest("remember", write_chat(tmp_path / "three.jsonl", "I like tea.", session="three"), "--group", "mine", **other)
        assert "Harbour Books" in palimpsest("facts", "mine", **other).stdout
