"""What the relations of the histories do, told once more in a few lines: the packaged ontology, as the law of time sees it."""

from typing import NamedTuple


class Rule(NamedTuple):
    exclusive: str = ""
    """"subject": a subject has one object at a time; "object": an object has one subject."""
    symmetric: bool = False
    mirrors: str = ""
    sets: str = ""
    ends: tuple[str, ...] = ()
    kept: bool = True
    """Whether it makes facts of its own."""


RULES = {
    "lives_in": Rule("subject"),
    "moved_to": Rule(sets="lives_in", kept=False),
    "moved_from": Rule(ends=("lives_in",), kept=False),
    "works_at": Rule("subject"),
    "quit": Rule(ends=("works_at",)),
    "head_of": Rule("object"),
    "capital_of": Rule("object"),
    "has_capital": Rule(mirrors="capital_of", kept=False),
    "friend_of": Rule(symmetric=True),
    "married_to": Rule(symmetric=True),
    "divorced": Rule(symmetric=True, ends=("married_to",)),
    "likes": Rule(),
    "stopped_liking": Rule(ends=("likes", "loves"), kept=False),
    "twirls_for": Rule(),
}

Triple = tuple[str, str, str, bool]


def amounts_to(subject: str, relation: str, object_: str, holds: bool, latest: bool) -> list[Triple]:
    """What telling a relation asserts: (subject, relation, object, holds) each."""
    rule = RULES[relation]
    if rule.mirrors:
        return [(object_, rule.mirrors, subject, holds)]
    told = [(relation, holds)] if rule.kept else []
    told += [(ended, False) for ended in rule.ends if holds]
    told += [(rule.sets, holds)] if rule.sets else []
    return [(*turned(subject, of, object_, latest), kept) for of, kept in told]


def turned(subject: str, relation: str, object_: str, latest: bool) -> tuple[str, str, str]:
    """The same triple, however its ends stand where that says nothing. (Under LATEST a subject has one value: it says something.)"""
    either = RULES.get(relation, Rule()).symmetric and not latest
    first, second = sorted((subject, object_)) if either else (subject, object_)
    return first, relation, second


def competes_as(subject: str, relation: str, object_: str, latest: bool) -> tuple[str, ...]:
    """What competes has the same key: one subject's, one object's, or only the same pair."""
    exclusive = RULES.get(relation, Rule()).exclusive
    if exclusive == "object":
        return relation, "of", object_
    return (relation, subject) if exclusive or latest else turned(subject, relation, object_, latest)
