"""A group made again from the lines of an archive: what was kept, then every operation in its turn.

All times of one operation are one instant, so the records that carry an instant are what the operation of that instant wrote.
An import that was interrupted leaves the group as it once was, and goes on from there when it is repeated.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from graph.archive import EntityLine, FactLine, decoded
from graph.counted import counted
from graph.delta import Closing, Delta, Retraction, Vectors
from graph.errors import Conflict
from graph.gather import Archive
from graph.model import Assertion, Change, Entity, Episode, Fact, Group, Review, Vector, Work, WorkState
from graph.stores.base import Keeping, Store

FINISHED = (WorkState.DONE, WorkState.PARKED)
IMPORTING = "it is being imported"
"""The error that unfinished Work is parked with until the import is done, so that no worker takes it up before."""


@dataclass(slots=True)
class Operation:
    """What one operation wrote."""

    at: datetime
    names: set[str] = field(default_factory=set)
    entities: list[Entity] = field(default_factory=list)
    revised: list[Entity] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    reinstated: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    retractions: list[Retraction] = field(default_factory=list)
    supports: list[tuple[str, str]] = field(default_factory=list)
    confidences: list[tuple[str, float]] = field(default_factory=list)
    mentions: list[tuple[str, str]] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    undoes: str | None = None
    entity_vectors: dict[str, Vector] = field(default_factory=dict)
    fact_vectors: dict[str, Vector] = field(default_factory=dict)
    episode_vectors: dict[str, Vector] = field(default_factory=dict)

    def delta(self, group: str, version: int) -> Delta:
        """`names` holds the operation's id, if some record tells it."""
        return Delta(
            group=group,
            version=version,
            operation=min(self.names, default=str(uuid4())),
            at=self.at,
            entities=self.entities,
            revised=self.revised,
            assertions=self.assertions,
            withdrawn=self.withdrawn,
            reinstated=self.reinstated,
            facts=self.facts,
            closings=self.closings,
            retractions=self.retractions,
            supports=self.supports,
            confidences=self.confidences,
            mentions=self.mentions,
            changes=self.changes,
            reviews=self.reviews,
            vectors=Vectors(self.entity_vectors, self.fact_vectors, self.episode_vectors),
            undoes=self.undoes,
        )


def keepings(archive: Archive) -> list[Keeping]:
    """What was kept, a Work at a time, in order. Work that is not finished is parked, so that no worker takes it up yet."""
    of_work: defaultdict[str, list[Episode]] = defaultdict(list)
    for line in archive.episodes.values():
        of_work[line.episode.work or ""].append(line.episode)
    return [_keeping(archive, archive.works[uuid], episodes) for uuid, episodes in of_work.items()]


def _keeping(archive: Archive, work: Work, episodes: Sequence[Episode]) -> Keeping:
    session = episodes[0].session
    return Keeping(
        group=archive.head.name,
        session=session,
        episodes=episodes,
        work=work.uuid,
        at=work.queued_at,
        session_uuid=archive.sessions[session].uuid if session is not None else None,
        restored=work if work.state in FINISHED else replace(work, state=WorkState.PARKED, error=IMPORTING),
    )


def operations(archive: Archive) -> list[Operation]:
    """What was written since, an operation at a time, in order."""
    return _Replay(archive).operations()


