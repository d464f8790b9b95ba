from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.language import Mention, MentionKind
from graph.model import Entity
from graph.ontology import load_ontology
from graph.resolve import Resolution, Verdict, entity_key, first_name, next_key, normal, resolve
from graph.views import Candidate
from tests.graph.told import day

ONTOLOGY = load_ontology()
SAME, NEW, UNSURE = Verdict.SAME, Verdict.NEW, Verdict.UNSURE
NAME, FIRST_NAME, ROLE, SPEAKER = MentionKind.NAME, MentionKind.FIRST_NAME, MentionKind.ROLE, MentionKind.SPEAKER


Known = tuple[Entity, datetime | None]
"""An entity, and when it was last spoken of in the session."""


def known(name: str, type_: str = "Person", *aliases: str, key: str | None = None, seen: datetime | None = None) -> Known:
    return Entity(f"{name}/{type_}/{key}", "g", name, type_, key or entity_key(name, type_), day(0), day(0), aliases), seen


def candidates(mention: Mention, group: tuple[Known, ...]) -> list[Candidate]:
    """What a store finds for a mention: each entity once a name, by its best match."""
    asked = {normal(name) for name in (mention.text, first_name(mention.text), *mention.aliases)}
    found = []
    for entity, seen in group:
        names = {normal(first_name(entity.name)): "FIRST_NAME", **{normal(a): "ALIAS" for a in entity.aliases}, normal(entity.name): "KEY"}
        found += [Candidate(name, entity, how, seen) for name, how in names.items() if name in asked]
    return found


def resolved(mention: Mention, *group: Known) -> Resolution:
    return resolve(mention, candidates(mention, group), ONTOLOGY)


