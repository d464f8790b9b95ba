"""What is told in a history: facts that a caller adds, and what messages say. Each says what it claims, and is given to a Memory."""

from dataclasses import dataclass, replace

from graph.inputs import EntityInput, FactInput
from graph.language import Mention, MentionKind, Statement
from graph.time import parse_period
from tests.laws.model import Claim
from tests.laws.relations import amounts_to
from tests.laws.stage import Stage
from tests.laws.times import TICK, Date

PEOPLE = ("Ann", "Bob", "Cid")


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
        subject, object_ = stage.meant(self.subject), stage.meant(self.object)
        said = self.said.first if self.said else now
        start = self.valid.first if self.valid else said
        within = self.valid.end if self.valid else None
        end, seen = first(self.invalid), first(self.seen)
        contradictory = end is not None and (seen is not None or end <= start)
        if subject == object_ or contradictory or (seen is not None and seen < start):
            return None
        return [
            Claim(
                stage.fresh(),
                s,
                r,
                o,
                start,
                said,
                within,
                seen if holds else None,
                end if holds else None,
                holds,
                self.sure,
                words=self.relation,
            )
            for s, r, o, holds in amounts_to(subject, self.relation, object_, True, stage.model.is_latest())
        ]

    def __str__(self) -> str:
        times = {"from": self.valid, "until": self.invalid, "vouched for until": self.seen, "said on": self.said}
        told = "".join(f", {name} {date}" for name, date in times.items() if date is not None)
        return f"{self.subject} {self.relation} {self.object}{told}" + (f" (sure: {self.sure})" if self.sure < 1 else "")


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
        ends = stage.meant(self.subject), stage.meant(self.object)
        start = self.start.first if self.start else said
        end = self._end(start)
        made = []
        for subject, relation, object_, holds in amounts_to(ends[0], self.relation, ends[1], self.holds, stage.model.is_latest()):
            if holds and self._is_over(said):
                made.append(self._until(Claim(stage.fresh(), subject, relation, object_, start, said, sure=0.8)))
                continue
            seen = max(start, said) if self.vouched and holds and end is None else None
            claim = Claim(stage.fresh(), subject, relation, object_, start, said, self.start.end if self.start else None, seen, sure=0.8)
            made.append(replace(claim, end=end if holds else None, holds=holds, formerly=self.former and not holds))
        return [replace(claim, words=str(self)) for claim in made] if ends[0] != ends[1] else []

    def _is_over(self, said: int) -> bool:
        """An end alone that has come by then: when it began is not known."""
        return self.start is None and self.end is not None and self._last() <= said

    def _until(self, claim: Claim) -> Claim:
        assert self.end is not None
        return replace(claim, start=self.end.first, within=self.end.end, holds=False, formerly=True, dated=True)

    def _last(self) -> int:
        assert self.end is not None
        return self.end.first + TICK if self.end.end is None else self.end.end

    def _end(self, start: int) -> int | None:
        """Its period's first instant, if that comes after the start, else the period's last one."""
        if self.end is None:
            return None
        after = [at for at in (self.end.first, self._last()) if at > start]
        return after[0] if after else None

    def __str__(self) -> str:
        verb = self.relation if self.holds else f"used to {self.relation}" if self.former else f"no longer {self.relation}"
        since = f" {'ever since' if self.vouched else 'from'} {self.start}" if self.start else " (vouched)" if self.vouched else ""
        return f"{self.subject} {verb} {self.object}{since}" + (f" until {self.end}" if self.end else "")


def entity(name: str) -> EntityInput:
    return EntityInput(name=name, type="Person" if name in PEOPLE else "City")


def mention(name: str) -> Mention:
    return Mention(MentionKind.NAME, name, "Person" if name in PEOPLE else "City")


def text(date: Date | None) -> str | None:
    return None if date is None else date.text


def first(date: Date | None) -> int | None:
    return None if date is None else date.first
