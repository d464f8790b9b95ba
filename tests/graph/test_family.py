"""No one is merged into an entity that is merged itself, whatever is undone in whatever order; and who was one with whom, and when."""

from collections.abc import Sequence
from dataclasses import replace

from graph.family import Family, alone, asked, by_way, settled
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
    before, kept = known("c", None, "Cy"), replace(known("c", None, "B", "A", "Cy"), recorded_at=day(2))
    merged = replace(known("a", "c"), recorded_at=day(2))
    past = Family({"a": [known("a"), replace(known("a", "b"), recorded_at=day(1)), merged], "c": [before, kept]})
    freed = [(merged, known("a"))]
    assert by_way(freed) == ["a", "c"]
    assert by_way([*freed, (kept, before)]) == []
    pairs = settled(freed, family(merged, kept), past)
    assert [(then.uuid, then.aliases) for _, then in pairs] == [("a", ()), ("c", ("B", "Cy"))]
    b = known("b", "c", "A")
    assert [then.uuid for _, then in settled(freed, family(merged, kept, b), past)] == ["a"]


def test_one_that_returns_to_a_merged_one_is_one_with_whom_that_is_and_brings_its_own() -> None:
    pairs = settled([(known("a"), known("a", "b"))], family(known("a"), known("b", "c"), known("c"), known("m", "a")), Family())
    assert into(pairs) == {"a": "c", "m": "c", "c": None}
    assert [then.aliases for _, then in pairs if then.uuid == "c"] == [("A",)]


def test_what_was_merged_the_other_way_round_meanwhile_stays() -> None:
    assert settled([(known("a"), known("a", "b"))], family(known("a"), known("b", "a")), Family()) == []


def versions(uuid: str, *ones: tuple[float, str | None], name: str | None = None) -> Sequence[Entity]:
    return [Entity(uuid, "g", name or uuid, "Person", None, day(1), day(at), merged_into=one) for at, one in ones]


FAMILY = Family(
    {
        "ann": versions("ann", (1, None), (3, "anna"), (5, None), (7, "annie")),
        "anna": versions("anna", (1, None)),
        "annie": versions("annie", (1, None), (4, "anna"), (6, None)),
    }
)


def test_at_an_instant_an_entity_is_itself_or_one_with_another() -> None:
    assert [FAMILY.at("ann", day(n)) for n in (1, 3, 4, 5, 7, 9)] == ["ann", "anna", "anna", "ann", "annie", "annie"]
    assert FAMILY.at("bo", day(3)) == "bo"
    assert FAMILY.turns("ann") == {day(3): "anna", day(5): "ann", day(7): "annie"}


def test_relatives_are_all_that_were_ever_one_and_members_those_that_are() -> None:
    assert set(FAMILY.relatives("anna")) == {"anna", "ann", "annie"}
    assert FAMILY.relatives("bo") == ("bo",)
    assert FAMILY.members(["annie"]) == ["ann"]
    assert FAMILY.members(["anna"]) == []


def test_without_those_that_are_gone_nobody_was_ever_one_with_them() -> None:
    left = FAMILY.without(["anna"])
    assert set(left.versions) == {"ann", "annie"}
    assert left.turns("ann") == {day(7): "annie"}
    assert left.turns("annie") == {}
    assert FAMILY.ended_by(["anna"]) == [day(3), day(4)]
    assert set(FAMILY.counted_for(["anna"])) == {"ann", "annie"}
    assert FAMILY.counted_for(["ann"]) == []


def test_those_kept_lose_the_names_that_a_merge_brought() -> None:
    kept = [Entity("k", "g", "Kay", "Person", None, day(1), day(at), aliases) for at, aliases in ((1, ("K",)), (3, ("K", "Zorro", "Q")))]
    family = Family({"k": kept, "z": versions("z", (1, None), (3, "k"), name="Zorro")})
    assert family.brought(["z"], "k") == {"Zorro"}
    assert family.brought(["x"], "k") == set()


def test_alone_names_none_of_those_that_are_gone() -> None:
    (left,) = alone([Entity("a", "g", "A", "Person", None, day(1), day(1), merged_into="b", apart=("b", "c"))], ["b"])
    assert (left.merged_into, left.apart) == (None, ("c",))