class _Replay:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._at: dict[datetime, Operation] = {}

    def operations(self) -> list[Operation]:
        archive = self._archive
        for line in archive.entities.values():
            self._entity(line)
        for assertion in archive.assertions.values():
            self._assertion(assertion)
        for drawn in archive.facts.values():
            self._fact(drawn)
        for mention in archive.mentions:
            self._of(mention.recorded_at).mentions.append((mention.episode, mention.entity))
        for review in archive.reviews:
            self._review(review)
        logged = {change.uuid: change for change in archive.changes}
        for change in archive.changes:
            operation = self._of(change.at, change.operation)
            operation.changes.append(change)
            if change.undoes in logged:
                operation.undoes = logged[change.undoes].operation
        if archive.head.last_at >= archive.head.created_at:
            self._of(archive.head.last_at)
        ordered = [self._at[at] for at in sorted(self._at)]
        self._episode_vectors(ordered)
        self._name(ordered)
        return ordered

    def _name(self, ordered: Sequence[Operation]) -> None:
        """Leaves each its own id: what was adopted names one operation at many instants, and it is the one that the log tells of."""
        logged = {change.operation for change in self._archive.changes}
        used: set[str] = set()
        for operation in ordered:
            elsewhere = logged - {change.operation for change in operation.changes}
            operation.names = {min(operation.names - elsewhere - used, default=str(uuid4()))}
            used |= operation.names

    def _of(self, at: datetime, name: str | None = None) -> Operation:
        operation = self._at.setdefault(at, Operation(at))
        if name is not None:
            operation.names.add(name)
        return operation

    def _entity(self, line: EntityLine) -> None:
        first, *later = line.versions
        made = self._of(first.recorded_at)
        made.entities.append(first)
        for version in later:
            self._of(version.recorded_at).revised.append(version)
        if line.vector is not None:
            made.entity_vectors[first.uuid] = decoded(line.vector)

    def _assertion(self, told: Assertion) -> None:
        a = self._counted(told)
        made = self._of(a.recorded_at, a.operation)
        if a.withdrawn_at == a.recorded_at:
            made.assertions.append(a)
            return
        made.assertions.append(replace(a, withdrawn_at=None, withdrawn_by=None, lapses=()))
        for lapse in a.lapses:
            self._of(lapse.at, lapse.by).withdrawn.append(a.uuid)
            self._of(lapse.until).reinstated.append(a.uuid)
        if a.withdrawn_at is not None:
            self._of(a.withdrawn_at, a.withdrawn_by).withdrawn.append(a.uuid)

    def _counted(self, a: Assertion) -> Assertion:
        """As it counted when it was recorded: for those that its ends were one with then."""
        return counted(a, {uuid: self._one_with(uuid, a.recorded_at) for uuid in (a.subject, a.object)})

    def _one_with(self, uuid: str, at: datetime) -> str:
        versions = self._archive.entities[uuid].versions
        present = [version for version in versions if version.recorded_at <= at]
        return (present[-1].merged_into if present else None) or uuid

    def _fact(self, line: FactLine) -> None:
        fact = line.fact
        at_first, later = self._supports(fact)
        made = self._of(fact.created_at)
        made.facts.append(self._as_made(fact, at_first))
        if line.vector is not None:
            made.fact_vectors[fact.uuid] = decoded(line.vector)
        for at, assertion in later:
            self._of(at).supports.append((fact.uuid, assertion))
        for before, value in zip(fact.confidences, _values(fact)[1:], strict=True):
            self._of(before.until).confidences.append((fact.uuid, value))
        if fact.expired_at is not None and fact.invalid_at is not None and fact.invalid_at_precision is not None:
            self._of(fact.expired_at).closings.append(Closing(fact.uuid, fact.invalid_at, fact.invalid_at_precision))
        if fact.retracted_at is not None:
            self._of(fact.retracted_at).retractions.append(Retraction(fact.uuid, fact.replaced_by))

    def _as_made(self, fact: Fact, assertions: Sequence[str]) -> Fact:
        """The record when it was written: not closed, not withdrawn, and resting on less."""
        said_in = {self._archive.assertions[uuid].episode for uuid in assertions}
        episodes = tuple(uuid for uuid in fact.episodes if uuid in said_in)
        first = {"confidence": _values(fact)[0], "confidences": ()}
        made = replace(fact, assertions=tuple(assertions), episodes=episodes, retracted_at=None, replaced_by=None, **first)  # type: ignore[arg-type]
        return made if fact.expired_at is None else replace(made, invalid_at=None, invalid_at_precision=None, expired_at=None)

    def _supports(self, fact: Fact) -> tuple[list[str], list[tuple[datetime, str]]]:
        """The assertions a record was made with, and those added later, each with the operation's instant."""
        at_first: list[str] = []
        later: list[tuple[datetime, str]] = []
        at = fact.created_at
        for uuid in fact.assertions:
            at = max(at, self._archive.assertions[uuid].recorded_at)
            if at == fact.created_at:
                at_first.append(uuid)
            else:
                later.append((at, uuid))
        return at_first, later

    def _review(self, review: Review) -> None:
        self._of(review.opened_at).reviews.append(replace(review, resolved_at=None, resolution=None))
        if review.resolved_at is not None:
            self._of(review.resolved_at).reviews.append(review)

    def _episode_vectors(self, ordered: Sequence[Operation]) -> None:
        """They are written when an episode is learnt from: with the first operation after it was kept."""
        instants = [operation.at for operation in ordered]
        for line in self._archive.episodes.values():
            place = min(bisect_left(instants, line.episode.created_at), len(ordered) - 1)
            if line.vector is not None and place >= 0:
                ordered[place].episode_vectors[line.episode.uuid] = decoded(line.vector)


