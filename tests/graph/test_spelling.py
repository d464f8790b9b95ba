"""Which names are near: by another spelling, by a slip, by a word in common; and which never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.spelling import Nearness, differing, is_one_given, likeness, near_keys, nearness, sound

SOUND, SLIP, NEAR, SENSE = Nearness.SOUND, Nearness.SLIP, Nearness.NEAR, Nearness.SENSE
NAMES = st.text("abcehjknoprstuvyz -é1", min_size=1, max_size=20).map(str.title)


@pytest.mark.parametrize(
    ("one", "other", "type_", "how"),
    [
        ("Katherine Lee", "Catherine Lee", "Person", SOUND),
        ("Lee, Katherine", "Katherine Lee", "Person", SOUND),
        ("Jon Smith", "John Smyth", "Person", SOUND),
        ("José", "Jose", "Person", SOUND),
        ("Müller", "Mueller", "Person", SOUND),
        ("Phillip", "Philip", "Person", SOUND),
        ("Harbour Museum", "The Harbor Museum", "Place", SOUND),
        ("Museum of the Harbour", "Harbour Museum", "Place", SOUND),
        ("Tide-Water", "Tidewater", "Organization", SOUND),
        ("Kathrine Lee", "Katherine Lee", "Person", SLIP),
        ("Tidewater", "Tidewaer", "Organization", SLIP),
        ("Anna", "Anne", "Person", NEAR),
        ("Joan", "Jon", "Person", NEAR),
        ("Christina", "Christine", "Person", NEAR),
        ("Martin", "Marvin", "Person", NEAR),
        ("Lisbon", "Lisboa", "City", NEAR),
        ("Tidewater Labs", "Tidewater Bakery", "Organization", SENSE),
        ("Tidewater", "Tidewater Labs", "Organization", SENSE),
        ("Chat 1", "Chat 2", "Thing", None),
        ("World War I", "World War II", "Event", None),
        ("J Smith", "K Smith", "Person", None),
        ("Ben Ortiz", "Bea Ortiz", "Person", None),
        ("Mia", "Maya", "Person", None),
        ("North Korea", "South Korea", "Country", SENSE),
        ("Anna Brown", "Ben Brown", "Person", None),
    ],
)
def test_nearness(one: str, other: str, type_: str, how: Nearness | None) -> None:
    assert nearness(one, other, type_) is nearness(other, one, type_) is how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katherine Lee", "Catherine Lee"),
        ("Jon Smith", "John Smyth"),
        ("Harbour Museum", "Museum of the Harbor"),
        ("Kathrine Lee", "Katherine Lee"),
        ("Tidewater", "Tidewaer"),
        ("Gertrud", "Gerdrud"),
        ("Cintrell Lee", "Cntrell Lee"),
        ("Anna", "Anne"),
        ("Tidewater Labs", "Tidewater"),
    ],
)
def test_near_names_share_a_key(one: str, other: str) -> None:
    assert not set(near_keys(one, "Thing")).isdisjoint(near_keys(other, "Thing"))


def test_common_words_and_other_scripts_have_no_keys() -> None:
    assert near_keys("pottery class", "Activity") == near_keys("東京", "City") == near_keys("", "Thing") == ()


def test_families_do_not_meet_by_their_name() -> None:
    assert set(near_keys("Anna Whitfield", "Person")).isdisjoint(near_keys("Ben Whitfield", "Person"))


def test_how_many_words_differ() -> None:
    assert differing("Jon Smith", "John Smyth") == 2
    assert differing("Museum of the Harbour", "Harbor Museum") == 1
    assert differing("Lee, José", "Jose Lee") == 0


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Katherine Lee", "Catherine Lee", True),
        ("Jon Smith", "John Smyth", True),
        ("Lee, José", "Jose Lee", True),
        ("Marc Schmidt", "Mark Shmitt", False),
        ("Sara", "Sarah", False),
        ("Anna Maria Lee", "Annamaria Lee", False),
    ],
)
def test_one_given_name(one: str, other: str, is_one: bool) -> None:
    assert is_one_given(one, other) is is_one_given(other, one) is is_one


def test_the_share_of_letters() -> None:
    assert likeness("Katherine Lee", "Catherine Lee") == pytest.approx(12 / 13)
    assert likeness("Lee, Katherine", "Katherine Lee") == 1


@given(NAMES, NAMES, st.sampled_from(["Person", "Organization"]))
def test_nearness_has_no_direction_and_a_name_is_near_itself(one: str, other: str, type_: str) -> None:
    assert nearness(one, other, type_) is nearness(other, one, type_)
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert nearness(one, one, type_) in (SOUND, None)
    assert len(near_keys(one, type_)) <= 8


LETTERS = "abcdefghiklmnoprstuwyz"
WORD = st.text(LETTERS, min_size=7, max_size=10)
EDITS = st.sampled_from(["another", "missing", "more", "out of place"])


@given(WORD, st.lists(st.text(LETTERS, min_size=3, max_size=8), max_size=3), st.data(), st.sampled_from(["Person", "Organization"]))
def test_names_that_are_a_slip_apart_share_a_key(word: str, others: list[str], data: st.DataObject, type_: str) -> None:
    slipped = slip(word, data.draw(st.integers(1, len(word) - 2)), data.draw(EDITS), data.draw(st.sampled_from(LETTERS)))
    one, other = (" ".join((written, *others)).title() for written in (word, slipped))
    keys = set(near_keys(one, type_)) & set(near_keys(other, type_))
    assert keys or nearness(one, other, type_) is not SLIP


def slip(word: str, at: int, edit: str, letter: str) -> str:
    before, here, after = word[:at], word[at], word[at + 1 :]
    changed = {"another": letter, "missing": "", "more": here + letter, "out of place": after[:1] + here}
    return before + changed[edit] + (after[1:] if edit == "out of place" else after)


@given(NAMES)
def test_a_sound_is_its_own(name: str) -> None:
    assert len(sound(name)) <= len(name)
