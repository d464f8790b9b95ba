"""Facts told directly, without extraction: add, end, correct."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from graph.amend import Amendment, Saying, Span, corrected, ended, span_of
from graph.assertions import triples
from graph.closing import closing_again, freeing, keys_closed
from graph.commit import Committed, Moment, Proposal, commit
from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import Changed, EntityInput, FactInput, When
from graph.keep import group_named, require_json, require_short, require_size, require_storable, zone_named
from graph.model import Assertion, Fact
from graph.naming import Naming
from graph.ontology import Ontology
from graph.parts import Limits, Parts
from graph.reconcile import Note
from graph.resolve import normal
from graph.stores.base import Asking
from graph.time import Precision, period_of


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants a group changed, and why."""

    group: str
    actor: str
    reason: str


async def add_facts(parts: Parts, order: Order, facts: Sequence[FactInput]) -> Changed:
    """All of the facts as one operation, or an error naming the first unusable one."""
    _check(parts.limits, order, facts)
    shown: dict[str, None] = {}

    async def propose(moment: Moment) -> Proposal:
        naming = _naming(moment)
        new = _new(parts.ontology, moment, naming, facts)
        shown.update(dict.fromkeys(a.uuid for a in new))
        return Proposal(added=new, entities=naming.made, notes={a.uuid: Note("told", order.reason or "told by the caller") for a in new})

    committed = await commit(parts, order.group, order.actor, _asking(facts), propose)
    return _changed(committed, set(shown))


def _changed(committed: Committed, assertions: set[str]) -> Changed:
    resting = tuple(fact for fact in committed.facts if assertions & set(fact.assertions))
    return Changed(committed.at, committed.changes, resting, committed.entities)


def _asking(facts: Sequence[FactInput], *amended: str) -> Asking:
    """All that the facts name, and the records that they amend."""
    ends = [end for fact in facts for end in (fact.subject, fact.object)]
    return Asking(
        names=list(dict.fromkeys(normal(end.name) for end in ends if end.id is None and end.name)),
        entities=list(dict.fromkeys(end.id for end in ends if end.id is not None)),
        facts=amended,
        external=list(dict.fromkeys(fact.id for fact in facts if fact.id is not None)),
    )


def _naming(moment: Moment) -> Naming:
    return Naming(moment.group.name, moment.at, moment.footing.candidates, moment.footing.entities)


def _check(limits: Limits, order: Order, facts: Sequence[FactInput]) -> None:
    if not facts:
        raise BadInput("there are no facts to add", hint="Send at least one.", field="facts")
    if len(facts) > limits.facts:
        raise BadInput(f"{len(facts)} facts in one call are more than {limits.facts}", hint="Send them in parts.", field="facts")
    require_order(limits, order)
    for n, fact in enumerate(facts):
        _check_fact(limits, fact, f"facts[{n}]")


def require_order(limits: Limits, order: Order) -> None:
    group_named(order.group)
    require_storable(order.reason, "reason")
    require_size(order.reason, limits.text_bytes, "reason")


def require_reason(limits: Limits, order: Order) -> None:
    """As `require_order`, where the Change log must say why."""
    require_order(limits, order)
    if not order.reason.strip():
        raise BadInput(f"the reason {order.reason!r} says nothing", hint="Say why in a few words: the Change log keeps it.", field="reason")


def _check_fact(limits: Limits, fact: FactInput, field_: str) -> None:
    """Raises BadInput for what is empty, out of bounds or too long."""
    if not fact.relation.strip():
        raise BadInput(f"the relation {fact.relation!r} is empty", hint="Name it, such as works_at.", field=f"{field_}.relation")
    if fact.confidence is not None and not 0 <= fact.confidence <= 1:
        raise BadInput(f"the confidence {fact.confidence!r} is not between 0 and 1", field=f"{field_}.confidence")
    require_short(fact.relation, f"{field_}.relation")
    require_short(fact.id or "", f"{field_}.id")
    require_storable(fact.text or "", f"{field_}.text")
    require_size(fact.text or "", limits.text_bytes, f"{field_}.text")
    require_json(fact.attributes, limits.attribute_bytes, f"{field_}.attributes")
    for end, name in ((fact.subject, "subject"), (fact.object, "object")):
        _check_end(end, f"{field_}.{name}")


def _check_end(given: EntityInput, field_: str) -> None:
    if given.id is None and not normal(given.name or ""):
        raise BadInput(f"{given.name!r} names nothing", hint="Give the entity an id or a name.", field=field_)
    for text in (given.id, given.name, given.type):
        require_short(text or "", field_)


def told_fact(ontology: Ontology, moment: Moment, naming: Naming, fact: FactInput, field_: str) -> list[Assertion]:
    """The assertions that a fact told by a caller makes (an ending relation may end several)."""
    name = relation_named(ontology, fact.relation)
    relation = ontology.relation(name)
    subject = naming.entity(fact.subject, relation.subject, f"{field_}.subject")
    object_ = naming.entity(fact.object, relation.object, f"{field_}.object")
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
        for triple in triples(ontology, name, (subject.uuid, object_.uuid), True, moment.group.settings.updates)
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
    given = fact.valid_at is not None
    began = (
        f"validAt {fact.valid_at!r}" if given else f"the time of saying, {start.isoformat()}, which counts as validAt where none is given"
    )
    hint = "" if given else "Give validAt, too."
    if end is not None and end <= start:
        raise BadInput(f"invalidAt {fact.invalid_at!r} is not after {began}", hint=hint, field=f"{field_}.invalidAt")
    if seen is not None and seen < start:
        raise BadInput(f"seenAt {fact.seen_at!r} is before {began}", hint=hint, field=f"{field_}.seenAt")


