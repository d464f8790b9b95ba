"""How what Graphiti wrote reads by our rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.adopt import Adoption, TheirEntity, TheirEpisode, TheirFact, apart, entity, episode, fact, said, speaker, type_of
from graph.belief import believed
from graph.model import EpisodeKind
from graph.time import Precision
from tests.graph.records import ONTOLOGY

BEGUN = datetime(2024, 5, 1, 9, 15, tzinfo=UTC)
DAY = timedelta(days=1)
ADOPTION = Adoption("g", BEGUN + 99 * DAY, ONTOLOGY)
FACT = TheirFact("f", "ana", "rome", "LIVES_IN", "Ana lives in Rome", BEGUN, BEGUN)


@pytest.mark.parametrize(
    ("content", "role", "name"),
    [
        ("Ana: hello", "user", "Ana"),
        ("Ana Maria:\nhello", "user", "Ana Maria"),
        ("user: hello", "user", None),
        ("Assistant: hello: you", "assistant", None),
        ("Ana(user): hello", "user", "Ana"),
        ("(assistant): hello", "assistant", None),
        ("Bot(assistant): hello", "assistant", "Bot"),
        ("hello", "user", None),
        ("I said. And then: no", "user", None),
        ("http://example.org", "user", None),
        ("at 10:30 she came", "user", None),
        ("", "user", None),
    ],
)
def test_who_says_a_message(content: str, role: str, name: str | None) -> None:
    assert speaker(content) == (role, name)


@pytest.mark.parametrize(
    ("source", "kind", "role"),
    [
        ("message", EpisodeKind.MESSAGE, "user"),
        ("text", EpisodeKind.TEXT, None),
        ("json", EpisodeKind.JSON, None),
        ("fact_triple", EpisodeKind.TEXT, None),
    ],
)
def test_an_episode_keeps_its_content_and_instants(source: str, kind: EpisodeKind, role: str | None) -> None:
    found = episode(TheirEpisode("e", source, "Ana: hello", BEGUN + DAY, BEGUN, "chat"), "g")
    assert (found.kind, found.role, found.content, found.session) == (kind, role, "Ana: hello", "chat")
    assert (found.said_at, found.instant, found.created_at) == (BEGUN, BEGUN, BEGUN + DAY)


@pytest.mark.parametrize(
    ("labels", "type"),
    [
        (["Entity"], "Thing"),
        (["Entity", "Person"], "Person"),
        (["person", "Entity"], "Person"),
        (["Entity", "Entity_ab", "City"], "City"),
        (["Entity", "Place", "City"], "City"),
        (["Entity", "Procedure"], "Procedure"),
        (["Entity", "Procedure", "Person"], "Person"),
    ],
)
def test_the_type_of_an_entity(labels: list[str], type: str) -> None:
    assert type_of(labels, "a-b", ONTOLOGY) == type


def test_namesakes_have_no_key() -> None:
    theirs = [TheirEntity(uuid, name, ["Entity"], "", BEGUN) for uuid, name in (("1", "Ana"), ("2", "ANA"), ("3", "Bo"), ("4", "Cy"))]
    entities, duplicates = apart([entity(one, "g", ONTOLOGY) for one in theirs], {"cy|Thing": "0"})
    assert [e.key for e in entities] == ["ana|Thing", None, "bo|Thing", None]
    assert [(holder, e.uuid) for holder, e in duplicates] == [("1", "2"), ("0", "4")]


def read(**given: Any) -> tuple[Any, Any]:
    theirs = replace(FACT, **given)
    told = said(theirs, ADOPTION)
    return told, fact(theirs, [told], ADOPTION)


@pytest.mark.parametrize(
    ("given", "start", "precision", "since"),
    [
        ({"valid_at": BEGUN - DAY}, BEGUN - DAY, Precision.SECOND, BEGUN),
        ({"valid_at": datetime(2024, 1, 1, tzinfo=UTC)}, datetime(2024, 1, 1, tzinfo=UTC), Precision.DAY, BEGUN),
        ({"valid_at": BEGUN, "reference_time": BEGUN + DAY}, BEGUN, Precision.SECOND, BEGUN + DAY),
        ({"reference_time": BEGUN + DAY}, BEGUN + DAY, Precision.SAID, BEGUN + DAY),
        ({}, BEGUN, Precision.SAID, BEGUN),
    ],
)
def test_when_it_began_and_was_said(given: dict[str, Any], start: datetime, precision: Precision, since: datetime) -> None:
    told, held = read(**given)
    assert (told.start, told.precision, told.said, told.actor) == (start, precision, since, "graphiti")
    assert (held.valid_at, held.valid_at_precision, held.invalid_at) == (start, precision, None)
    assert (held.relation, held.key, held.confidence) == ("lives_in", "s:lives_in:ana", 1.0)


END, LATE = BEGUN + 5 * DAY, BEGUN + 9 * DAY


@pytest.mark.parametrize(
    ("given", "end", "precision", "expired"),
    [
        ({"invalid_at": END}, END, Precision.SECOND, None),
        ({"invalid_at": END, "expired_at": LATE}, END, Precision.SECOND, LATE),
        ({"invalid_at": END, "expired_at": BEGUN - DAY}, END, Precision.SECOND, None),
        ({"expired_at": LATE}, LATE, Precision.SAID, LATE),
        ({"invalid_at": datetime(2024, 6, 1, tzinfo=UTC)}, datetime(2024, 6, 1, tzinfo=UTC), Precision.DAY, None),
    ],
)
def test_when_it_ended_and_that_was_learnt(given: dict[str, Any], end: datetime, precision: Precision, expired: datetime | None) -> None:
    told, held = read(valid_at=BEGUN, **given)
    assert (told.end, told.end_precision, told.holds) == (end, precision, True)
    assert (held.invalid_at, held.invalid_at_precision, held.expired_at) == (end, precision, expired)


@pytest.mark.parametrize("end", [BEGUN, BEGUN - DAY])
def test_what_ended_before_it_began_holds_at_no_instant(end: datetime) -> None:
    told, held = read(valid_at=BEGUN, invalid_at=end)
    assert not told.holds
    assert (held.valid_at, held.invalid_at) == (BEGUN, BEGUN)
    assert (held.valid_at_precision, held.invalid_at_precision) == (Precision.BEFORE, Precision.BEFORE)


@pytest.mark.parametrize(
    "given",
    [{}, {"valid_at": BEGUN}, {"valid_at": BEGUN, "invalid_at": END}, {"valid_at": BEGUN, "invalid_at": BEGUN - DAY}, {"expired_at": LATE}],
)
def test_what_was_said_amounts_to_the_fact(given: dict[str, Any]) -> None:
    """So that drawing its key anew leaves it as it is."""
    told, held = read(**given)
    (stretch,) = believed([told])
    assert (stretch.start, stretch.end, stretch.start_precision, stretch.end_precision) == (
        held.valid_at,
        held.invalid_at,
        held.valid_at_precision,
        held.invalid_at_precision,
    )
    assert (stretch.confidence, stretch.assertions) == (held.confidence, held.assertions)


def test_nothing_is_known_before_what_it_is_about() -> None:
    told, held = read(ends_since=BEGUN + DAY)
    assert told.recorded_at == held.created_at == BEGUN + DAY
