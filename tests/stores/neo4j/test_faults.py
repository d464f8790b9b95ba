"""Every error of the driver's becomes one of ours, naming the address and what to do."""

import inspect

import pytest
from neo4j import exceptions

from graph.errors import BadInput, Conflict, PalimpsestError, StoreAway, StoreUnavailable
from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j.faults import BY_CODE, fault, silent, translated
from tests.servers.process import free_port
from tests.stores.builders import keeping, message
from tests.stores.neo4j.opening import connected, opened, refusal

ADDRESS = Address("bolt://somewhere:7687", database="memories")
ROOTS = (exceptions.Neo4jError, exceptions.DriverError)
KINDS = [kind for kind in vars(exceptions).values() if inspect.isclass(kind) and issubclass(kind, ROOTS)]
ENDED = ("Terminated", "LockClientStopped")
TOO_LONG = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")


def told_by_server(code: str) -> exceptions.Neo4jError:
    return exceptions.Neo4jError._hydrate_neo4j(code=code, message="it broke")


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_the_driver_is_one_of_ours(kind: type[exceptions.Neo4jError | exceptions.DriverError]) -> None:
    error = kind("it broke")
    found = fault(error, ADDRESS)
    assert isinstance(found, StoreUnavailable | Conflict)
    assert found.hint
    with pytest.raises(PalimpsestError) as caught, translated(ADDRESS):
        raise error
    assert caught.value.__cause__ is error


def test_the_walk_meets_all_of_them() -> None:
    def below(kind: type[Exception]) -> set[type[Exception]]:
        found: set[type[Exception]] = {kind}
        return found.union(*map(below, kind.__subclasses__()))

    assert set(KINDS) == {kind for root in ROOTS for kind in below(root) if kind.__module__ == exceptions.__name__}


@pytest.mark.parametrize("kind", [k for k in KINDS if k("it broke").is_retryable()])
def test_what_may_be_tried_again_is_away_only(kind: type[exceptions.DriverError]) -> None:
    assert isinstance(fault(kind("it broke"), ADDRESS), StoreAway)


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        ("Neo.ClientError.Security.Unauthorized", StoreUnavailable, "password"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", StoreUnavailable, "too often"),
        ("Neo.ClientError.Security.CredentialsExpired", StoreUnavailable, "first password"),
        ("Neo.ClientError.Security.Forbidden", StoreUnavailable, "may not do this"),
        ("Neo.ClientError.Database.DatabaseNotFound", StoreUnavailable, "no database 'memories'"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", StoreAway, "may only be read"),
        ("Neo.ClientError.Cluster.NotALeader", StoreAway, "may only be read"),
        ("Neo.ClientError.Statement.SyntaxError", StoreUnavailable, "refused a statement: it broke"),
        ("Neo.ClientError.Procedure.ProcedureNotFound", StoreUnavailable, "refused a statement: it broke"),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", Conflict, "there already"),
        ("Neo.TransientError.Transaction.DeadlockDetected", StoreAway, "busy"),
        ("Neo.TransientError.General.DatabaseUnavailable", StoreAway, "busy or restarting"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", StoreAway, "out of memory"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", StoreUnavailable, "it failed: it broke"),
        *((f"Neo.ClientError.Transaction.{name}", StoreAway, "ended the transaction") for name in ENDED),
        *((f"Neo.ClientError.Transaction.{name}", StoreAway, "took too long") for name in TOO_LONG),
    ],
)
def test_what_the_server_says_is_told_apart(code: str, kind: type[PalimpsestError], says: str) -> None:
    found = fault(told_by_server(code), ADDRESS)
    assert type(found) is kind
    assert says in found.message
    assert found.hint
    assert ADDRESS.uri in found.message or kind is Conflict


def test_a_silent_server_is_away_and_named() -> None:
    found = silent(ADDRESS, 10.5)
    assert type(found) is StoreAway
    assert found.message == "Neo4j at 'bolt://somewhere:7687' cannot be used: it did not answer within 10.5 seconds"
    assert "do the same again" in found.hint


def test_the_codes_are_those_of_errors() -> None:
    for code in BY_CODE:
        assert told_by_server(code).code == code


async def test_a_wrong_password(neo4j: Address) -> None:
    found = await refusal(Neo4jStore(Address(neo4j.uri, neo4j.user, "wrong password")))
    assert "refuses the user or the password" in found.message
    assert "PALIMPSEST_NEO4J_PASSWORD" in found.hint
    assert "wrong password" not in found.message + found.hint


async def test_a_port_where_nothing_answers() -> None:
    found = await refusal(Neo4jStore(Address(f"bolt://127.0.0.1:{free_port()}", patience=0.1)))
    assert isinstance(found, StoreAway)
    assert "does not answer (Couldn't connect to 127.0.0.1:" in found.message


async def test_a_port_that_speaks_http(http: int) -> None:
    found = await refusal(Neo4jStore(Address(f"bolt://127.0.0.1:{http}", patience=5)))
    assert "speaks HTTP" in found.message
    assert "7687" in found.hint


@pytest.mark.parametrize("uri", ["postgres://127.0.0.1", "bolt://127.0.0.1:port", "bolt://127.0.0.1:1?routing=x"])
async def test_what_is_no_address(uri: str) -> None:
    assert "neo4j://host:7687" in (await refusal(Neo4jStore(Address(uri)))).hint


async def test_a_database_that_is_not_there(neo4j: Address) -> None:
    address = Address(neo4j.uri, neo4j.user, neo4j.password, database="elsewhere")
    assert "no database 'elsewhere'" in (await refusal(Neo4jStore(address))).message


async def test_a_store_that_is_not_open(neo4j: Address) -> None:
    store = Neo4jStore(neo4j)
    with pytest.raises(StoreUnavailable, match="not open"):
        await store.group("g")
    await store.open()
    await store.close()
    with pytest.raises(StoreUnavailable, match="not open"):
        await store.keep(keeping(message("a")))


async def test_a_statement_that_is_wrong_is_a_defect_and_never_an_empty_answer(neo4j: Address) -> None:
    async with connected(neo4j) as database:
        for statement in ("RETRUN 1", "RETURN what.is ->", "CALL no.such.procedure()"):
            with pytest.raises(StoreUnavailable, match="refused a statement") as caught:
                await database.read(statement)
            assert "report" in caught.value.hint


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
async def test_half_a_surrogate_pair_is_bad_input(neo4j: Address, text: str) -> None:
    async with opened(neo4j) as store:
        with pytest.raises(BadInput, match="Unicode"):
            await store.keep(keeping(message(text)))
        with pytest.raises(BadInput, match="Unicode"):
            await store.group(text)
        assert await store.group("g") is None
