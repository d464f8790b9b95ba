"""Words that are found, and what is left without them."""

from dataclasses import replace

import pytest

from graph.erasure import Gone
from graph.model import Change, ChangeKind, Entity, Fact, Review, ReviewKind
from graph.time import Precision
from graph.traces import Phrases, asking, called, drawn_from, line_of, names_since, renamed, told_in, without
from tests.graph.told import a, day

GONE = Gone(episodes=frozenset({"e"}), entities=frozenset({"n"}), facts={"f": None}, works=frozenset({"w"}))  # type: ignore[dict-item]
CHANGE = Change("c", "g", "op", ChangeKind.FACT_ADDED, day(1), "local", "told", "Ana moved", 7, "x", ("k",), ("m",))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("Al", "also", False),
        ("Al", "said by AL.", True),
        ("Ana lives in Rome", "taken back: 'ana lives in Rome'", True),
        ("Ana lives in Rome", "Ana lives in Romeo", False),
        ("two\nlines", r"said: 'two\nlines'", True),
        ("", "anything", False),
        ("!?", "!?", False),
    ],
)
def test_phrases_are_found_as_whole_words(phrase: str, text: str, found: bool) -> None:
    assert Phrases([phrase, None]).within(text) is found


@pytest.mark.parametrize(
    "about", [{"facts": ("k", "f")}, {"entities": ("m", "n")}, {"episode": "e"}, {"reason": "said before: 'Rome'"}, {"at": day(2)}]
)
def test_a_change_that_may_tell_of_it_has_no_reason_any_more(about: dict[str, object]) -> None:
    left = without(replace(CHANGE, **about), replace(GONE, instants=frozenset({day(2)})), Phrases(["Rome"]))  # type: ignore[arg-type]
    assert (left.reason, left.seq, left.kind, left.facts, left.entities) == ("", 7, ChangeKind.FACT_ADDED, ("k",), ("m",))
    assert left.episode in ("x", None)


def test_any_other_change_stays_as_it_is() -> None:
    assert without(CHANGE, GONE, Phrases(["Rome"])) == CHANGE
    assert without(replace(CHANGE, work="w"), GONE, Phrases([])) == CHANGE
    by_rule = replace(CHANGE, actor="extractor:local")
    assert without(by_rule, replace(GONE, instants=frozenset({by_rule.at})), Phrases([])) == by_rule


def test_a_review_goes_where_nothing_is_left_to_ask_about() -> None:
    asked = Review("r", "g", ReviewKind.DUPLICATE, "'Ana' may be any of several", day(1), entities=("m", "n"))
    assert asking(asked, GONE, Phrases([])) is None
    three = asking(replace(asked, entities=("k", "m", "n")), GONE, Phrases([]))
    assert three is not None and (three.entities, three.reason) == (("k", "m"), "")
    others = replace(asked, entities=("k", "m"))
    assert asking(others, GONE, Phrases([])) == others
    assert asking(others, GONE, Phrases(["ana"])) == replace(others, reason="")


def person(name: str, at: float, *aliases: str, summary: str | None = None) -> Entity:
    return Entity("u", "g", name, "Person", f"{name}|Person", day(1), day(at), aliases, summary)


def test_names_are_told_by_themselves_or_by_what_they_are_to_someone() -> None:
    assert told_in("Berta", ["so says berta."])
    assert told_in("Ada's sister", ["my sister is ill"])
    assert not told_in("Ada's sister", ["my brother is ill"])
    assert not told_in("Berta", ["Bertas"])


def test_names_since_are_those_that_an_operation_brought() -> None:
    versions = [person("User", 1), person("Ada", 3, "User"), person("Ada", 5, "User", "Countess")]
    assert names_since(versions, {day(3)}) == {"Ada"}
    assert names_since(versions, {day(5)}) == {"Countess"}
    assert names_since([replace(versions[0], type="Value")], {day(1)}) == set()


def test_without_its_names_an_entity_has_others_or_its_type() -> None:
    versions = [person("User", 1, summary="likes tea"), person("Ada", 3, "User")]
    assert [(v.name, v.aliases, v.key, v.summary) for v in renamed(versions, ["ada"])] == [
        ("User", (), "User|Person", None),
        ("User", (), None, None),
    ]
    assert [(v.name, v.aliases) for v in renamed(versions, ["ada", "user"])] == [("Person", ()), ("Person", ())]
    assert renamed(versions[1:], []) == tuple(versions[1:])


def test_texts_call_by_other_names() -> None:
    assert called("Berta knows Bertas berta", {"Berta": "she", "Berta Zorn": "she"}) == "she knows Bertas she"


def test_denials_in_the_same_words_are_drawn_from_them() -> None:
    said = a("rome", 1, 1, episode="e")
    denied = a("rome", 3, 3, holds=False)
    assert drawn_from(denied, [said])
    assert not drawn_from(replace(denied, text="no more"), [said])
    assert not drawn_from(replace(denied, episode="x"), [said])
    assert not drawn_from(replace(denied, holds=True), [said])


def record(uuid: str, object_: str = "rome", replaced_by: str | None = None) -> Fact:
    return Fact(uuid, "g", "k", "anna", "lives_in", object_, "", day(1), Precision.DAY, day(1), replaced_by=replaced_by)


def test_a_line_is_all_that_one_fact_was_written_as() -> None:
    records = [record("a", replaced_by="b"), record("b", replaced_by="c"), record("c"), record("d"), record("e", "oslo", "c")]
    assert set(line_of(records[2], records)) == set(line_of(records[0], records)) == {"a", "b", "c"}
    assert set(line_of(records[3], records)) == {"d"}
