"""The settings table: what it parses, what it refuses, and how it says so."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.settings import TABLE, Settings, env_example, read_settings, settings_table
from graph.errors import BadInput
from graph.parts import Limits
from graph.stores.embedded.room import Room
from graph.stores.embedded.store import ROOM


def test_the_table_and_the_record_name_the_same_settings() -> None:
    assert [setting.name for setting in TABLE] == [field.name for field in fields(Settings)]


def test_nothing_given_is_the_defaults() -> None:
    settings = read_settings({"HOME": "/home/anna"})
    assert (settings.host, settings.port, settings.store, settings.key) == ("127.0.0.1", 8000, "./palimpsest.db", None)
    assert settings.max_message_bytes == Limits().message_bytes
    assert Room.of(settings.cache_mb) == ROOM


def test_the_environment_overrides_the_defaults_and_an_option_overrides_both() -> None:
    environ = {"PALIMPSEST_PORT": "9000", "PALIMPSEST_HOST": "0.0.0.0"}  # noqa: S104 - a value to parse, nothing listens
    settings = read_settings(environ, port="9100", store=None)
    assert (settings.host, settings.port) == ("0.0.0.0", 9100)  # noqa: S104 - the same


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(BadInput, match="'PALIMPSEST_PROT'") as caught:
        read_settings({"PALIMPSEST_PROT": "1"})
    assert "PALIMPSEST_PORT" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PALIMPSEST_PORT", "http"),
        ("PALIMPSEST_PORT", "70000"),
        ("PALIMPSEST_PORT", "-1"),
        ("PALIMPSEST_MAX_PAGE", "0"),
        ("PALIMPSEST_CACHE_MB", "1 GB"),
        ("PALIMPSEST_MAX_MESSAGE_BYTES", "64k"),
        ("PALIMPSEST_INTROSPECTION", "yes"),
        ("PALIMPSEST_LOG_LEVEL", "loud"),
        ("PALIMPSEST_LEARN_FROM", "user,robot"),
        ("PALIMPSEST_STORE", ""),
    ],
)
def test_a_bad_value_names_setting_and_value(name: str, value: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_settings({name: value})
    assert name in caught.value.message
    assert repr(value) in caught.value.message
    assert caught.value.hint


def test_a_bad_option_is_named_as_it_was_written() -> None:
    with pytest.raises(BadInput, match=r"--port is 'x'"):
        read_settings({}, port="x")


def test_roles_are_read_as_a_list() -> None:
    assert read_settings({"PALIMPSEST_LEARN_FROM": "user, assistant"}).learn_from == ("user", "assistant")


@given(st.text())
def test_any_text_is_a_value_or_bad_input(value: str) -> None:
    for setting in TABLE:
        try:
            read_settings({setting.variable: value})
        except BadInput as error:
            assert setting.variable in error.message


def test_the_generated_texts_hold_every_setting() -> None:
    for setting in TABLE:
        assert f"# {setting.variable}={setting.default}\n" in env_example()
        assert f"| `{setting.variable}` |" in settings_table()
