"""No one is merged into an entity that is merged itself, whatever is undone in whatever order."""

from dataclasses import replace

from graph.family import asked, settled
from graph.model import Entity
from tests.graph.scripted import day


def known(uuid: str, into: str | None = None, *aliases: str) -> Entity:
    return Entity(uuid, "g", uuid.title(), "Person", None, day(0), day(0), aliases=aliases, merged_into=into)


def family(*entities: Entity) -> dict[str, Entity]:
    return {e.uuid: e for e in entities}


def into(pairs: list[tuple[Entity, Entity]]) -> dict[str, str | None]:
    return {then.uuid: then.merged_into for _, then in pairs}


def test_families_are_asked_of_those_alone_that_are_one_with_others_than_now() -> None:
    freed, renamed = (known("a", "b"), known("a")), (known("c"), replace(known("c"), name="Cy"))
    assert asked([freed, renamed]) == ["a", "b"]
    assert asked([renamed]) == []


def test_one_that_is_freed_takes_its_names_with_it_from_whom_it_came_to_by_way_of_another() -> None:
    kept = known("c", None, "B", "A", "Cy")
    pairs = settled([(known("a", "c"), known("a"))], family(known("a", "c"), kept))
    assert [(then.uuid, then.aliases) for _, then in pairs] == [("a", ()), ("c", ("B", "Cy"))]


def test_one_that_returns_to_a_merged_one_is_one_with_whom_that_is_and_brings_its_own() -> None:
    pairs = settled([(known("a"), known("a", "b"))], family(known("a"), known("b", "c"), known("c"), known("m", "a")))
    assert into(pairs) == {"a": "c", "m": "c"}


def test_what_was_merged_the_other_way_round_meanwhile_stays() -> None:
    assert settled([(known("a"), known("a", "b"))], family(known("a"), known("b", "a"))) == []
