import pytest

from extractors.local.namesakes import is_same, other_of, unlike
from graph.language import Mention, MentionKind, Namesake
from tests.extractors.local.spoken import readings, statements

ADA = Mention(MentionKind.SPEAKER, "Ada", "Person")


def kin(word: str, role: str, name: str = "Ada") -> Mention:
    return Mention(MentionKind.NAME, name, "Person", ADA, role, (f"Ada's {word}",))


@pytest.mark.parametrize(
    ("text", "relation", "role"),
    [
        ("My mother Ada lives in Rome.", "parent_of", "parent"),
        ("My niece is called Ada.", "relative_of", "relative"),
        ("My grandmother's name is Ada.", "grandparent_of", "grandparent"),
        ("Ada is my aunt.", "relative_of", "relative"),
        ("My best friend, Ada, plays the flute.", "friend_of", "friend"),
        ("I visited my cousin Ada in Bergen.", "relative_of", "relative"),
    ],
)
def test_kin_of_the_speakers_name_are_someone_else(text: str, relation: str, role: str) -> None:
    kin_of_ada = next(s for s in statements(text) if s.relation == relation)
    assert (kin_of_ada.subject.text, kin_of_ada.subject.owner, kin_of_ada.subject.role, kin_of_ada.object) == ("Ada", ADA, role, ADA)


def test_what_is_told_of_kin_of_ones_own_name_is_told_of_them() -> None:
    first, second = readings([("Ada", "My sister Ada lives in Rome. Ada works at Larkfield Labs."), ("Ada", "She moved to Graz.")])
    told = [s for s in (*first.statements, *second.statements) if s.relation != "sibling_of"]
    assert [(s.relation, s.object.text) for s in told] == [("lives_in", "Rome"), ("works_at", "Larkfield Labs"), ("moved_to", "Graz")]
    assert {s.subject.owner for s in told} == {ADA}


@pytest.mark.parametrize("text", ["I'm Ada.", "This is your kids' school, Bo.", "Bo, my sister lives in Rome.", "It was fun at Ada's."])
def test_nobody_of_the_same_name_is_made_of_ones_own(text: str) -> None:
    assert not [s for s in statements(text) if s.subject.text == s.object.text]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Another Lea Voss lives in Rome.", "Lea Voss"),
        ("I met a different Lea Voss yesterday.", "Lea Voss"),
        ("My boss is called Lea Voss too.", "Lea Voss"),
        ("My boss is also called Lea Voss.", "Lea Voss"),
        ("My new colleague is named Lea Voss as well.", "Lea Voss"),
        ("I have a cousin named Lea too.", "Lea"),
        ("My neighbour's name is also Lea Voss.", "Lea Voss"),
    ],
)
def test_words_that_tell_of_another_of_a_name(text: str, name: str) -> None:
    (told,) = {end for s in statements(text) for end in (s.subject, s.object) if end.text == name}
    assert told.namesake is Namesake.ANOTHER


@pytest.mark.parametrize(
    "text",
    [
        "Lea Voss lives in Rome too.",
        "I also met Lea Voss yesterday.",
        "My boss is called Lea Voss.",
        "Lea Voss is my boss too.",
        "My boss Lea Voss also lives in Rome.",
        "I moved to another flat, and my boss Lea Voss lives in Rome.",
    ],
)
def test_words_that_do_not(text: str) -> None:
    named = [end for s in statements(text) for end in (s.subject, s.object) if end.text == "Lea Voss"]
    assert named
    assert {end.namesake for end in named} == {Namesake.ANY}


def test_the_other_one_is_known_as_that() -> None:
    (told,) = statements("The other Lea Voss works at Larkfield Labs.")
    assert (told.subject.namesake, told.subject.aliases) == (Namesake.OTHER, (other_of("Lea Voss"),))


def test_whom_kin_cannot_be() -> None:
    assert {"daughter", "father", "aunt", "wife"} <= set(unlike("mother"))
    assert {"mother", "mum", "parent", "friend", "colleague"}.isdisjoint(unlike("mother"))
    assert {"wife", "girlfriend", "partner", "fiancee"}.isdisjoint(unlike("girlfriend"))
    assert unlike("colleague") == unlike("sofa") == ()


def test_who_is_the_same() -> None:
    assert is_same(ADA, Mention(MentionKind.NAME, "Ada", "Person"))
    assert is_same(kin("mother", "parent"), kin("mother", "parent"))
    assert not is_same(kin("mother", "parent"), ADA)
    assert not is_same(kin("mother", "parent"), kin("daughter", "child"))
    assert not is_same(ADA, Mention(MentionKind.NAME, "Bo", "Person"))
