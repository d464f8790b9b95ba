"""Facts told directly, without extraction: add, end, correct."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from graph.amend import Amendment, Saying, Span, corrected, ended, span_of
from graph.assertions import triples
from graph.commit import Committed, Moment, Proposal, commit
from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import Changed, EntityInput, FactInput, When
from graph.keep import zone_named
from graph.model import Assertion, Entity, Fact
from graph.ontology import Ontology
from graph.parts import Parts
from graph.reconcile import Note
from graph.resolve import entity_key, next_key, normal
from graph.time import AsOf, Precision, period_of


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants a group changed, and why."""

    group: str
    actor: str
    reason: str


async def add_facts(parts: Parts, order: Order, facts: Sequence[FactInput]) -> Changed:
    """All of the facts as one operation, or an error naming the first unusable one."""
    _check(parts, facts)
    shown: dict[str, None] = {}

    async def propose(moment: Moment) -> Proposal:
        naming = Naming(parts, moment)
        new = await _new(parts, moment, naming, facts)
        shown.update(dict.fromkeys(a.uuid for a in new))
        return Proposal(added=new, entities=naming.fresh, notes={a.uuid: Note("told", order.reason or "told by the caller") for a in new})

    committed = await commit(parts, order.group, order.actor, propose)
    return _changed(committed, set(shown))


def _changed(committed: Committed, assertions: set[str]) -> Changed:
    resting = tuple(fact for fact in committed.facts if assertions & set(fact.assertions))
    return Changed(committed.changes, resting, committed.entities)


def _check(parts: Parts, facts: Sequence[FactInput]) -> None:
    if not facts:
        raise BadInput("there are no facts to add", hint="Send at least one.", field="facts")
    if len(facts) > parts.limits.facts:
        raise BadInput(f"{len(facts)} facts in one call are more than {parts.limits.facts}", hint="Send them in parts.", field="facts")
    for n, fact in enumerate(facts):
        if not fact.relation.strip():
            raise BadInput(f"the relation {fact.relation!r} is empty", hint="Name it, such as works_at.", field=f"facts[{n}].relation")
        if fact.confidence is not None and not 0 <= fact.confidence <= 1:
            raise BadInput(f"the confidence {fact.confidence!r} is not between 0 and 1", field=f"facts[{n}].confidence")


@dataclass(slots=True)
class Naming:
    """Resolves the entities of one operation by id, exact name or alias, making those that are not there."""

    parts: Parts
    moment: Moment
    made: dict[str, Entity] = field(default_factory=dict)

    @property
    def fresh(self) -> tuple[Entity, ...]:
        return tuple(self.made.values())

    async def entity(self, given: EntityInput, types: Sequence[str], field_: str) -> Entity:
        """Raises BadInput for none or several, NotFound for an unknown id."""
        if given.id is not None:
            return await self._by_id(given.id)
        if given.name is None or not normal(given.name):
            raise BadInput(f"{given.name!r} names nothing", hint="Give the entity an id or a name.", field=field_)
        found = [e for e in await self._by_name(given.name) if given.type in (None, e.type)]
        if len(found) > 1:
            named = ", ".join(f"{e.name} ({e.type}, {e.uuid})" for e in found)
            raise BadInput(f"{given.name!r} may be several entities: {named}", hint="Give the id of the one you mean.", field=field_)
        return found[0] if found else self._make(given.name.strip(), given.type or next(iter(types), "Thing"))

    async def _by_id(self, uuid: str) -> Entity:
        as_of = AsOf(self.moment.at, self.moment.at)
        found = (await self.parts.store.entities(self.moment.group.name, [uuid], as_of)).get(uuid)
        if found is None:
            raise NotFound(f"there is no entity {uuid!r} in the group {self.moment.group.name!r}")
        return found

    async def _by_name(self, name: str) -> Sequence[Entity]:
        known = await self.parts.store.find_entities(self.moment.group.name, name, AsOf(self.moment.at, self.moment.at))
        return [*known, *(e for e in self.made.values() if normal(e.name) == normal(name))]

    def _make(self, name: str, type_: str) -> Entity:
        entity = Entity(
            uuid=str(uuid4()),
            group=self.moment.group.name,
            name=name,
            type=type_,
            key=next_key(entity_key(name, type_), {e.key for e in self.made.values() if e.key}),
            created_at=self.moment.at,
            recorded_at=self.moment.at,
        )
        self.made[entity.uuid] = entity
        return entity


