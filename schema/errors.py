"""What clients read when something fails: a message, a code, a hint; never our insides."""

import logging
from uuid import uuid4

from graphql import GraphQLError

from graph.errors import BadInput, PalimpsestError

INTERNAL = "INTERNAL"
KEY_HINT = "Send the header Authorization: Bearer plk_..., with a key that `palimpsest keys create` printed."
log = logging.getLogger("palimpsest")


def told(error: GraphQLError) -> GraphQLError:
    """The error as the client sees it; one of ours keeps its words, an unforeseen one is logged under a reference id."""
    if error.extensions and "code" in error.extensions:
        return error
    cause = _cause(error)
    if isinstance(cause, PalimpsestError):
        return _rewritten(error, error.message, **explained(cause))
    if cause is None:
        return _rewritten(error, error.message, code=BadInput.code)
    return _rewritten(error, **internal(cause, f"at {error.path}"))


def explained(error: PalimpsestError) -> dict[str, str]:
    """The extensions of one of our errors."""
    extensions = {"code": error.code, "hint": error.hint}
    return {**extensions, "field": error.field} if error.field else extensions


def internal(error: BaseException, where: str) -> dict[str, str]:
    """Message, code and reference of an unforeseen error, which is logged in full under that reference."""
    id = reference()
    log.error("internal error %s %s", id, where, exc_info=error)
    return {"message": f"something went wrong on our side; the log has it under {id}", "code": INTERNAL, "reference": id}


def reference() -> str:
    """An id by which an entry of the log is found."""
    return uuid4().hex[:12]


def _cause(error: GraphQLError) -> BaseException | None:
    """What a resolver or a scalar raised; None where the request itself is at fault."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _rewritten(error: GraphQLError, message: str, **extensions: str) -> GraphQLError:
    return GraphQLError(message, error.nodes, error.source, error.positions, error.path, error.original_error, extensions)
