import pytest

from extractors.local.nouns import mention
from graph.language import Mention, MentionKind
from tests.extractors.local.spoken import scene


def object_of(text: str, expected: str | None = None) -> Mention | None:
    spoken = scene(text)
    return mention(next(token for token in spoken.doc if token.dep_ in ("dobj", "pobj", "attr")), spoken, expected)


@pytest.mark.parametrize(
    ("text", "kind", "words", "type"),
    [
        ("I bought a red bike.", MentionKind.THING, "red bike", "Thing"),
        ("I bought a map of the old town.", MentionKind.THING, "map of old town", "Thing"),
        ("I painted my brother's boat.", MentionKind.ROLE, "Ada's brother's boat", "Thing"),
        ("I painted my boat.", MentionKind.ROLE, "Ada's boat", "Thing"),
        ("I attended a pottery class.", MentionKind.THING, "pottery class", "Event"),
        ("I saw Rosa Lima.", MentionKind.NAME, "Rosa Lima", "Person"),
        ("I saw Lea.", MentionKind.FIRST_NAME, "Lea", "Person"),
        ("I saw Bo.", MentionKind.NAME, "Bo", "Person"),
        ("I saw you.", MentionKind.NAME, "Bo", "Person"),
        ("She saw me.", MentionKind.SPEAKER, "Ada", "Person"),
        ("I live in the city of Porto.", MentionKind.NAME, "Porto", "Place"),
        ("I flew a Boeing 747-400.", MentionKind.VALUE, "Boeing 747-400", "Value"),
        ("I live in porto.", MentionKind.NAME, "Porto", "Place"),
    ],
)
def test_phrases_become_mentions(text: str, kind: MentionKind, words: str, type: str) -> None:
    found = object_of(text)
    assert found is not None
    assert (found.kind, found.text, found.type) == (kind, words, type)


@pytest.mark.parametrize("text", ["I saw it.", "I saw them.", "I saw something.", "I did a thing.", "I saw people.", "She left on Monday."])
def test_what_only_the_talk_around_could_tell_is_none(text: str) -> None:
    assert object_of(text) is None


def test_a_relation_may_say_the_type() -> None:
    found = object_of("I visited Norte.", "Organization")
    assert found == Mention(MentionKind.NAME, "Norte", "Organization")