async def told_fact(parts: Parts, moment: Moment, naming: Naming, fact: FactInput, field_: str) -> list[Assertion]:
    """The assertions that a fact told by a caller makes (an ending relation may end several)."""
    name = relation_named(parts.ontology, fact.relation)
    relation = parts.ontology.relation(name)
    subject = await naming.entity(fact.subject, relation.subject, f"{field_}.subject")
    object_ = await naming.entity(fact.object, relation.object, f"{field_}.object")
    if subject.uuid == object_.uuid:
        raise BadInput(f"{subject.name!r} cannot be {name} itself", hint="Give two entities.", field=f"{field_}.object")
    span = told_span(fact, moment, field_)
    text = fact.text or f"{subject.name} {relation.label} {object_.name}"
    return [
        replace(
            span,
            uuid=str(uuid4()),
            subject=triple.subject,
            relation=triple.relation.name,
            object=triple.object,
            holds=triple.holds,
            text=text,
            end=span.end if triple.holds else None,
            seen=span.seen if triple.holds else None,
        )
        for triple in triples(parts.ontology, name, (subject.uuid, object_.uuid), True, moment.group.settings.updates)
    ]


def relation_named(ontology: Ontology, given: str) -> str:
    """The ontology's name for an exact surface form, else the relation as given in lower snake case (DECISIONS 11)."""
    known = ontology.named(given)
    return known.name if known else "_".join(given.strip().lower().replace("-", " ").split())


def told_span(fact: FactInput, moment: Moment, field_: str) -> Assertion:
    """An assertion's times as the caller gives them, its triple still to be filled in."""
    zone = zone_named(moment.group.settings.timezone)
    said = _first(fact.said_at, moment) or moment.at
    period = period_of(fact.valid_at, zone) if fact.valid_at is not None else None
    start = period.first if period else said
    end, seen = _first(fact.invalid_at, moment), _first(fact.seen_at, moment)
    _check_span(fact, start, end, seen, field_)
    return Assertion(
        uuid="",
        group=moment.group.name,
        subject="",
        relation="",
        object="",
        start=start,
        within=period.end if period and period.precision is not Precision.SECOND else None,
        precision=period.precision if period else Precision.SAID,
        said=said,
        seen=seen,
        end=end,
        end_precision=period_of(fact.invalid_at, zone).precision if fact.invalid_at is not None else None,
        recorded_at=moment.at,
        operation=moment.operation,
        text="",
        actor=moment.actor,
        confidence=1.0 if fact.confidence is None else fact.confidence,
        external_id=fact.id,
        attributes=dict(fact.attributes),
    )


def _first(when: When | None, moment: Moment) -> datetime | None:
    return None if when is None else period_of(when, zone_named(moment.group.settings.timezone)).first


def _check_span(fact: FactInput, start: datetime, end: datetime | None, seen: datetime | None, field_: str) -> None:
    if end is not None and seen is not None:
        raise BadInput(f"seenAt {fact.seen_at!r} with invalidAt {fact.invalid_at!r}", hint="Give one of the two.", field=f"{field_}.seenAt")
    if end is not None and end <= start:
        raise BadInput(f"invalidAt {fact.invalid_at!r} is not after validAt {fact.valid_at!r}", field=f"{field_}.invalidAt")
    if seen is not None and seen < start:
        raise BadInput(f"seenAt {fact.seen_at!r} is before validAt {fact.valid_at!r}", field=f"{field_}.seenAt")


