"""What something closed ("quit" a job, a wedding an engagement, a death a home), and what becomes of it where that is taken back. Pure.

Such a denial is told in the words of its cause, and begins with it: by these it is found again.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from graph.amend import Amendment, Saying
from graph.belief import belief_key, keys_around
from graph.model import Assertion, Fact, UpdatePolicy
from graph.ontology import Ontology, canonical


def keys_closed(ontology: Ontology, cause: Assertion | Fact, policy: UpdatePolicy) -> list[str]:
    """The belief keys under which all stands that something may have closed."""
    told = ontology.relation(cause.relation)
    same = [canonical(ontology, ontology.relation(name), cause.subject, cause.object, policy) for name in (*told.ends, *told.closes)]
    around = (key for name in told.closes_all for key in keys_around(ontology.relation(name), cause.subject))
    return [*(belief_key(*kept, policy) for kept in same), *around]


def closed_by(ontology: Ontology, causes: Iterable[Assertion], said: Iterable[Assertion]) -> list[Assertion]:
    """Of what was said, the denials that were told with one of the causes."""
    told: defaultdict[Hashable, list[Assertion]] = defaultdict(list)
    for cause in causes:
        if cause.holds:
            told[_words(cause)].append(cause)
    return [a for a in said if not a.holds and any(_closes(ontology, cause, a) for cause in told.get(_words(a), ()))]


def freeing(ontology: Ontology, amendment: Amendment, said: Iterable[Assertion]) -> Amendment:
    """What takes something back takes back what that closed, unless it is said again and began when it did."""
    again = {_beginning(a) for a in amendment.added}
    gone = [a for a in amendment.withdrawn if _beginning(a) not in again]
    withdrawn = {a.uuid: a for a in (*amendment.withdrawn, *closed_by(ontology, gone, said))}
    return replace(amendment, withdrawn=tuple(withdrawn.values()))


def closing_again(ontology: Ontology, freed: Sequence[Assertion], instead: Assertion, saying: Saying) -> list[Assertion]:
    """What was closed whatever its other end, closed by what is told in the place of its cause."""
    of = ((a.subject, a.relation, a.object) for a in freed if instead.holds and _closes_all(ontology, instead, a))
    return [denied(instead, *triple, saying) for triple in dict.fromkeys(of)]


def denied(cause: Assertion, subject: str, relation: str, object_: str, saying: Saying) -> Assertion:
    """From where the cause begins on, this no longer holds."""
    spanless = replace(cause, holds=False, seen=None, end=None, end_precision=None, said_of=None)
    return replace(spanless, uuid=saying.fresh(), subject=subject, relation=relation, object=object_)


def _words(a: Assertion) -> Hashable:
    return a.episode, a.quote, a.span, a.text, a.said, a.actor, a.start


def _beginning(a: Assertion) -> Hashable:
    return _words(a), a.subject, a.relation, a.object, a.holds


def _closes(ontology: Ontology, cause: Assertion, a: Assertion) -> bool:
    told, same_ends = ontology.relation(cause.relation), {a.subject, a.object} == {cause.subject, cause.object}
    return (same_ends and a.relation in (*told.ends, *told.closes)) or _closes_all(ontology, cause, a)


def _closes_all(ontology: Ontology, cause: Assertion, a: Assertion) -> bool:
    if a.relation not in ontology.relation(cause.relation).closes_all:
        return False
    return cause.subject == a.subject or (cause.subject == a.object and ontology.relation(a.relation).symmetric)
