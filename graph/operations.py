"""Which operations live, and what lives by them: a pure function of which operation undoes which.

An operation lives unless a living one undoes it. An assertion lives if the operation that made it lives and no living operation
withdraws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.delta import Delta
from graph.model import Assertion, Entity, Operation

FIELDS = ("name", "type", "key", "summary", "merged_into")
"""What an operation may make of an entity, beside its aliases and whom it is apart from."""


def recorded(delta: Delta) -> Operation:
    """What a Delta does, as it is kept beside the records. The store finds the `root` of one that undoes another.

    An undoing asserts and withdraws nothing itself: what it turns follows from what it undoes.
    """
    own = delta.undoes is None
    dead = (a.uuid for a in delta.assertions if a.withdrawn_by == delta.operation)
    return Operation(
        uuid=delta.operation,
        at=delta.at,
        root=delta.operation,
        undoes=delta.undoes,
        changes=tuple(c.uuid for c in delta.changes),
        asserted=tuple(a.uuid for a in delta.assertions),
        withdrew=tuple(dict.fromkeys((*delta.withdrawn, *dead))) if own else (),
        revised=tuple(e.uuid for e in delta.revised),
        reviews=tuple(r.uuid for r in delta.reviews),
        updates=(delta.settings[0].updates, delta.settings[1].updates) if delta.settings else None,
    )


def undone(operations: Iterable[Operation]) -> dict[str, Operation]:
    """Those that do not live, each with the living one that undoes it. `operations` holds all that undo any of them."""
    by: dict[str, Operation] = {}
    for operation in sorted(operations, key=lambda o: o.at, reverse=True):  # what undoes it is later, and so is settled
        if operation.undoes is not None and operation.uuid not in by:
            by[operation.undoes] = operation
    return by


def chain(operation: Operation, operations: Iterable[Operation]) -> list[Operation]:
    """The operation, what it undoes, what that undoes, and so on: all that undoing it turns."""
    known = {o.uuid: o for o in operations}
    turned = [operation]
    while (before := turned[-1].undoes) is not None and before in known:
        turned.append(known[before])
    return turned


def makers(assertion: Assertion) -> list[str]:
    """The operations that its life may hang on: the one that made it, and those by which it was ever withdrawn."""
    by = [*(lapse.by for lapse in assertion.lapses), *([assertion.withdrawn_by] if assertion.withdrawn_by else [])]
    return list(dict.fromkeys((assertion.operation, *by)))


def lives(assertion: Assertion, operations: Iterable[Operation]) -> bool:
    """Whether it does, given all operations that its life hangs on and all that undo these. What no record tells of lives."""
    given = list(operations)
    dead = undone(given)
    undoings = {o.uuid for o in given if o.undoes is not None}
    made, *withdrawing = makers(assertion)
    if assertion.withdrawn_by == made or any(lapse.by == made for lapse in assertion.lapses):
        return False  # taken back in the same breath
    return made not in dead and all(by in dead or by in undoings for by in withdrawing)


@dataclass(frozen=True, slots=True)
class Turned:
    """The assertions that an undoing turns: those that live no more, and those that live again."""

    withdrawn: tuple[Assertion, ...] = ()
    reinstated: tuple[Assertion, ...] = ()


def turned(undoing: Operation, operations: Sequence[Operation], assertions: Iterable[Assertion]) -> Turned:
    """`assertions` are those of the `chain` of what is undone, `operations` all that their lives hang on."""
    after = (*operations, undoing)
    withdrawn: list[Assertion] = []
    reinstated: list[Assertion] = []
    for assertion in assertions:
        if (now := lives(assertion, after)) != (assertion.withdrawn_at is None):
            (reinstated if now else withdrawn).append(assertion)
    return Turned(tuple(withdrawn), tuple(reinstated))


@dataclass(frozen=True, slots=True)
class Reverted:
    """An entity without what an operation made of it (None: it reads as before), and what of that was revised since, and so stays."""

    entity: Entity | None
    kept: tuple[str, ...] = ()


def reverted(versions: Sequence[Entity], operation: Operation) -> Reverted:
    """`versions` are all of an entity, oldest first. What later operations made of it stays."""
    place = next((n for n, version in enumerate(versions) if version.recorded_at == operation.at), 0)
    if place == 0:  # it made the entity: there is nothing to go back to
        return Reverted(None)
    before, after, present = versions[place - 1], versions[place], versions[-1]
    changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    kept = tuple(name for name in changed if _is_overtaken(name, after, present))
    back = {name: getattr(before, name) for name in changed if name not in kept}
    one = replace(present, **back)
    entity = replace(one, aliases=_other_names(before, after, present, one.name), apart=_without(before.apart, after.apart, present.apart))
    return Reverted(None if entity == present else entity, kept)


def _is_overtaken(name: str, after: Entity, present: Entity) -> bool:
    """A merged entity follows the one it is merged into, which is no decision about itself."""
    if name == "merged_into" and after.merged_into is not None:
        return present.merged_into is None
    return bool(getattr(present, name) != getattr(after, name))


def _other_names(before: Entity, after: Entity, present: Entity, name: str) -> tuple[str, ...]:
    """A former name is an alias of whoever was renamed since, whichever of its renamings stand."""
    if (present.name, present.aliases) == (after.name, after.aliases):
        return before.aliases
    others = _without((*before.aliases, before.name), (*after.aliases, after.name), present.aliases)
    return tuple(other for other in others if other != name)


def _without(before: tuple[str, ...], after: tuple[str, ...], present: tuple[str, ...]) -> tuple[str, ...]:
    """What is there of the present without what came between before and after, and with what went then."""
    if present == after:
        return before
    own = [item for item in present if item in before or item not in after]
    return tuple(dict.fromkeys((*own, *(item for item in before if item not in after))))