def outcome(resolution: Resolution) -> tuple[Verdict, str | None]:
    assert resolution.reason
    return resolution.verdict, resolution.entity.name if resolution.entity else None


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  Anna  Maria ", "anna maria"),
        ("ANNA-MARIA", "anna maria"),
        ("Straße", "strasse"),
        ("\uff34\uff4f\uff4b\uff59\uff4f", "tokyo"),
        ("Anna\u2019s sister", "anna's sister"),
        ("snake_case", "snake case"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("R&B", "r&b"),
        ("100%", "100%"),
        ("3.5", "3.5"),
        ("-5", "-5"),
        ("1-5", "1 5"),
        ("10:30", "10:30"),
        ("2024-03-10", "2024 03 10"),
        ("Oslo.", "oslo"),
        ("?!", "?!"),
        ("\U0001f600", "\U0001f600"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_and_punctuation(name: str, folded: str) -> None:
    assert normal(name) == folded


@given(st.text())
def test_a_normal_name_is_its_own(name: str) -> None:
    assert normal(normal(name)) == normal(name)
    assert bool(normal(name)) == bool(name.strip())


def test_namesakes_get_numbered_keys() -> None:
    key = entity_key("Anna", "Person")
    assert key == entity_key(" ANNA ", "Person") != entity_key("Anna", "City")
    assert next_key(key, ()) == key
    assert next_key(key, {key}) == f"{key}#2"
    assert next_key(key, {key, f"{key}#2"}) == f"{key}#3"


def test_first_names() -> None:
    assert (first_name("Ben Ortiz"), first_name("Ben"), first_name(" ")) == ("Ben", "Ben", " ")


def test_a_name_is_the_one_of_that_name() -> None:
    assert outcome(resolved(Mention(NAME, "ANNA", "Person"), known("Anna"), known("Ben"))) == (SAME, "Anna")
    assert outcome(resolved(Mention(NAME, "Carl", "Person"), known("Anna"))) == (NEW, None)


def test_a_name_of_another_type_is_another() -> None:
    assert outcome(resolved(Mention(NAME, "Florence", "City"), known("Florence"))) == (NEW, None)
    assert outcome(resolved(Mention(NAME, "Florence", "Place"), known("Florence", "City"))) == (SAME, "Florence")
    assert outcome(resolved(Mention(NAME, "Florence", "Thing"), known("Florence", "City"))) == (SAME, "Florence")


def test_exactly_the_type_comes_before_one_it_may_be() -> None:
    found = resolved(Mention(NAME, "Amazon", "Thing"), known("Amazon", "Company"), known("Amazon", "Thing"))
    assert found.entity is not None and found.entity.type == "Thing"


def test_an_alias_stands_for_its_entity() -> None:
    assert outcome(resolved(Mention(NAME, "Benny", "Person"), known("Benjamin Ortiz", "Person", "Benny"))) == (SAME, "Benjamin Ortiz")


def test_a_name_comes_before_an_alias() -> None:
    assert outcome(resolved(Mention(NAME, "Sam", "Person"), known("Samuel", "Person", "Sam"), known("Sam"))) == (SAME, "Sam")


def test_a_first_name_is_the_only_one_in_the_group() -> None:
    assert outcome(resolved(Mention(FIRST_NAME, "Ben", "Person"), known("Ben Ortiz"), known("Anna"))) == (SAME, "Ben Ortiz")


def test_a_first_name_is_the_one_last_spoken_of_in_the_session() -> None:
    group = known("Ben Ortiz", seen=day(3)), known("Ben Keller", seen=day(5)), known("Ben Low")
    assert outcome(resolved(Mention(FIRST_NAME, "Ben", "Person"), *group)) == (SAME, "Ben Keller")


def test_a_first_name_of_several_not_spoken_of_is_unsure() -> None:
    found = resolved(Mention(FIRST_NAME, "Ben", "Person"), known("Ben Ortiz"), known("Ben Keller"))
    assert outcome(found) == (UNSURE, None)
    assert found.reason == "'Ben' may be any of several with this first name: Ben Keller, Ben Ortiz"


def test_having_once_been_called_by_the_first_name_alone_does_not_win_it() -> None:
    group = known("Ben Ortiz", "Person", "Ben", seen=day(3)), known("Ben Keller", seen=day(5))
    assert outcome(resolved(Mention(FIRST_NAME, "Ben", "Person"), *group)) == (SAME, "Ben Keller")
    assert outcome(resolved(Mention(FIRST_NAME, "Ben", "Person"), group[0])) == (SAME, "Ben Ortiz")


def test_people_of_one_name_are_told_apart_by_the_session() -> None:
    first, second = known("Anna"), known("Anna", key=f"{entity_key('Anna', 'Person')}#2", seen=day(2))
    assert resolved(Mention(NAME, "Anna", "Person"), first, second).entity is second[0]
    assert outcome(resolved(Mention(NAME, "Anna", "Person"), first, (second[0], None))) == (UNSURE, None)


def test_only_people_have_first_names() -> None:
    assert outcome(resolved(Mention(NAME, "Mount", "Thing"), known("Mount Doom", "Place"))) == (NEW, None)


def test_a_full_name_completes_the_only_one_known_by_the_first_name() -> None:
    found = resolved(Mention(NAME, "Ben Ortiz", "Person"), known("Ben"), known("Anna"))
    assert (*outcome(found), found.rename) == (SAME, "Ben", "Ben Ortiz")


@pytest.mark.parametrize(
    "group",
    [
        (known("Ben Keller"),),
        (known("Ben"), known("Ben Keller")),
        (known("Ben", "Person", "Ben Keller"),),
        (known("Ben", "Animal"),),
        (known("Ben", "Person", "Ada's cousin"), known("Ben Low")),
    ],
)
def test_a_full_name_is_someone_new_where_the_first_name_has_a_surname_or_several_have_it(group: tuple[Known, ...]) -> None:
    assert outcome(resolved(Mention(NAME, "Ben Ortiz", "Person"), *group)) == (NEW, None)


def test_a_longer_name_of_an_unknown_type_completes_nothing() -> None:
    assert outcome(resolved(Mention(NAME, "Ben Nevis", "Thing"), known("Ben"))) == (NEW, None)


def test_a_shared_role_tells_who_is_meant() -> None:
    cousin = Mention(NAME, "Leo Low", "Person", aliases=("Ada's cousin",))
    assert outcome(resolved(cousin, known("Leo", "Person", "Ada's cousin"), known("Leo Park"))) == (SAME, "Leo")
    assert outcome(resolved(cousin, known("Leo", "Person", "Bo's colleague"))) == (NEW, None)


def test_a_speaker_is_the_one_of_the_name() -> None:
    speaker = Mention(SPEAKER, "Anna", "Person")
    second = known("Anna", key=f"{entity_key('Anna', 'Person')}#2", seen=day(2))
    assert resolved(speaker, second, known("Anna")).entity == known("Anna")[0]
    assert outcome(resolved(speaker, known("Annabel Low", "Person", "Anna"))) == (SAME, "Annabel Low")
    assert outcome(resolved(speaker, known("Anna", "Thing"))) == (NEW, None)
    assert outcome(resolved(Mention(SPEAKER, "Anna Low", "Person"), known("Anna"))) == (NEW, None)


def test_a_role_is_found_by_its_alias() -> None:
    sister = Mention(ROLE, "Anna's sister", "Person")
    assert outcome(resolved(sister, known("Mia", "Person", "Anna's sister"))) == (SAME, "Mia")
    assert outcome(resolved(sister, known("Anna"))) == (NEW, None)


@pytest.mark.parametrize("kind", [MentionKind.THING, MentionKind.VALUE])
def test_things_and_values_stand_for_themselves(kind: MentionKind) -> None:
    mention = Mention(kind, "pottery class", "Activity")
    assert outcome(resolved(mention, known("Pottery Class", "Activity"))) == (SAME, "Pottery Class")
    assert outcome(resolved(mention, known("pottery", "Activity"))) == (NEW, None)


def test_a_thing_of_one_word_is_no_ones_first_name() -> None:
    assert resolved(Mention(NAME, "Tern", "Thing"), known("Tern Vale")).verdict is NEW
    assert resolved(Mention(FIRST_NAME, "Tern", "Person"), known("Tern Vale")).verdict is SAME
