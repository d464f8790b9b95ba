"""The mutations that a history is made of. Each says what it does to the model, does it to a Memory, and tells it in words.

A further mutation is one more class with these three methods, and one more strategy in `histories`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.inputs import Changed, MessageInput, Target
from graph.model import UpdatePolicy
from graph.revise import Revision
from graph.views import Page
from tests.laws.amending import Case, corrected, end_as_told, ended, freed, none_of
from tests.laws.model import Belief, Claim, Operation
from tests.laws.stage import Stage
from tests.laws.telling import Say, Tell
from tests.laws.times import Date, micros, words


@dataclass(frozen=True)
class AddFacts:
    facts: tuple[Tell, ...]

    async def act(self, stage: Stage) -> int | None:
        given = [fact.given(f"{stage.step}.{n}") for n, fact in enumerate(self.facts)]
        stage.sent[stage.step] = given
        return recorded(await stage.memory.add_facts(stage.group, given))

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        told = [fact.claims(now, stage) for fact in self.facts]
        stage.foreseen[stage.step] = None not in told
        return Operation(now, tuple(claim for claims in told for claim in claims or ())) if None not in told else None

    def words(self, stage: Stage) -> str:
        return "addFacts: " + "; ".join(map(str, self.facts))


@dataclass(frozen=True)
class Repeat:
    """An earlier addFacts once more, under the same ids."""

    which: int

    async def act(self, stage: Stage) -> int | None:
        sent = self._sent(stage)
        return recorded(await stage.memory.add_facts(stage.group, stage.sent[sent])) if sent is not None else None

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        return None

    def words(self, stage: Stage) -> str:
        return f"addFacts once more, as in step {self._sent(stage)}, under the same ids"

    def _sent(self, stage: Stage) -> int | None:
        kept = [step for step, kept in stage.foreseen.items() if kept]
        return kept[self.which % len(kept)] if kept else None


@dataclass(frozen=True)
class EndFact:
    which: int
    at: Date

    async def act(self, stage: Stage) -> int | None:
        about = stage.pick(self.which)
        if about is None:
            return None
        return recorded(await stage.memory.end_fact(stage.group, stage.uuids[about.own.belief], self.at.text, "it ended"))

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        about = stage.pick(self.which)
        amended = about and ended(about, self.at.first, now, stage.fresh)
        return Operation(now, amended.added, amended.withdrawn) if amended else None

    def words(self, stage: Stage) -> str:
        about = stage.pick(self.which)
        return f"endFact: {about.own.belief}: it ended on {self.at}" if about else "endFact of nothing"


@dataclass(frozen=True)
class CorrectFact:
    """`instead`: told in its place; with `same_line` of the same subject and relation, whatever it says itself."""

    which: int
    instead: Tell | None = None
    same_line: bool = True

    async def act(self, stage: Stage) -> int | None:
        about = stage.pick(self.which)
        if about is None:
            return None
        told = self._told(about)
        given = told.given() if told else None
        return recorded(await stage.memory.correct_fact(stage.group, stage.uuids[about.own.belief], "it was never so", given))

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        about = stage.pick(self.which)
        if about is None:
            return None
        told = self._told(about)
        new = told.claims(now, stage) if told else []
        if new is None:
            return None
        amended = freed(corrected(about, now, stage.fresh), stage.model.living())
        placed = [self._placed(claim, told, about) for claim in new]
        if any(claim.seen is not None and claim.seen < claim.start for claim in placed):
            return None
        return Operation(now, (*amended.added, *placed), amended.withdrawn)

    def words(self, stage: Stage) -> str:
        about = stage.pick(self.which)
        if about is None:
            return "correctFact of nothing"
        told = self._told(about)
        return f"correctFact: {about.own.belief}: it was never so" + (f", but {told}" if told else "")

    def _told(self, about: Case) -> Tell | None:
        if self.instead is None or not self.same_line:
            return self.instead
        return replace(self.instead, subject=about.own.belief.subject, relation=about.own.belief.relation)

    def _placed(self, claim: Claim, told: Tell | None, about: Case) -> Claim:
        """Without times of its own it takes over those of the belief, the end only where it was told: what was over is over."""
        if told is None or told.valid or told.invalid:
            return claim
        if about.own.is_over() and claim.holds and claim.seen is None:
            return replace(claim, start=about.own.belief.start, within=None, holds=False, formerly=True, dated=about.own.is_dated)
        end = end_as_told(about) if claim.holds and claim.seen is None else None
        return replace(claim, start=about.own.belief.start, within=None, end=end)


@dataclass(frozen=True)
class Message:
    said: Date
    statements: tuple[Say, ...]

    async def act(self, stage: Stage) -> int | None:
        content, session = f"line {stage.step}", f"session {stage.step}"
        stage.messages.append(session)
        stage.script.script[content] = [said.statement() for said in self.statements]
        message = MessageInput("user", content, name="Eve", said_at=self.said.text)
        added = await stage.memory.add_messages(stage.group, session, [message])
        await stage.learnt(added.work)
        return await stage.last_at()

    def foresee(self, stage: Stage, now: int) -> Operation:
        session = f"session {stage.step}"
        told = [(said, replace(claim, told_in=session)) for said in self.statements for claim in said.claims(self.said.first, stage)]
        return Operation(now, tuple(claim for n, (said, claim) in enumerate(told) if not self._taken_back(n, told, stage)))

    def words(self, stage: Stage) -> str:
        return f"a message said on {self.said}: " + ". ".join(map(str, self.statements))

    def _taken_back(self, n: int, told: Sequence[tuple[Say, Claim]], stage: Stage) -> bool:
        """Of two contrary present statements in one message only the later counts."""
        present = [claim for said, claim in told[n:] if claim.holds and said.start is None and self._competes(claim, told[n][1], stage)]
        return told[n][1] in present[:1] and len(present) > 1 and present[1].value != told[n][1].value

    def _competes(self, one: Claim, other: Claim, stage: Stage) -> bool:
        return stage.model.key(one) == stage.model.key(other)


@dataclass(frozen=True)
class Undo:
    """Takes back a whole earlier operation, be it an undo itself."""

    which: int

    async def act(self, stage: Stage) -> int | None:
        target = self._target(stage)
        if target is None:
            return None
        at = stage.model.operations[target].at
        changes = (await stage.memory.look(stage.group).changes(Page(500))).items
        named = next(change.uuid for change in changes if micros(change.at) == at)
        return recorded(await stage.memory.undo(stage.group, named))

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        target = self._target(stage)
        if target is None or stage.model.is_undone(target):
            return None
        latest, present = stage.model.operations[target].latest, stage.model.is_latest()
        return Operation(now, latest=(present, latest[0]) if latest and latest[1] == present else None, undoes=target)

    def words(self, stage: Stage) -> str:
        target = self._target(stage)
        return "undo of nothing" if target is None else f"undo what was done on {words(stage.model.operations[target].at)}"

    def _target(self, stage: Stage) -> int | None:
        logged = [place for place, operation in enumerate(stage.model.operations) if operation.is_logged()]
        return logged[self.which % len(logged)] if logged else None


@dataclass(frozen=True)
class Merge:
    """Refused while something is believed of the one and the other."""

    keep: str
    merged: str

    async def act(self, stage: Stage) -> int | None:
        keep, merged = (stage.entities().get(name) for name in (self.keep, self.merged))
        if keep is None or merged is None:
            return None
        return recorded(await stage.memory.merge_entities(stage.group, keep, [merged], "they are one"))

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        there = {self.keep, self.merged} <= stage.entities().keys()
        apart = self.keep != self.merged and not {self.keep, self.merged} & stage.model.one_with().keys()
        between = any({belief.subject, belief.object} == {self.keep, self.merged} for belief in stage.model.believed())
        return Operation(now, merged=((self.merged, self.keep),)) if there and apart and not between else None

    def words(self, stage: Stage) -> str:
        return f"mergeEntities: {self.merged} is {self.keep}"


@dataclass(frozen=True)
class Rename:
    """The former name means it, too."""

    which: int

    async def act(self, stage: Stage) -> int | None:
        name = stage.one_of_all(self.which)
        if name is None:
            return None
        renamed = await stage.memory.update_entity(stage.group, stage.entities()[name], Revision(f"{name} {stage.step}"))
        return recorded(renamed)

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        name = stage.one_of_all(self.which)
        return Operation(now, beside=True) if name and name not in stage.model.one_with() else None

    def words(self, stage: Stage) -> str:
        name = stage.one_of_all(self.which)
        return f"updateEntity: {name} is called {name} {stage.step} from now on"


@dataclass(frozen=True)
class ResolveReview:
    """Of what is in question one was so, and the others never were."""

    which: int

    async def act(self, stage: Stage) -> int | None:
        asked = self._asked(stage)
        if asked is None:
            return None
        review, kept, _ = asked
        return recorded(await stage.memory.resolve_review(stage.group, review, [stage.uuids[kept]], "it was so"))

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        asked = self._asked(stage)
        if asked is None:
            return None
        _, kept, wrong = asked
        amended = freed(none_of(wrong, stage.about(kept).claims, now, stage.fresh), stage.model.living())
        return Operation(now, amended.added, amended.withdrawn, beside=True)

    def words(self, stage: Stage) -> str:
        asked = self._asked(stage)
        return f"resolveReview: {asked[1]} was so, and not {'; '.join(map(str, asked[2]))}" if asked else "resolveReview of nothing"

    def _asked(self, stage: Stage) -> tuple[str, Belief, list[Belief]] | None:
        if not stage.reviews:
            return None
        review, beliefs = list(stage.reviews.items())[self.which % len(stage.reviews)]
        kept = beliefs[self.which % len(beliefs)]
        return review, kept, [belief for belief in beliefs if belief != kept]


@dataclass(frozen=True)
class SetUpdates:
    """Only once anything was ever believed: before that it is no operation."""

    latest: bool

    async def act(self, stage: Stage) -> int | None:
        if self.foresee(stage, 0) is None:
            return None
        policy = UpdatePolicy.LATEST if self.latest else UpdatePolicy.ONTOLOGY
        return micros((await stage.memory.configure(stage.group, policy)).last_at)

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        present = stage.model.is_latest()
        learnt = any(stage.model.believed(operation.at) for operation in stage.model.operations)
        return Operation(now, latest=(present, self.latest)) if learnt and present != self.latest else None

    def words(self, stage: Stage) -> str:
        return f"configureGroup: updates is {'LATEST' if self.latest else 'ONTOLOGY'} from now on"


@dataclass(frozen=True)
class Forget:
    """A fact that is believed, whatever is known of an entity, or the message of a step. It comes last: what it leaves is read from the
    store, must have all that the model foresees, and must be all that the law is applied to, at every instant."""

    what: str
    which: int

    async def act(self, stage: Stage) -> int | None:
        target = await self._target(stage)
        if target is None:
            return None
        left = stage.model.left_without(self._gone(stage))
        forgotten = await stage.memory.forget(stage.group, target)
        await stage.forget(left)
        return micros(forgotten.tombstone.at)

    def _gone(self, stage: Stage) -> list[Claim]:
        """What was told in it or of it; of a fact all that was told of the same but what other facts rest on alone."""
        told = [claim for operation in stage.model.operations for claim in operation.added]
        if self.what == "message":
            return [claim for claim in told if claim.told_in == self._message(stage)]
        if self.what == "entity":
            name = stage.one_of_all(self.which)
            family = {name, *(other for other, kept in stage.model.one_with().items() if kept == name)}
            return [claim for claim in told if not family.isdisjoint(claim.ends)]
        about = stage.pick(self.which)
        if about is None:
            return []
        elsewhere = {name for other in about.others for name in other.behind} - about.own.behind
        relations = {claim.relation for claim in about.claims if claim.value == about.own.value}
        families = [stage.model.one_with(operation.at) for operation in stage.model.operations]
        same = [c for c in told if c.relation in relations and any(c.counted(f, False).value == about.own.value for f in families)]
        return [claim for claim in same if claim.name not in elsewhere]

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        there = {"fact": stage.pick(self.which), "entity": stage.entities(), "message": stage.messages}[self.what]
        return Operation(now) if there else None

    def words(self, stage: Stage) -> str:
        about = stage.pick(self.which)
        named = {"fact": about.own.belief if about else None, "entity": stage.one_of_all(self.which), "message": self._message(stage)}
        return f"forget the {self.what} {named[self.what]}"

    async def _target(self, stage: Stage) -> Target | None:
        about, name, message = stage.pick(self.which), stage.one_of_all(self.which), self._message(stage)
        if self.what == "fact":
            return Target(fact=stage.uuids[about.own.belief]) if about else None
        if self.what == "entity":
            return Target(entity=stage.entities()[name]) if name else None
        return Target(session=message) if message else None

    def _message(self, stage: Stage) -> str | None:
        return stage.messages[self.which % len(stage.messages)] if stage.messages else None


def recorded(changed: Changed) -> int | None:
    """When, where anything was."""
    return micros(changed.at) if changed.changes else None
