"""Jobs that end by themselves: "my contract at Acme ends on 28 February"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.names import is_named
from extractors.local.nouns import mention
from extractors.local.opened import Frame
from extractors.local.people import owner_of
from graph.language import Mention, MentionKind

_JOBS = frozenset("contract job position internship traineeship apprenticeship placement".split())
_ENDING = frozenset("end finish expire".split()) | {"run"}


def ended_job(clause: Clause, frame: Frame) -> Iterator[Draft]:
    """Whose job it is no longer works there, from the date on; where no employer is named, wherever they work."""
    job = clause.subject
    if job is None or not (_is_ended(job, clause) or _is_last_day(job, clause)) or clause.phrase.negated:
        return
    holder = owner_of(job, frame.scene)
    if holder is None:
        return
    place = next((noun for at in job.children if at.lower_ in ("at", "with", "for") for noun in at.children if noun.dep_ == "pobj"), None)
    employer = mention(place, frame.scene, "Organization") if place is not None else Mention(MentionKind.ANY, "")
    if employer is not None:
        yield replace(frame.draft(holder, "works_at", employer, Kind.STATE, place), holds=False)


def _is_ended(job: Token, clause: Clause) -> bool:
    return job.lemma_.lower() in _JOBS and clause.phrase.lemma in _ENDING


def _is_last_day(day: Token, clause: Clause) -> bool:
    """ "My last day at Acme was Friday"."""
    last = day.lower_ == "day" and any(c.lower_ == "last" for c in day.lefts)
    return last and clause.phrase.lemma == "be" and any(at.lower_ == "at" and _is_employer(at) for at in day.children)


def _is_employer(at: Token) -> bool:
    return any(is_named(noun) and noun.dep_ == "pobj" for noun in at.children)
