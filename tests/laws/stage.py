"""A history played on a Memory and on the model beside it, and both asked the same questions."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Protocol
from uuid import uuid4

from graph.errors import BadInput, Conflict
from graph.inputs import FactInput
from graph.memory import Memory
from graph.model import Assertion, Fact, FactStatus, ReviewKind, UpdatePolicy, Work, WorkState
from graph.stores.base import Store
from graph.time import AsOf, Precision
from graph.views import EntityFilter, FactFilter, Page
from tests.graph.scripted import ScriptedExtractor
from tests.laws.amending import Case, case
from tests.laws.model import Belief, Claim, Drawn, Model, Operation, in_order
from tests.laws.relations import turned
from tests.laws.times import DAY, TICK, micros, moment, words
from tests.schema.memories import memory_on

LIVING = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)
EVERY = Page(500)


class Differs(AssertionError):
    """The store does not show what the law says."""


class Command(Protocol):
    """See `tests.laws.commands`."""

    async def act(self, stage: "Stage") -> int | None:
        """Does it to the Memory; the instant at which it was recorded, where anything was."""
        ...

    def foresee(self, stage: "Stage", now: int) -> Operation | None:
        """What it does to the model; None where it is refused or changes nothing."""
        ...

    def words(self, stage: "Stage") -> str: ...


@dataclass(frozen=True)
class Step:
    """A command, some time after the one before."""

    command: Command
    pause: float = 0.0


@dataclass(frozen=True)
class History:
    steps: tuple[Step, ...]
    latest: bool = False
    begins: float = 8.0
    """The day of the first step."""


@dataclass
class Stage:
    """One group of a Memory, and what its commands leave for later ones: names, ids, the facts that are believed."""

    memory: Memory
    script: ScriptedExtractor
    clock: list[int]
    model: Model
    group: str = field(default_factory=lambda: str(uuid4()))
    step: int = 0
    told: list[str] = field(default_factory=list)
    sent: dict[int, list[FactInput]] = field(default_factory=dict)
    foreseen: dict[int, bool] = field(default_factory=dict)
    uuids: dict[Belief, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    reviews: dict[str, list[Belief]] = field(default_factory=dict)
    """What is in question, of contradictions of which nothing changed since."""
    refused: int = 0
    asked: int = 0
    numbers: Any = field(default_factory=lambda: count(1))

    def fresh(self) -> int:
        return int(next(self.numbers))

    def entities(self) -> dict[str, str]:
        """By name; those that are one with others too."""
        return {name: uuid for uuid, name in self.names.items()}

    def meant(self, name: str) -> str:
        """Whom a name means now."""
        return self.model.one_with().get(name, name)

    def pick(self, which: int) -> Case | None:
        """One of the beliefs of now."""
        found = self.model.drawn()
        if not found:
            return None
        return self._case(found[which % len(found)])

    def about(self, belief: Belief) -> Case:
        return self._case(next(one for one in self.model.drawn() if one.belief == belief))

    def _case(self, own: Drawn) -> Case:
        return case(own, self.model.under(self.model.key(own.like)))

    def one_of_all(self, which: int) -> str | None:
        """The name of an entity."""
        names = sorted(self.entities())
        return names[which % len(names)] if names else None

    async def last_at(self) -> int:
        record = await self.memory.parts.store.group(self.group)
        return -1 if record is None else (record.last_at - moment(0)) // (moment(TICK) - moment(0))

    async def learnt(self, work: Work) -> None:
        while work.state is WorkState.QUEUED and await self.memory.learn():
            work = await self.memory.work(self.group, work.uuid) or work
        self._require("became of the message", "DONE", f"{work.state} {work.error or ''}".strip())

    async def play(self, step: Step) -> None:
        self.step += 1
        self.clock[0] += round(step.pause * DAY)
        now = max([self.clock[0], *(operation.at + TICK for operation in self.model.operations[-1:])])
        self.told.append(f"  {self.step}. {words(now)}: {step.command.words(self)}")
        foreseen = step.command.foresee(self, now)
        try:
            at = await step.command.act(self)
        except (BadInput, Conflict) as refused:
            self.refused += 1
            at, self.told[-1] = None, f"{self.told[-1]} (refused: {refused})"
        if foreseen is not None:
            self.model.operations.append(foreseen)
        self._require("recorded on", None if foreseen is None else foreseen.at, at)
        await self._take_stock()

    async def compare(self) -> int:
        """For each (T, K) of the grid; how many there were."""
        known = sorted({operation.at - back for operation in self.model.operations for back in (0, TICK)})
        believed = {at: self.model.believed(at) for at in known}
        ends = {end for beliefs in believed.values() for b in beliefs for end in (b.start, b.end) if end is not None}
        # At each instant at which something begins or ends, and just before it.
        valid = sorted({end - back for end in ends for back in (0, TICK)})
        await asyncio.gather(*(self._compare_records(beliefs, valid, at) for at, beliefs in believed.items()))
        await asyncio.gather(*(self._compare_holding(beliefs, at, k) for k, beliefs in believed.items() for at in valid))
        return len(known) * len(valid)

    async def _compare_holding(self, beliefs: Sequence[Belief], valid: int, known: int) -> None:
        wanted = [belief for belief in beliefs if belief.holds_at(valid)]
        found = [self._shown(fact, known) for fact in await self._facts(valid, known, (FactStatus.HOLDS,))]
        self._require(f"holds on {words(valid)} as known on {words(known)}", wanted, sorted(found, key=in_order))

    async def _compare_records(self, beliefs: list[Belief], valid: Sequence[int], known: int) -> None:
        facts = {self._shown(fact, known): fact for fact in await self._facts(known, known, LIVING)}
        self._require(f"is believed as known on {words(known)}", beliefs, sorted(facts, key=in_order))
        for at in valid:
            as_of = AsOf(moment(at), moment(known))
            found = {belief: facts[belief].status(as_of).value for belief in beliefs}
            wanted = {belief: belief.status(at) for belief in beliefs}
            self._require(f"is the status on {words(at)} as known on {words(known)}", wanted, found)

    async def _take_stock(self) -> None:
        """Which facts stand for what is believed now."""
        known = await self.last_at()
        graph = self.memory.look(self.group, moment(known), moment(known))
        entities = await graph.entities(EntityFilter(), "NAME", EVERY)
        self.names |= {entity.uuid: entity.name for entity in entities.items if entity.uuid not in self.names}
        facts = await self._facts(known, known, LIVING)
        self.uuids = {self._shown(fact, known): fact.uuid for fact in facts}
        self._require("is believed", self.model.believed(), sorted(self.uuids, key=in_order))
        of_uuid = {uuid: belief for belief, uuid in self.uuids.items()}
        reviews = await graph.reviews(ReviewKind.CONTRADICTION, EVERY)
        open_ = [one for one in reviews.items if one.resolved_at is None and of_uuid.keys() >= set(one.facts)]
        self.reviews = {one.uuid: [of_uuid[fact] for fact in one.facts] for one in open_}

    async def _facts(self, valid: int, known: int, status: tuple[FactStatus, ...]) -> Sequence[Fact]:
        graph = self.memory.look(self.group, moment(valid), moment(known))
        return (await graph.facts(FactFilter(status=status), "OLDEST", EVERY)).items

    def _shown(self, fact: Fact, known: int) -> Belief:
        end = fact.end_as_known(moment(known))
        triple = turned(self.names[fact.subject], fact.relation, self.names[fact.object], self.model.is_latest(known))
        unit = moment(TICK) - moment(0)
        return Belief(*triple, (fact.valid_at - moment(0)) // unit, None if end is None else (end - moment(0)) // unit)

    async def forget(self, foreseen: Sequence[Claim]) -> None:
        """From now on the model knows the claims that the store still has, among which must be those that it foresaw."""
        store = self.memory.parts.store
        left = (await store.assertions(self.group, (await store.contents(self.group)).assertions)).values()
        self.model.left = [(self._claim(one), _lives(one)) for one in left]
        found = Counter(str(claim.is_like()) for claim, _ in self.model.left)
        missing = Counter(str(claim.is_like()) for claim in foreseen) - found
        self._require("was forgotten too", [], sorted(missing))
        there = await store.versions(self.group, list(self.names))
        self.model.gone = frozenset(name for uuid, name in self.names.items() if not there.get(uuid))

    def _claim(self, told: Assertion) -> Claim:
        subject, object_ = (self.names[end] for end in told.said_of or (told.subject, told.object))
        start, said = micros(told.start), micros(told.said)
        within, seen, end = (None if at is None else micros(at) for at in (told.within, told.seen, told.end))
        formerly = not told.holds and told.precision is Precision.BEFORE
        dated = formerly and told.end_precision is not None
        claim = Claim(self.fresh(), subject, told.relation, object_, start, said, within, seen, end, told.holds, told.confidence, formerly)
        return replace(claim, dated=dated)

    def story(self) -> str:
        policy = "LATEST" if self.model.latest else "ONTOLOGY"
        return "\n".join((f"The story (days after 1 January 2020, updates: {policy}):", *self.told))

    def _require(self, what: str, wanted: object, found: object) -> None:
        if wanted != found:
            raise Differs(f"What {what}:\n  by the law: {told(wanted)}\n  shown:      {told(found)}")


def _lives(told: Assertion) -> list[tuple[int, int | None]]:
    begun = [told.recorded_at, *(lapse.until for lapse in told.lapses)]
    over = [*(lapse.at for lapse in told.lapses), told.withdrawn_at]
    return [(micros(since), None if until is None else micros(until)) for since, until in zip(begun, over, strict=True)]


def told(what: object) -> str:
    if isinstance(what, list):
        return "; ".join(map(str, what)) or "nothing"
    if isinstance(what, dict):
        return "; ".join(f"{belief} {status}" for belief, status in what.items())
    return words(what) if isinstance(what, int) else str(what or "no")


class Theatre:
    """One store for any number of histories, each in a group of its own."""

    def __init__(self, store: Store, model: type[Model] = Model) -> None:
        self._model = model
        self._clock = [0]
        self._script = ScriptedExtractor()
        memory = memory_on(store, lambda: moment(self._clock[0]))
        self._memory = Memory(replace(memory.parts, extractor=self._script))

    async def show(self, history: History, then: Callable[[Stage], Awaitable[None]] | None = None) -> Stage:
        """Raises Differs, with the history as a story; `then` goes on where its steps end."""
        self._clock[0] = round(history.begins * DAY)
        stage = Stage(self._memory, self._script, self._clock, self._model(history.latest))
        if history.latest:
            await self._memory.configure(stage.group, UpdatePolicy.LATEST)
        try:
            for step in history.steps:
                await stage.play(step)
            if then is not None:
                await then(stage)
            stage.asked = await stage.compare()
        except Exception as error:
            error.add_note(stage.story())
            raise
        return stage
