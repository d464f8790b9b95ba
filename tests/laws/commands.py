"""The mutations that a history is made of. Each says what it does to the model, does it to a Memory, and tells it in words.

A further mutation is one more class with these three methods, and one more strategy in `histories`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from graph.inputs import Changed, EntityInput, FactInput, MessageInput
from graph.language import Mention, MentionKind, Statement
from graph.time import parse_period
from tests.laws.amending import Case, corrected, end_as_told, ended
from tests.laws.model import Claim, Operation
from tests.laws.relations import amounts_to
from tests.laws.stage import Stage
from tests.laws.times import TICK, Date, micros

PEOPLE = ("Ann", "Bob", "Cid")


class Command(Protocol):
    async def act(self, stage: Stage) -> int | None:
        """Does it to the Memory; the instant at which it was recorded, where anything was."""
        ...

    def foresee(self, stage: Stage, now: int) -> Operation | None:
        """What it does to the model; None where it is refused or changes nothing."""
        ...

    def words(self, stage: Stage) -> str: ...


@dataclass(frozen=True)
class Tell:
    """One fact for addFacts, or in the place of a corrected one."""

    subject: str
    relation: str
    object: str
    valid: Date | None = None
    invalid: Date | None = None
    seen: Date | None = None
    said: Date | None = None
    sure: float = 1.0

    def given(self, id: str | None = None) -> FactInput:
        return FactInput(
            subject=entity(self.subject),
            relation=self.relation,
            object=entity(self.object),
            id=id,
            valid_at=text(self.valid),
            invalid_at=text(self.invalid),
            seen_at=text(self.seen),
            said_at=text(self.said),
            confidence=self.sure,
        )

    def claims(self, now: int, stage: Stage) -> list[Claim] | None:
        """None where it is refused."""
        said = self.said.first if self.said else now
        start = self.valid.first if self.valid else said
        within = self.valid.end if self.valid else None
        end, seen = first(self.invalid), first(self.seen)
        contradictory = end is not None and (seen is not None or end <= start)
        if self.subject == self.object or contradictory or (seen is not None and seen < start):
            return None
        return [
            Claim(stage.fresh(), s, r, o, start, said, within, seen if holds else None, end if holds else None, holds, self.sure)
            for s, r, o, holds in amounts_to(self.subject, self.relation, self.object, True, stage.model.latest)
        ]

    def __str__(self) -> str:
        times = {"from": self.valid, "until": self.invalid, "vouched for until": self.seen, "said on": self.said}
        told = "".join(f", {name} {date}" for name, date in times.items() if date is not None)
        return f"{self.subject} {self.relation} {self.object}{told}" + (f" (sure: {self.sure})" if self.sure < 1 else "")


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
        amended = corrected(about, now, stage.fresh)
        placed = [self._placed(claim, told, about) for claim in new]
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
        """Without times of its own it takes over those of the belief, the end only where it was told."""
        if told is None or told.valid or told.invalid:
            return claim
        end = end_as_told(about) if claim.holds and claim.seen is None else None
        return replace(claim, start=about.own.belief.start, within=None, end=end)


@dataclass(frozen=True)
class Say:
    """One statement of a message. `former`: it was so once and is over."""

    subject: str
    relation: str
    object: str
    start: Date | None = None
    end: Date | None = None
    vouched: bool = False
    holds: bool = True
    former: bool = False

    def statement(self) -> Statement:
        return Statement(
            subject=mention(self.subject),
            relation=self.relation,
            object=mention(self.object),
            text=str(self),
            quote="line",
            span=(0, 4),
            start=parse_period(self.start.text) if self.start else None,
            end=parse_period(self.end.text) if self.end else None,
            vouched=self.vouched,
            holds=self.holds,
            former=self.former,
        )

    def claims(self, said: int, stage: Stage) -> list[Claim]:
        start = self.start.first if self.start else said
        end = self._end(start)
        made = []
        for subject, relation, object_, holds in amounts_to(self.subject, self.relation, self.object, self.holds, stage.model.latest):
            seen = max(start, said) if self.vouched and holds and end is None else None
            claim = Claim(stage.fresh(), subject, relation, object_, start, said, self.start.end if self.start else None, seen, sure=0.8)
            made.append(replace(claim, end=end if holds else None, holds=holds, formerly=self.former and not holds))
        return made if self.subject != self.object else []

    def _end(self, start: int) -> int | None:
        """Its period's first instant, if that comes after the start, else the period's last one."""
        if self.end is None:
            return None
        last = self.end.first + TICK if self.end.end is None else self.end.end
        after = [at for at in (self.end.first, last) if at > start]
        return after[0] if after else None

    def __str__(self) -> str:
        verb = self.relation if self.holds else f"used to {self.relation}" if self.former else f"no longer {self.relation}"
        since = f" {'ever since' if self.vouched else 'from'} {self.start}" if self.start else " (vouched)" if self.vouched else ""
        return f"{self.subject} {verb} {self.object}{since}" + (f" until {self.end}" if self.end else "")


@dataclass(frozen=True)
class Message:
    said: Date
    statements: tuple[Say, ...]

    async def act(self, stage: Stage) -> int | None:
        content = f"line {stage.step}"
        stage.script.script[content] = [said.statement() for said in self.statements]
        message = MessageInput("user", content, name="Eve", said_at=self.said.text)
        added = await stage.memory.add_messages(stage.group, f"session {stage.step}", [message])
        await stage.memory.finished(stage.group, added.work.uuid)
        return await stage.last_at()

    def foresee(self, stage: Stage, now: int) -> Operation:
        told = [(said, claim) for said in self.statements for claim in said.claims(self.said.first, stage)]
        return Operation(now, tuple(claim for n, (said, claim) in enumerate(told) if not self._taken_back(n, told, stage)))

    def words(self, stage: Stage) -> str:
        return f"a message said on {self.said}: " + ". ".join(map(str, self.statements))

    def _taken_back(self, n: int, told: Sequence[tuple[Say, Claim]], stage: Stage) -> bool:
        """Of two contrary present statements in one message only the later counts."""
        present = [claim for said, claim in told[n:] if claim.holds and said.start is None and self._competes(claim, told[n][1], stage)]
        return told[n][1] in present[:1] and len(present) > 1 and present[1].value != told[n][1].value

    def _competes(self, one: Claim, other: Claim, stage: Stage) -> bool:
        return stage.model.key(one) == stage.model.key(other)


def entity(name: str) -> EntityInput:
    return EntityInput(name=name, type="Person" if name in PEOPLE else "City")


def mention(name: str) -> Mention:
    return Mention(MentionKind.NAME, name, "Person" if name in PEOPLE else "City")


def text(date: Date | None) -> str | None:
    return None if date is None else date.text


def first(date: Date | None) -> int | None:
    return None if date is None else date.first


def recorded(changed: Changed) -> int | None:
    """When, where anything was."""
    return micros(changed.at) if changed.changes else None
