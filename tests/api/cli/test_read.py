"""`ask`, `facts`, `timeline` on a store that no service holds."""

import json
from pathlib import Path

import pytest

from graph.recall.render import TEMPLATES
from tests.api.cli.command import palimpsest, refused, write_chat


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("read")
    early = write_chat(folder / "early.jsonl", "I've lived in Faro since 2020.", "I love figs.", session="early")
    late = folder / "late.jsonl"
    late.write_text(write_chat(late, "I moved to Evora in June.", session="late").read_text().replace("2025-03-02", "2025-07-02"))
    path = str(folder / "memory.db")
    done = palimpsest("remember", early, late, "--group", "mine", store=path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_group_that_is_not_there_is_told_in_each_template(store: str, template: str) -> None:
    assert "no group 'mien'" in refused(palimpsest("ask", "mien", "Where?", "--template", template, store=store), 1)


@pytest.mark.parametrize("template", TEMPLATES)
def test_ask_lays_its_answer_out_in_each_template(store: str, template: str) -> None:
    shown = palimpsest("ask", "mine", "Where does Ines live?", "--template", template, store=store)
    assert "Evora" in shown.stdout
    assert (shown.stdout.startswith("{"), "Facts" in shown.stdout) == (template == "json", template == "default")


def test_ask_says_that_a_budget_is_too_small(store: str) -> None:
    done = palimpsest("ask", "mine", "Where does Ines live?", "--budget", "2", store=store)
    assert "does not fit into 2 tokens" in done.stdout


def test_a_question_that_is_no_text_is_refused(store: str) -> None:
    assert "not text" in refused(palimpsest("ask", "mine", "In\udcffes", store=store), 2)


def test_ask_shows_what_holds_and_as_of_earlier_what_held(store: str) -> None:
    now = palimpsest("ask", "mine", "Where does Ines live?", store=store)
    assert (now.returncode, "Evora" in now.stdout) == (0, True), now.stderr
    then = palimpsest("ask", "mine", "Where does Ines live?", "--as-of", "2025-04", "--json", store=store)
    told = json.loads(then.stdout)
    assert any("Faro" in ranked["fact"]["text"] for ranked in told["context"]["facts"])
    assert told["asOf"]["valid"].startswith("2025-04-30T23:59:59")


def test_facts_of_an_entity_by_status(store: str) -> None:
    holding = palimpsest("facts", "mine", "--entity", "Ines", store=store)
    assert "Evora" in holding.stdout
    assert "Faro" not in holding.stdout
    ended = palimpsest("facts", "mine", "--entity", "Ines", "--status", "ended", store=store)
    assert "Faro" in ended.stdout


def test_facts_say_when_there_are_more(store: str) -> None:
    done = palimpsest("facts", "mine", "--first", "1", store=store)
    assert "--first" in done.stderr


@pytest.mark.parametrize(
    "words", [["ask", "mien", "Where?"], ["facts", "mien"], ["facts", "mien", "--json"], ["timeline", "mien", "Ines"], ["export", "mien"]]
)
def test_a_group_that_is_not_there_is_an_error_that_names_those_there_are(store: str, words: list[str]) -> None:
    told = refused(palimpsest(*words, store=store), 1)
    assert "there is no group 'mien'" in told and "There is 'mine'." in told


def test_a_group_of_which_nothing_was_known_yet_is_empty(store: str) -> None:
    assert palimpsest("facts", "mine", "--known", "2020", "--json", store=store).stdout == "[]\n"
    assert "Nothing is known" in palimpsest("ask", "mine", "Where does Ines live?", "--known", "2020", store=store).stdout


def test_a_timeline_tells_what_replaced_what(store: str) -> None:
    lines = palimpsest("timeline", "mine", "Ines", "lives_in", store=store).stdout.splitlines()
    assert ["Faro" in lines[1], "Evora" in lines[2]] == [True, True], lines


def test_an_unknown_entity_and_a_bad_date_are_errors(store: str) -> None:
    assert "'Zeno'" in refused(palimpsest("timeline", "mine", "Zeno", store=store), 1)
    assert "'Zeno'" in refused(palimpsest("facts", "mine", "--entity", "Zeno", store=store), 1)
    assert "'last week'" in refused(palimpsest("ask", "mine", "Where?", "--as-of", "last week", store=store), 2)
    for option in ("--as-of", "--known"):
        told = refused(palimpsest("facts", "mine", option, "2023-13", store=store), 2)
        assert f"{option}: '2023-13' is not a time" in told and "2024-03-10" in told and "DateTime" not in told
    assert "100000" in refused(palimpsest("facts", "mine", "--first", "100000", store=store), 2)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert "missing.db" in refused(palimpsest("ask", "mine", "Where?", store=str(missing)), 1)
    assert not missing.exists()