def _values(fact: Fact) -> list[float]:
    """How sure it ever was, in order."""
    return [*(before.value for before in fact.confidences), fact.confidence]


async def restore(store: Store, archive: Archive, progress: Callable[[], object] = lambda: None) -> Group:
    """Makes the group, or goes on where an import of the same lines was interrupted. `progress` is told of each step (`steps`).

    Raises Conflict where a group of that name is there that is not the beginning of this one.
    """
    name = archive.head.name
    group = await store.group(name)
    if group is None:
        await _require_free(store, archive)
        group = await store.configure(name, archive.head.settings, archive.head.created_at)
    else:
        await _require_beginning(store, archive, group)
    known = await store.works(name, list(archive.works))
    for keeping in keepings(archive):
        if keeping.work not in known:
            await store.keep(keeping)
        progress()
    version = group.version
    for operation in operations(archive):
        if operation.at > group.last_at:
            await store.apply(replace(operation.delta(name, version), ontology=archive.head.ontology_hash, space=archive.head.space))
            version += 1
        progress()
    for work in archive.works.values():
        if work.state not in FINISHED:
            await store.retry(name, work.uuid)
    restored = await store.group(name)
    return restored or group


def steps(archive: Archive) -> int:
    """How many steps `restore` takes."""
    return len(archive.works) + len(operations(archive))


async def _require_free(store: Store, archive: Archive) -> None:
    """Told before anything is written: a group that is to stand twice cannot, where a store has each uuid only once."""
    known = await store.holder_of([*list(archive.episodes)[:1], *list(archive.entities)[:1]])
    if known is not None:
        hint = "Ids are unique in a Neo4j database: import it into another one, or into a file."
        raise Conflict(f"what {archive.head.name!r} would hold is there already, in the group {known!r}", hint=hint)


async def _require_beginning(store: Store, archive: Archive, group: Group) -> None:
    """The group that is there must be what an interrupted import of the same lines left."""
    contents = await store.contents(group.name)
    theirs = ((contents.episodes, archive.episodes), (contents.facts, archive.facts), (contents.entities, archive.entities))
    ours = all(uuid in lines for uuids, lines in theirs for uuid in uuids)
    if not ours or list(contents.changes) != [c.uuid for c in archive.changes][: len(contents.changes)]:
        raise Conflict(f"there is a group {group.name!r} already", hint="Import it under another name: --group NAME.")
    parked = await store.works(group.name, list(archive.works))
    unfinished = len(parked) < len(archive.works) or any(work.error == IMPORTING for work in parked.values())
    if group.last_at >= archive.head.last_at and not unfinished:
        raise Conflict(f"the group {group.name!r} is there already, with all that the file holds", hint="There is nothing to do.")
