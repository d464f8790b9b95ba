import pytest

from extractors.local.verbs import Mood, Phase, Predicate, Tense, predicate
from tests.extractors.local.spoken import scene


def first(text: str) -> Predicate:
    """The verb phrase of a sentence's root."""
    return predicate(next(token for token in scene(text).doc if token.dep_ == "ROOT"))


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("I live here.", Tense.PRESENT),
        ("I lived here.", Tense.PAST),
        ("I have lived here.", Tense.PERFECT),
        ("I had lived here.", Tense.PAST),
        ("I will live here.", Tense.FUTURE),
        ("I'm living here.", Tense.PRESENT),
        ("I did live here.", Tense.PAST),
    ],
)
def test_tense(text: str, tense: Tense) -> None:
    assert first(text).tense is tense


@pytest.mark.parametrize(
    ("text", "mood", "main"),
    [
        ("I open a bakery.", Mood.TOLD, "open"),
        ("I'm going to open a bakery.", Mood.INTENT, "open"),
        ("I plan to open a bakery.", Mood.INTENT, "open"),
        ("I'm thinking of opening a bakery.", Mood.INTENT, "open"),
        ("I plan on opening a bakery.", Mood.INTENT, "open"),
        ("I might open a bakery.", Mood.INTENT, "open"),
        ("I want to open a bakery.", Mood.WISH, "open"),
        ("I'd love to open a bakery.", Mood.WISH, "open"),
        ("I hope to open a bakery.", Mood.WISH, "open"),
        ("I should open a bakery.", Mood.UNREAL, "open"),
        ("I could open a bakery.", Mood.UNREAL, "open"),
        ("I was going to open a bakery.", Mood.UNREAL, "open"),
        ("Open a bakery!", Mood.UNREAL, "open"),
        ("I'll open one if they let me.", Mood.UNREAL, "open"),
        ("I ended up opening a bakery.", Mood.TOLD, "open"),
    ],
)
def test_mood(text: str, mood: Mood, main: str) -> None:
    phrase = first(text)
    assert (phrase.mood, phrase.lemma) == (mood, main)


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("I started working in May.", Phase.BEGUN),
        ("I stopped working in May.", Phase.STOPPED),
        ("I used to work.", Phase.FORMER),
        ("I love working there.", Phase.LIKED),
        ("I hate working there.", Phase.DISLIKED),
        ("I work there.", Phase.NONE),
    ],
)
def test_phase(text: str, phase: Phase) -> None:
    assert first(text).phase is phase


@pytest.mark.parametrize(
    ("text", "negated"),
    [("I don't live here.", True), ("I never lived here.", True), ("I live here.", False), ("I'm not going to move.", True)],
)
def test_negation(text: str, negated: bool) -> None:
    assert first(text).negated is negated


def test_a_passive_of_get_is_one_of_its_participle() -> None:
    phrase = first("I got engaged to Tom.")
    assert (phrase.lemma, phrase.passive) == ("engage", True)


@pytest.mark.parametrize("text", ["I hope Tom lives in Rome.", "I wonder if Tom lives in Rome.", "Ask Tom whether he lives in Rome."])
def test_what_hangs_under_doubt_is_unreal(text: str) -> None:
    lives = next(token for token in scene(text).doc if token.lemma_ == "live")
    assert predicate(lives).mood is Mood.UNREAL
