from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from graph.language import Asks, Cues, Question
from graph.recall.conversation import Conversation
from graph.recall.seeds import Legs
from graph.recall.texts import TEXT_LEGS, Read, Sought, likeness, text_legs
from tests.graph.recall.made import talk

SAID = (
    ("e0", "Ben", "What do you do after work?"),
    ("e1", "Anna", "I paint herons."),
    ("e2", "Ben", "Nice! I go swimming on Fridays."),
    ("e3", "Anna", "A puppy followed me home."),
)
NODES = talk(*SAID)
CONTENTS = {uuid: text for uuid, _, text in SAID}
DIRECTIONS = {"dog": 0, "puppy": 0, "heron": 1, "herons": 1}


class Vectors:
    """A few words that are alike; every other word has a direction of its own."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def of_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = np.zeros((len(words), 64), dtype=np.float32)
        for row, word in zip(rows, words, strict=True):
            row[DIRECTIONS.get(word, 2 + self._places.setdefault(word, len(self._places)))] = 1
        return rows


def legs(
    *terms: str, found: Mapping[str, Mapping[str, float]] | None = None, cues: Mapping[str, Cues] | None = None, **more: object
) -> dict[str, dict[str, float]]:
    words = {term: (found or {}).get(term, {}) for term in terms}
    conversation = Conversation(NODES, Legs(words, {}), frozenset({"anna"}))
    question = Question("?", terms=terms, **more)  # type: ignore[arg-type]
    table = text_legs(conversation, Sought.of(conversation.words, question), Read(CONTENTS, cues or {}), Vectors())
    return {leg: dict(zip(conversation.uuids, column.tolist(), strict=True)) for leg, column in table.items()}


def test_a_word_of_like_meaning_counts() -> None:
    alike = legs("dog")["alike_best"]
    assert alike["e3"] == 1.0
    assert alike["e0"] == alike["e1"] == 0.0


def test_a_word_that_begins_like_the_questions_counts_nearly_as_much() -> None:
    cosines = np.zeros((1, 3), dtype=np.float32)
    assert likeness(Sought({"painter": 1.0}), ("paint", "painting", "pain"), cosines).tolist() == [[0.85, 0.85, 0.0]]
    assert likeness(Sought({"car": 1.0}), ("cart", "car", "care"), cosines).tolist() == [[0.0, 1.0, 0.0]]


def test_a_word_that_the_store_found_in_another_form_counts_whole() -> None:
    assert legs("swam", found={"swam": {"e2": 3.0}})["alike_best"]["e2"] == 1.0


def test_what_names_one_of_the_kind_that_is_asked_for_counts() -> None:
    found = legs("sports", examples={"sports": ("swimming", "tennis")})
    assert found["alike_window"]["e2"] == 0.8
    assert found["alike_best"]["e2"] == 1.0
    assert found["alike_best"]["e1"] == 0.0


def test_neighbours_and_the_session_share_what_is_alike() -> None:
    found = legs("dog")
    window = [found["alike_window"][uuid] for uuid in ("e3", "e2", "e1", "e0")]
    assert window == [1.0, 0.7, 0.4, 0.0]
    assert set(found["alike_session"].values()) == {1.0}


def test_rare_words_tell_more() -> None:
    found = legs("herons", "dog", found={"herons": {"e1": 3.0}, "dog": {"e0": 1.0}})["alike_best"]
    assert found["e1"] == 1.0
    assert found["e3"] == pytest.approx(1 / 3)


def test_cues_are_held_against_the_question() -> None:
    cues = {"e1": Cues(dated=True, of_speaker=True), "e2": Cues(of_hearer=True, numbered=True)}
    found = legs("heron", cues=cues, asks=Asks.WHEN)
    assert (found["dated_when"]["e1"], found["dated_when"]["e2"]) == (1.0, 0.0)
    assert found["of_speaker_spoken"]["e1"] == 1.0
    assert found["of_hearer_named"]["e2"] == 1.0
    assert not any(found["numbered_how_many"].values())
    assert (found["opens"]["e0"], found["closes"]["e3"]) == (1.0, 1.0)


def test_what_was_done_and_names_count_more_where_they_are_asked_for() -> None:
    cues = {"e1": Cues(reacts=True, done=True), "e2": Cues(named=0.5, placed=True)}
    found = legs("heron", cues=cues, done=True, named=True, asks=Asks.WHERE)
    assert [found[leg]["e1"] for leg in ("reacts", "done", "done_asked", "placed")] == [1.0, 1.0, 1.0, 0.0]
    assert [found[leg]["e2"] for leg in ("named_asked", "placed", "placed_where", "done")] == [0.5, 1.0, 1.0, 0.0]
    others = legs("heron", cues=cues)
    assert not any(any(others[leg].values()) for leg in ("done_asked", "named_asked", "placed_where"))


def test_vague_words_tell_less() -> None:
    found = legs("herons", "dog", found={"herons": {"e1": 3.0}, "dog": {"e0": 3.0}}, vague={"dog": 0.4})["alike_best"]
    assert found["e1"] == 1.0
    assert found["e3"] == pytest.approx(0.4)


def test_every_leg_is_listed() -> None:
    assert tuple(legs("dog")) == TEXT_LEGS


def test_a_question_without_words_has_cues_only() -> None:
    assert set(legs()) < set(TEXT_LEGS)
    nothing = Conversation({}, Legs({"dog": {}}, {}), frozenset())
    assert text_legs(nothing, Sought.of(nothing.words, Question("dog")), Read({}, {}), Vectors())["opens"].tolist() == []
