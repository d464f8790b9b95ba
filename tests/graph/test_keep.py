from datetime import UTC, datetime, timedelta

import pytest

from graph.errors import BadInput
from graph.inputs import DocumentInput, MessageInput, When
from graph.keep import Place, document_episode, group_named, message_episodes, needs_zone, require_json, zone_named
from graph.model import EpisodeKind
from graph.parts import Limits

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
PLACE = Place("g", "s", NOW, "Europe/Vienna")
LIMITS = Limits(message_bytes=100, document_bytes=200, messages=3)


def test_a_message_is_kept_as_it_came() -> None:
    message = MessageInput("user", "  Hi 👋\n", name="Ines", id="m1", said_at="2025-06-01T10:00:00+02:00", metadata={"a": 1})
    (episode,) = message_episodes(LIMITS, PLACE, [message], {"b": 2})
    assert (episode.content, episode.name, episode.external_id) == ("  Hi 👋\n", "Ines", "m1")
    assert episode.said_at.utcoffset() == timedelta(hours=2)
    assert episode.metadata == {"a": 1, "b": 2}


def test_a_missing_time_is_the_time_of_the_call_and_a_day_begins_in_the_groups_zone() -> None:
    first, second = message_episodes(LIMITS, PLACE, [MessageInput("user", "a"), MessageInput("user", "b", said_at="2025-06-01")], {})
    assert first.said_at == NOW
    assert second.said_at.isoformat() == "2025-06-01T00:00:00+02:00"


@pytest.mark.parametrize(
    ("message", "field", "named"),
    [
        (MessageInput("narrator", "a"), "messages[1].role", "'narrator'"),
        (MessageInput("user", " \n "), "messages[1].content", "is empty"),
        (MessageInput("user", "x" * 101), "messages[1].content", "101 bytes"),
        (MessageInput("user", "ä" * 51), "messages[1].content", "102 bytes"),
        (MessageInput("user", "a\x00b"), "messages[1].content", "NUL"),
        (MessageInput("user", "a\ud800"), "messages[1].content", "surrogate"),
        (MessageInput("user", "a", said_at="yesterday"), "messages[1].saidAt", "'yesterday'"),
        (MessageInput("user", "a", said_at="9999-12-31T23:59:59Z"), "messages[1].saidAt", "9998"),
        (MessageInput("user", "a", name="n" * 600), "messages[1].name", "600 characters"),
    ],
)
def test_a_bad_message_is_refused_by_its_place_and_value(message: MessageInput, field: str, named: str) -> None:
    with pytest.raises(BadInput) as caught:
        message_episodes(LIMITS, PLACE, [MessageInput("user", "fine"), message], {})
    assert caught.value.field == field
    assert named in caught.value.message


@pytest.mark.parametrize("count", [0, 4])
def test_too_few_and_too_many_messages_are_refused(count: int) -> None:
    with pytest.raises(BadInput) as caught:
        message_episodes(LIMITS, PLACE, [MessageInput("user", "a")] * count, {})
    assert caught.value.field == "messages"


def test_emoji_alone_are_a_message() -> None:
    assert message_episodes(LIMITS, PLACE, [MessageInput("user", "🎉🎉")], {})[0].content == "🎉🎉"


def test_a_document_needs_no_session_and_its_title_is_its_name() -> None:
    episode = document_episode(LIMITS, Place("g", None, NOW, "UTC"), DocumentInput("# Notes", title="Notes"))
    assert (episode.session, episode.name, episode.kind, episode.role) == (None, "Notes", EpisodeKind.TEXT, None)


def test_a_document_is_no_message() -> None:
    with pytest.raises(BadInput, match="MESSAGE"):
        document_episode(LIMITS, PLACE, DocumentInput("x", kind=EpisodeKind.MESSAGE))


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc", "a\x00b"])
def test_a_zone_that_is_none_is_named(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        zone_named(name)
    assert repr(name) in caught.value.message


def test_group_names_are_any_text_that_can_be_kept() -> None:
    assert group_named("user:ü 🎈") == "user:ü 🎈"
    with pytest.raises(BadInput):
        group_named("g" * 513)


@pytest.mark.parametrize(
    ("when", "needed"),
    [(None, False), (NOW, False), ("2025-06-01T10:00:00+02:00", False), ("2025", True), (" 2025-06 ", True), ("2025-06-01", True)],
)
def test_only_a_period_of_the_calendar_needs_a_zone(when: When | None, needed: bool) -> None:
    assert needs_zone(when) is needed


@pytest.mark.parametrize(("value", "named"), [({"a": {1}}, "not JSON"), ({"a": float("inf")}, "not JSON"), ({"a": "\ud800"}, "surrogate")])
def test_what_no_store_can_keep_is_refused(value: dict[str, object], named: str) -> None:
    require_json({"a": [1, None, "ä", {"b": True}]}, 100, "attributes")
    with pytest.raises(BadInput, match=named):
        require_json(value, 100, "attributes")


def test_the_limit_of_json_is_in_bytes_as_written() -> None:
    require_json({"a": "ä" * 40}, 89, "facts[0].attributes")
    with pytest.raises(BadInput, match="attributes has 89 bytes, and the limit is 88"):
        require_json({"a": "ä" * 40}, 88, "facts[0].attributes")
