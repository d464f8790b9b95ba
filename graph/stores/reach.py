"""How far a neighbourhood reaches, and how much of an entity is looked at, in every store."""

from graph.errors import BadInput

MOST_HOPS = 4
EXPLORED = 2_000
"""How many facts of a hop are looked at as those of subjects, and as those of objects; a total counts no further."""
COUNTED = 10_000
"""How many facts of an entity, the last begun, are looked at as a subject's, and as an object's, to count them or tell its neighbours."""

NAMESAKES = 100
"""Of the people who share no more than a first name with a mention, so many may be meant: those who got their name last."""
NEAREST = 8
"""Of those whose names share a key of near spelling, so many are compared: those who got their name last."""
MEETINGS = 2_000
"""Messages and facts of an entity that are looked through for another one, at most."""


def require_hops(hops: int) -> None:
    """Raises BadInput for more than can be walked at once, or fewer than none."""
    if not 0 <= hops <= MOST_HOPS:
        raise BadInput(f"{hops!r} hops are out of range", hint=f"Use 0 to {MOST_HOPS}.", field="hops")