def _new(ontology: Ontology, moment: Moment, naming: Naming, facts: Sequence[FactInput]) -> list[Assertion]:
    """What the facts assert, without those told before under the same idempotency id. Raises Conflict where it said something else."""
    known = dict(moment.footing.external)
    new: list[Assertion] = []
    for n, fact in enumerate(facts):
        told = told_fact(ontology, moment, naming, fact, f"facts[{n}]")
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
    require_reason(parts.limits, order)

    async def propose(moment: Moment) -> Proposal:
        record = _standing(moment, fact)
        when = period_of(at, zone_named(moment.group.settings.timezone))
        await moment.standing.read([record.key])
        return _amending(order, "ended", ended(record, when.first, when.precision, _living(moment, record), _saying(moment)))

    committed = await commit(parts, order.group, order.actor, _asking((), fact), propose)
    return Changed(committed.at, committed.changes, committed.facts, committed.entities)


async def correct_fact(parts: Parts, order: Order, fact: str, replacement: FactInput | None) -> Changed:
    """Raises NotFound; BadInput and Conflict as `add_facts` does for the replacement."""
    given = [] if replacement is None else [replacement]
    require_reason(parts.limits, order)
    for one in given:
        _check_fact(parts.limits, one, "with")

    async def propose(moment: Moment) -> Proposal:
        record = _standing(moment, fact)
        naming = _naming(moment)
        told = [(one, a) for one in given for a in told_fact(parts.ontology, moment, naming, one, "with")]
        closed = keys_closed(parts.ontology, record, moment.group.settings.updates)
        keys = [record.key, *closed, *(moment.standing.key_of(a) for _, a in told)]
        await moment.standing.read(keys, {entity.uuid for entity in naming.made})
        living, saying = _living(moment, record), _saying(moment)
        amendment = freeing(parts.ontology, corrected(record, living, saying), moment.standing.all_said())
        proposal = _amending(order, "corrected", amendment)
        new = [_over_span(a, one, span_of(record, living)) for one, a in told]
        new += [again for a in new for again in closing_again(parts.ontology, amendment.withdrawn, a, saying)]
        notes = {**proposal.notes, **{a.uuid: Note("corrected", order.reason) for a in new}}
        return replace(proposal, added=(*proposal.added, *new), entities=naming.made, notes=notes)

    committed = await commit(parts, order.group, order.actor, _asking(given, fact), propose)
    return Changed(committed.at, committed.changes, committed.facts, committed.entities)


def _over_span(told: Assertion, given: FactInput, span: Span) -> Assertion:
    """A replacement without times of its own takes over those of the fact it replaces (DECISIONS 8).

    That of a fact that was over some time before is over, too. Raises BadInput where it is vouched for until before it begins.
    """
    if given.valid_at is not None or given.invalid_at is not None:
        return told
    if told.seen is not None and told.seen < span.start:
        raise BadInput(
            f"seenAt {given.seen_at!r} is before {span.start.isoformat()}, which it takes over as validAt",
            hint="Give validAt too, or no seenAt.",
            field="with.seenAt",
        )
    over = span.precision is Precision.BEFORE
    if over and told.holds and told.seen is None:
        known = span.end_precision if span.end_precision is not Precision.BEFORE else None
        return replace(told, start=span.start, precision=Precision.BEFORE, within=None, holds=False, end_precision=known)
    end = span.end if told.holds and told.seen is None else None
    precision = Precision.SAID if over else span.precision
    return replace(told, start=span.start, precision=precision, within=None, end=end, end_precision=span.end_precision if end else None)


def _amending(order: Order, rule: str, amendment: Amendment) -> Proposal:
    touched = (*amendment.added, *amendment.withdrawn)
    return Proposal(added=amendment.added, withdrawn=amendment.withdrawn, notes={a.uuid: Note(rule, order.reason) for a in touched})


def _saying(moment: Moment) -> Saying:
    return Saying(moment.operation, moment.actor, moment.at)


def _standing(moment: Moment, uuid: str) -> Fact:
    """The record. Raises NotFound, and Conflict for one that is believed no more."""
    record = moment.footing.facts.get(uuid)
    if record is None:
        raise NotFound(f"there is no fact {uuid!r} in the group {moment.group.name!r}")
    if record.retracted_at is not None:
        instead = f", and the record {record.replaced_by!r} took its place" if record.replaced_by else ""
        hint = "Use the present record: `replacedBy` names it." if instead else "It is no longer believed."
        raise Conflict(f"the fact {record.text!r} was retracted at {record.retracted_at.isoformat()}{instead}", hint=hint)
    return record


def _living(moment: Moment, record: Fact) -> Sequence[Assertion]:
    """All living assertions of its key, once these are read."""
    return moment.standing.under([record.key]).assertions
