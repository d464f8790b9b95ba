"""The command as a whole: what it lists, how it fails, and what it does not load."""

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import pytest
from graphql import build_schema, parse, validate

from api.cli import COMMANDS, build_app, run
from schema.schema import printed
from tests.api.cli.command import palimpsest, refused


def test_help_lists_every_command_and_loads_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f" {name} " in shown for name in COMMANDS)
    loaded = "import sys; import api.cli; print(sorted({'numpy', 'spacy', 'strawberry', 'starlette'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_app()[name]
    assert run([name, "--help"]) == 0
    assert f"palimpsest {name}" in capsys.readouterr().out


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"palimpsest {version('palimpsest')}\n"


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["rember"], "rember"),
        (["ask", "demo"], "QUESTION"),
        (["ask", "demo", "Who?", "--budget", "much"], "much"),
        (["facts", "demo", "--status", "true"], "true"),
        (["facts", "demo", "--speed", "9"], "--speed"),
        (["serve", "--port", "http"], "http"),
        (["serve", "--store", "neo4j://localhost"], "PALIMPSEST_NEO4J_PASSWORD"),
        (["serve", "--no-work"], "palimpsest.db"),
        (["serve", "--store", "postgres://localhost"], "postgres://localhost"),
        (["keys", "create", "--group", "a", "--scope", "owner"], "owner"),
        (["keys", "create", "--group", "a", "--scope", "read", "--expires", "soon"], "soon"),
        (["keys", "create", "--group", "a", "--scope", "read", "--expires", "2020"], "2020"),
    ],
)
def test_wrong_words_are_one_line_naming_them(arguments: list[str], shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("error: ")
    assert shown in told[0]
    assert told[1].startswith("hint: ")
    assert len(told) == 2


def test_an_unknown_setting_stops_a_command() -> None:
    told = refused(palimpsest("facts", "demo", prot="80"), 2)
    assert "PALIMPSEST_PROT" in told
    assert "PALIMPSEST_PORT" in told


@pytest.mark.parametrize(
    ("module", "constant"),
    [
        ("ask", "DOCUMENT"),
        ("doctor", "DOCUMENT"),
        ("facts", "OF_GROUP"),
        ("facts", "OF_ENTITY"),
        ("timeline", "ENTITY"),
        ("timeline", "TIMELINE"),
        ("groups", "NAMED"),
        ("groups", "ALL"),
        ("retry", "RETRY"),
        ("remember", "ADD_MESSAGES"),
        ("remember", "ADD_DOCUMENT"),
    ],
)
def test_what_commands_ask_fits_the_schema(module: str, constant: str) -> None:
    document: str = getattr(import_module(f"api.cli.{module}"), constant)
    assert validate(build_schema(printed()), parse(document)) == []