async def _new(parts: Parts, moment: Moment, naming: Naming, facts: Sequence[FactInput]) -> list[Assertion]:
    """What the facts assert, without those told before under the same idempotency id. Raises Conflict where it said something else."""
    ids = [fact.id for fact in facts if fact.id is not None]
    known = dict(await parts.store.external_assertions(moment.group.name, ids)) if ids else {}
    new: list[Assertion] = []
    for n, fact in enumerate(facts):
        told = await told_fact(parts, moment, naming, fact, f"facts[{n}]")
        before = known.get(fact.id) if fact.id is not None else None
        if before is None:
            new += told
        elif not any(_says_the_same(a, before, fact) for a in told):
            raise Conflict(f"the id {fact.id!r} was used for {before.text!r}", hint="Use another id for another fact.", field="id")
        if fact.id is not None and before is None:
            known[fact.id] = told[0]
    return new


def _says_the_same(told: Assertion, before: Assertion, given: FactInput) -> bool:
    """Whether what was kept under an id is what is told again; a time that was not given is that of the first call."""
    same = (told.subject, told.relation, told.object, told.holds) == (before.subject, before.relation, before.object, before.holds)
    dated = given.valid_at is None or told.start == before.start
    return same and dated and told.end == before.end and told.seen == before.seen and told.text == before.text


async def end_fact(parts: Parts, order: Order, fact: str, at: When) -> Changed:
    """Raises NotFound, BadInput for an end that is not after the start, Conflict where something else ends it anyway."""

    async def propose(moment: Moment) -> Proposal:
        record, living = await _standing(parts, moment, fact)
        when = period_of(at, zone_named(moment.group.settings.timezone))
        amendment = ended(record, when.first, when.precision, living, _saying(moment))
        return _amending(order, "ended", amendment)

    committed = await commit(parts, order.group, order.actor, propose)
    return Changed(committed.changes, committed.facts, committed.entities)


async def correct_fact(parts: Parts, order: Order, fact: str, replacement: FactInput | None) -> Changed:
    """Raises NotFound; BadInput and Conflict as `add_facts` does for the replacement."""

    async def propose(moment: Moment) -> Proposal:
        record, living = await _standing(parts, moment, fact)
        proposal = _amending(order, "corrected", corrected(record, living, _saying(moment)))
        if replacement is None:
            return proposal
        naming = Naming(parts, moment)
        told = await told_fact(parts, moment, naming, replacement, "with")
        new = [_over_span(a, replacement, span_of(record, living)) for a in told]
        notes = {**proposal.notes, **{a.uuid: Note("corrected", order.reason) for a in new}}
        return replace(proposal, added=(*proposal.added, *new), entities=naming.fresh, notes=notes)

    committed = await commit(parts, order.group, order.actor, propose)
    return Changed(committed.changes, committed.facts, committed.entities)


def _over_span(told: Assertion, given: FactInput, span: Span) -> Assertion:
    """A replacement without times of its own takes over those of the fact it replaces (DECISIONS 8)."""
    if given.valid_at is not None or given.invalid_at is not None:
        return told
    end = span.end if told.holds and told.seen is None else None
    return replace(
        told, start=span.start, precision=span.precision, within=None, end=end, end_precision=span.end_precision if end else None
    )


def _amending(order: Order, rule: str, amendment: Amendment) -> Proposal:
    touched = (*amendment.added, *amendment.withdrawn)
    return Proposal(added=amendment.added, withdrawn=amendment.withdrawn, notes={a.uuid: Note(rule, order.reason) for a in touched})


def _saying(moment: Moment) -> Saying:
    return Saying(moment.operation, moment.actor, moment.at)


async def _standing(parts: Parts, moment: Moment, uuid: str) -> tuple[Fact, Sequence[Assertion]]:
    """The record, and all living assertions of its key. Raises NotFound, and Conflict for one that is believed no more."""
    group = moment.group.name
    record = (await parts.store.facts(group, [uuid])).get(uuid)
    if record is None:
        raise NotFound(f"there is no fact {uuid!r} in the group {group!r}")
    if record.retracted_at is not None:
        instead = f"; {record.replaced_by!r} took its place" if record.replaced_by else ""
        raise Conflict(f"the fact {uuid!r} was retracted at {record.retracted_at.isoformat()}{instead}", hint="Use the present record.")
    return record, (await parts.store.beliefs(group, [record.key])).assertions
