"""Clients read a message, a code and what to do; our insides stay in the log."""

import logging

import pytest
from graphql import GraphQLError

from graph.errors import BadInput, NotFound, PalimpsestError
from schema.errors import told


def located(cause: Exception) -> GraphQLError:
    return GraphQLError(str(cause), path=["graph", "facts"], original_error=cause)


@pytest.mark.parametrize(
    "kind", [*PalimpsestError.__subclasses__(), *(k for b in PalimpsestError.__subclasses__() for k in b.__subclasses__())]
)
def test_our_errors_keep_their_words_and_code(kind: type[PalimpsestError]) -> None:
    seen = told(located(kind("no 'x' here", hint="Use 'y'.")))
    assert seen.message == "no 'x' here"
    assert seen.path == ["graph", "facts"]
    assert seen.extensions == {"code": kind.code, "hint": "Use 'y'."}


def test_the_field_at_fault_is_named() -> None:
    assert told(located(BadInput("no", hint="h", field="first"))).extensions == {"code": "BAD_INPUT", "hint": "h", "field": "first"}


def test_an_unforeseen_error_shows_only_a_reference_that_the_log_has(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "palimpsest"):
        seen = told(located(RuntimeError("password=hunter2 at /etc/passwd")))
    assert seen.extensions is not None
    assert seen.extensions.keys() == {"code", "reference"}
    assert seen.extensions["code"] == "INTERNAL"
    assert "hunter2" not in seen.message and "passwd" not in seen.message
    assert seen.extensions["reference"] in seen.message
    assert seen.extensions["reference"] in caplog.text and "hunter2" in caplog.text


def test_a_fault_of_the_request_keeps_graphqls_own_words() -> None:
    seen = told(GraphQLError("Cannot query field 'x' on type 'Query'."))
    assert seen.message == "Cannot query field 'x' on type 'Query'."
    assert seen.extensions == {"code": "BAD_INPUT"}


def test_an_error_is_told_once() -> None:
    once = told(located(NotFound("gone")))
    assert told(once) is once
