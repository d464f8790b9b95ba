"""For whom an assertion counts: for those that the entities it was said of are one with. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from graph.model import Assertion


def said_of(a: Assertion) -> tuple[str, str]:
    """The entities that it was said about."""
    return a.said_of or (a.subject, a.object)


def counted(a: Assertion, moved: Mapping[str, str]) -> Assertion:
    """The assertion as it counts once entities are one with others: `moved` says of each with whom, itself where it is apart again."""
    told = said_of(a)
    subject, object_ = (moved.get(said, now) for said, now in zip(told, (a.subject, a.object), strict=True))
    return replace(a, subject=subject, object=object_, said_of=None if (subject, object_) == told else told)


def is_idle(a: Assertion) -> bool:
    """Whether it was said of two entities that are one since: "Annie knows Anna" says nothing then."""
    told = said_of(a)
    return a.subject == a.object and told[0] != told[1]
