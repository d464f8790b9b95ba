"""What a lease means whatever the store."""

from graph.errors import Conflict, ModelAway, NotFound, StaleVersion

BEFORE = 6
"""How many episodes of the session a worker sees before those it learns from."""

NO_FAULT = (StaleVersion.__name__, ModelAway.__name__)
"""Errors that do not count as an attempt: others were faster, or the model was away."""

READY_AT_ONCE = -(1 << 62)


def lost(token: str) -> Conflict:
    return Conflict(f"the lease {token!r} is lost: it ran out, and another worker has the work", hint="Take a new lease.")


def unknown(work: str) -> NotFound:
    return NotFound(f"there is no work {work!r} in this group")
