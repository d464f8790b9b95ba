"""The one boundary where the driver's errors become ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from neo4j import exceptions

from graph.errors import BadInput, Conflict, PalimpsestError, StoreAway, StoreUnavailable
from graph.stores.neo4j.address import Address


@dataclass(frozen=True, slots=True)
class Reason:
    """Why Neo4j cannot be used, and what to do; a passing one may be gone at the next call."""

    what: str
    hint: str
    passing: bool = False


_AGAIN = "What was answered before is kept; do the same again. `palimpsest doctor` tells whether the server answers."
_START = "Start the server, or check the address; nothing that was answered is lost."
_ADDRESS = "Write it as neo4j://host:7687 or bolt://host:7687."
_CREDENTIALS = "Set PALIMPSEST_NEO4J_USER and PALIMPSEST_NEO4J_PASSWORD to what the server knows."
_VERSIONS = "`palimpsest doctor` compares its version with what Palimpsest needs; where they fit, this is a defect to report."
_MEMORY = "Give it more: server.memory.heap.max_size and dbms.memory.transaction.total.max in its configuration."
_OUT_OF_MEMORY = Reason("it is out of memory", _MEMORY, passing=True)
_HELD_UP = f"{_AGAIN} SHOW TRANSACTIONS at the server shows what holds it up."
_TOO_LONG = Reason("it ended a transaction that took too long", _HELD_UP, passing=True)

HTTP = Reason("its port speaks HTTP and not Bolt", "Use its Bolt port, which is 7687 unless it was told otherwise.")
BY_CODE = {
    "Neo.ClientError.Security.AuthenticationRateLimit": Reason(
        "it was told wrong passwords too often", f"{_CREDENTIALS} Wait five seconds."
    ),
    "Neo.ClientError.Security.CredentialsExpired": Reason(
        "its first password was not changed yet",
        "Change it in its browser or with cypher-shell (ALTER CURRENT USER SET PASSWORD), and set PALIMPSEST_NEO4J_PASSWORD.",
    ),
    "Neo.ClientError.Database.DatabaseNotFound": Reason(
        "it has no database {address.database!r}", "Set PALIMPSEST_NEO4J_DATABASE to one that it has."
    ),
    "Neo.ClientError.Transaction.TransactionTimedOut": _TOO_LONG,
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": _TOO_LONG,
    "Neo.TransientError.General.OutOfMemoryError": _OUT_OF_MEMORY,
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": _OUT_OF_MEMORY,
    "Neo.TransientError.General.TransactionMemoryLimit": _OUT_OF_MEMORY,
}
BY_KIND: tuple[tuple[type[Exception], Reason], ...] = (
    (exceptions.AuthError, Reason("it refuses the user or the password", _CREDENTIALS)),
    (exceptions.ForbiddenOnReadOnlyDatabase, Reason("it may only be read", "Use a database that can be written.", passing=True)),
    (
        exceptions.NotALeader,
        Reason("this server of a cluster may only be read", "Use the address of the cluster: neo4j://host:7687.", passing=True),
    ),
    (exceptions.Forbidden, Reason("its user may not do this", "Give PALIMPSEST_NEO4J_USER the right to read, write and index.")),
    (
        exceptions.UnsupportedServerProduct,
        Reason("what answers is no Neo4j of these days", "Use Neo4j 2026.01 or later, at its Bolt port."),
    ),
    (
        exceptions.CertificateConfigurationError,
        Reason("its certificate cannot be used: {error}", "neo4j+ssc:// takes one signed by itself."),
    ),
    (exceptions.ConfigurationError, Reason("the driver cannot use this address: {error}", _ADDRESS)),
    (exceptions.ConnectionPoolError, Reason("all connections to it are busy", _AGAIN, passing=True)),
    (exceptions.IncompleteCommit, Reason("the connection was lost while it committed", _AGAIN, passing=True)),
    (exceptions.ServiceUnavailable, Reason("it does not answer ({error})", _START, passing=True)),
    (exceptions.SessionExpired, Reason("the connection was lost", _AGAIN, passing=True)),
    (exceptions.TransientError, Reason("it is busy or restarting", _AGAIN, passing=True)),
    (exceptions.DatabaseError, Reason("it failed: {error}", "Its log (logs/debug.log) says why: a full disk, or a damaged file.")),
    (exceptions.ClientError, Reason("it refused a statement: {error}", _VERSIONS)),
    (Exception, Reason("it answered what was not expected: {error}", _VERSIONS)),
)
_ENDED_BY_SERVER = "Neo.ClientError.Transaction."
ENDED = Reason("it ended the transaction", _AGAIN, passing=True)


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Raises what the driver raises as one of `graph.errors`, naming the address."""
    try:
        yield
    except (exceptions.Neo4jError, exceptions.DriverError) as error:
        raise fault(error, address) from error
    except OSError as error:
        raise StoreAway(f"Neo4j at {address.uri!r} cannot be used: {error}", hint=_AGAIN) from error
    except UnicodeEncodeError as error:
        raise BadInput(f"{error.object[:40]!r} is not well-formed Unicode", hint="Leave out unpaired surrogates.") from error


def fault(error: exceptions.Neo4jError | exceptions.DriverError, address: Address) -> PalimpsestError:
    """Our error for one of the driver's."""
    told = error.message if isinstance(error, exceptions.Neo4jError) else str(error).split(" (")[0]
    if isinstance(error, exceptions.ConstraintError):
        return Conflict(f"a record of this id or key is there already ({told})", hint="Read the present state and try again.")
    reason = _reason(error)
    unavailable = StoreAway if reason.passing else StoreUnavailable
    what = reason.what.format(address=address, error=told)
    return unavailable(f"Neo4j at {address.uri!r} cannot be used: {what}", hint=reason.hint)


def silent(address: Address, seconds: float) -> StoreAway:
    """For a call that was given up; whether a write is in, nobody knows."""
    return StoreAway(f"Neo4j at {address.uri!r} cannot be used: it did not answer within {seconds:g} seconds", hint=_HELD_UP)


def _reason(error: exceptions.Neo4jError | exceptions.DriverError) -> Reason:
    code = (error.code or "") if isinstance(error, exceptions.Neo4jError) else ""
    if code in BY_CODE:
        return BY_CODE[code]
    if code.startswith(_ENDED_BY_SERVER) and not isinstance(error, exceptions.Forbidden):
        return ENDED
    if isinstance(error, exceptions.ServiceUnavailable) and "looks like HTTP" in str(error):
        return HTTP
    return next(reason for kind, reason in BY_KIND if isinstance(error, kind))
