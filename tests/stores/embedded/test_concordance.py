"""The concordance, written: whatever was added, buried and removed, it holds what stands there now and nothing else."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.stores.embedded.concordance import Concordance, Noted, wipe, words_of
from graph.stores.embedded.postings import BLOCK_BITS, MOST, Phrase, Postings, log_of, read
from tests.stores.embedded.indexes import empty_file, held_words

WORDS = st.lists(st.sampled_from(["dog", "dogs", "cat", "New York", "new", "a"]), max_size=6).map(" ".join)
PLACES = st.sampled_from([1, 2, (1 << BLOCK_BITS) - 1, 1 << BLOCK_BITS, 5 << BLOCK_BITS])
STEPS = st.lists(st.tuples(PLACES, WORDS, st.sampled_from(["FACT", "ENTITY"])), max_size=12)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_it_equals_one_that_is_made_anew(steps: list[tuple[int, str, str]]) -> None:
    """A place is filled, buried when it is met again, and emptied when it is met a third time."""
    stands: dict[tuple[str, int], tuple[str, bool]] = {}
    with empty_file() as db, empty_file() as other:
        concordance = Concordance(db, 7)
        for place, text, kind in steps:
            id_ = (7 << 32) + place
            if (kind, id_) not in stands:
                concordance.add(kind, {id_: text})
                stands[kind, id_] = (text, False)
            elif not stands[kind, id_][1]:
                concordance.bury(kind, {id_: stands[kind, id_][0]})
                stands[kind, id_] = (stands[kind, id_][0], True)
            else:
                concordance.remove(kind, {id_: stands.pop((kind, id_))[0]}, past=True)
        anew = Concordance(other, 7)
        for (kind, id_), (text, past) in stands.items():
            anew.add(kind, {id_: text}, past)
        for past in (False, True):
            every = [("dog",), ("cat",), ("new",), ("york",), ("a",), ("new", "york"), ("dog", "dog")]
            ours, theirs = (read(each, 7, every, past) for each in (db, other))
            assert shown(ours) == shown(theirs)
        assert [row[:4] for row in held_words(db, 7)] == [row[:4] for row in held_words(other, 7)]


def shown(found: Mapping[Phrase, Mapping[str, Postings]]) -> dict[tuple[Phrase, str], list[tuple[float, ...]]]:
    return {
        (phrase, kind): list(zip(p.texts.tolist(), p.counts.tolist(), p.lengths.tolist(), strict=True))
        for phrase, kinds in found.items()
        for kind, p in kinds.items()
    }


def test_what_is_removed_leaves_no_row() -> None:
    with empty_file() as db:
        concordance = Concordance(db, 1)
        concordance.add("FACT", {(1 << 32) + 1: "Anna walks", (1 << 32) + 2: "the dog"})
        before = held_words(db, 1)
        concordance.add("FACT", {(1 << 32) + 3: "the dog in Zanzibar"})
        concordance.remove("FACT", {(1 << 32) + 3: "the dog in Zanzibar"})
        assert held_words(db, 1) == before
        concordance.remove("FACT", {(1 << 32) + 1: "Anna walks", (1 << 32) + 2: "the dog"})
        assert held_words(db, 1) == []


def test_wiping_leaves_other_groups_and_counts_as_a_change() -> None:
    with empty_file() as db:
        for number in (1, 2):
            Concordance(db, number).add("FACT", {(number << 32) + 1: "a dog"})
        before, other = log_of(db, 1).written, held_words(db, 2)
        wipe(db, 1)
        assert (held_words(db, 1), held_words(db, 2)) == ([], other)
        assert log_of(db, 1).written > before


def test_it_says_which_words_it_wrote() -> None:
    with empty_file() as db:
        first = Concordance(db, 1)
        first.add("FACT", {(1 << 32) + 1: "walking dogs"})
        first.add("FACT", {})
        assert first.noted == Noted(1, 0, 1, frozenset({"walk", "dog"}))
        second = Concordance(db, 1)
        second.bury("FACT", {(1 << 32) + 1: "walking dogs"})
        assert (second.noted.before, second.noted.after) == (1, 3)
        assert Concordance(db, 2).noted.words == frozenset()


def test_a_text_longer_than_is_counted() -> None:
    with empty_file() as db:
        text = "dog " * (MOST + 10) + "New York"
        Concordance(db, 1).add("EPISODE", {(1 << 32) + 1: text, (1 << 32) + 2: "New York"})
        found = read(db, 1, [("dog",), ("new",), ("new", "york")], False)
        assert {phrase: list(kinds["EPISODE"].texts & 0xFF) for phrase, kinds in found.items()} == {
            ("dog",): [1],
            ("new",): [1, 2],
            ("new", "york"): [2],
        }
        assert list(found["dog",]["EPISODE"].lengths) == [MOST]
        Concordance(db, 1).remove("EPISODE", {(1 << 32) + 1: text, (1 << 32) + 2: "New York"})
        assert held_words(db, 1) == []


def test_an_entity_is_found_by_all_it_is_called() -> None:
    assert words_of("Anna Berg", ("Ännchen", "A.")) == "Anna Berg Ännchen A."
