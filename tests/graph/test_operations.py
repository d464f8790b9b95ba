"""Which operations live, and what lives by them, against the rule as it is told (DECISIONS 9)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from graph.delta import Delta
from graph.model import Assertion, Entity, GroupSettings, Lapse, Operation, Review, ReviewKind, UpdatePolicy
from graph.operations import chain, lives, makers, recorded, reverted, turned, undone
from tests.graph.told import a, day, unhurried


def operation(name: str, at: float, undoes: Operation | None = None, **did: tuple[str, ...]) -> Operation:
    return Operation(name, day(at), undoes.root if undoes else name, undoes.uuid if undoes else None, **did)  # type: ignore[arg-type]


def test_an_operation_lives_unless_a_living_one_undoes_it() -> None:
    first = operation("a", 1)
    undo = operation("b", 2, first)
    redo = operation("c", 3, undo)
    again = operation("d", 4, first)
    assert undone([first]) == {}
    assert undone([first, undo]) == {"a": undo}
    assert undone([redo, undo, first]) == {"b": redo}
    assert undone([first, undo, redo, again]) == {"a": again, "b": redo}
    assert chain(redo, [first, undo, redo, again]) == [redo, undo, first]


def test_what_a_delta_does_is_recorded_by_what_it_names() -> None:
    told = a("rome", 1, 1)
    dead = replace(a("oslo", 1, 1), withdrawn_by="op", withdrawn_at=day(1))
    review = Review("r", "g", ReviewKind.DUPLICATE, "who?", day(1))
    settings = (GroupSettings(), GroupSettings(UpdatePolicy.LATEST))
    delta = Delta("g", 0, "op", day(1), assertions=[told, dead], withdrawn=["w"], reviews=[review], settings=settings)
    found = recorded(delta)
    assert (found.uuid, found.root, found.undoes, found.at) == ("op", "op", None, day(1))
    assert (found.asserted, found.withdrew, found.reviews) == ((told.uuid, dead.uuid), ("w", dead.uuid), ("r",))
    assert found.updates == (UpdatePolicy.ONTOLOGY, UpdatePolicy.LATEST)
    assert recorded(replace(delta, undoes="other")).withdrew == ()


def test_what_was_taken_back_in_the_same_breath_never_lives() -> None:
    dead = replace(a("oslo", 1, 1), operation="op", withdrawn_by="op", withdrawn_at=day(1))
    first = operation("op", 1)
    undo = operation("u", 2, first)
    for operations in ([first], [first, undo], [first, undo, operation("r", 3, undo)]):
        assert not lives(dead, operations)


def test_what_two_operations_withdrew_lives_again_when_both_are_undone() -> None:
    told = replace(a("rome", 1, 1), operation="made", withdrawn_by="b", withdrawn_at=day(4), lapses=(Lapse("a", day(2), day(3)),))
    made, first, undo, second = operation("made", 1), operation("a", 2), None, operation("b", 4)
    undo = operation("ua", 3, first)
    redo = operation("ra", 5, undo)
    assert makers(told) == ["made", "a", "b"]
    assert not lives(told, [made, first, undo, second])
    assert lives(told, [made, first, undo, second, operation("ub", 5, second)])
    assert not lives(told, [made, first, undo, second, redo, operation("ub", 6, second)])


@dataclass
class Naive:
    """The rule said plainly: who made what, who withdrew what, who undid whom; and beside it the assertions as a store keeps them."""

    operations: list[Operation] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    withdrawn: set[tuple[str, str]] = field(default_factory=set)
    kept: dict[str, Assertion] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return day(len(self.operations))

    def alive(self, name: str) -> bool:
        return not any(o.undoes == name and self.alive(o.uuid) for o in self.operations)

    def lives(self, uuid: str) -> bool:
        taken_back = any(of == uuid and self.alive(by) for by, of in self.withdrawn)
        return self.alive(self.made[uuid]) and not taken_back

    def say(self) -> None:
        name, uuid = f"op{len(self.operations)}", f"a{len(self.made)}"
        self.operations.append(operation(name, len(self.operations), asserted=(uuid,)))
        self.made[uuid] = name
        self.kept[uuid] = replace(a("rome", 1, 1), uuid=uuid, operation=name)

    def take_back(self, uuid: str) -> None:
        name = f"op{len(self.operations)}"
        self.withdrawn.add((name, uuid))
        self.kept[uuid] = replace(self.kept[uuid], withdrawn_at=self.now, withdrawn_by=name)
        self.operations.append(operation(name, len(self.operations), withdrew=(uuid,)))

    def undo(self, target: Operation) -> None:
        undoing = operation(f"op{len(self.operations)}", len(self.operations), target)
        touched = [uuid for one in chain(target, self.operations) for uuid in (*one.asserted, *one.withdrew)]
        turn = turned(undoing, self.operations, [self.kept[uuid] for uuid in dict.fromkeys(touched)])
        for gone in turn.withdrawn:
            self.kept[gone.uuid] = replace(gone, withdrawn_at=self.now, withdrawn_by=undoing.uuid)
        for back in turn.reinstated:
            assert back.withdrawn_at is not None and back.withdrawn_by is not None
            lapses = (*back.lapses, Lapse(back.withdrawn_by, back.withdrawn_at, self.now))
            self.kept[back.uuid] = replace(back, withdrawn_at=None, withdrawn_by=None, lapses=lapses)
        self.operations.append(undoing)


@given(st.lists(st.tuples(st.sampled_from(("say", "take back", "undo", "undo", "undo")), st.integers(0, 30)), max_size=25))
@unhurried
def test_after_any_history_of_undoings_what_is_kept_is_what_lives(steps: list[tuple[str, int]]) -> None:
    world = Naive()
    for kind, choice in steps:
        living = [uuid for uuid in world.made if world.lives(uuid)]
        open_ = [o for o in world.operations if world.alive(o.uuid)]
        if kind == "take back" and living:
            world.take_back(living[choice % len(living)])
        elif kind == "undo" and open_:
            world.undo(open_[choice % len(open_)])
        else:
            world.say()
        assert {uuid for uuid, kept in world.kept.items() if kept.withdrawn_at is None} == {u for u in world.made if world.lives(u)}
        assert undone(world.operations).keys() == {o.uuid for o in world.operations if not world.alive(o.uuid)}


def version(at: float, **given: object) -> Entity:
    made = Entity("e", "g", "User", "Person", "user|Person", day(1), day(at))
    return replace(made, **given)  # type: ignore[arg-type]


def test_an_entity_reads_again_as_it_did_before() -> None:
    before, after = version(1), version(2, name="Anna", aliases=("User",))
    found = reverted([before, after], operation("op", 2))
    assert (found.entity, found.kept) == (replace(before, recorded_at=day(2)), ())
    assert reverted([before, after], operation("made it", 1)).entity is None


def test_what_later_operations_made_of_an_entity_stays() -> None:
    before, after = version(1, aliases=("x",)), version(2, name="Anna", aliases=("User", "x"), merged_into="other")
    later = version(3, name="Anna Berg", aliases=("User", "x", "Annie"), merged_into="other", summary="a friend")
    found = reverted([before, after, later], operation("op", 2))
    assert found.entity == replace(later, merged_into=None, aliases=("User", "x", "Annie"))
    assert found.kept == ("name",)
    nothing = reverted([before, after, replace(after, name="Anna Berg", aliases=("x",), merged_into=None)], operation("op", 2))
    assert nothing.entity is None
