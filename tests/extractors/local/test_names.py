import pytest

from extractors.local.names import is_named, name_span, name_text, type_of_name
from tests.extractors.local.spoken import scene, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('"The Long Tide" is my favourite book.', ["Ada | favorite_book | The Long Tide"]),
        ('I read "The Long Tide" yesterday.', ["Ada | read | The Long Tide | 9 July 2024"]),
        ("Dario lives in Porto.", ["Dario | lives_in | Porto"]),
        ("i live in porto", ["Ada | lives_in | Porto"]),
        ("we live in porto now", ["Ada | lives_in | Porto"]),
        ("I work at St Mary's Hospital.", ["Ada | works_at | St Mary's Hospital"]),
    ],
)
def test_names_in_whatever_case_and_place(text: str, lines: list[str]) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We heard A Quiet Harbour's Night by them.", "A Quiet Harbour's Night"),
        ("I work at St Mary's Hospital.", "St Mary's Hospital"),
        ("I met Jon Vale yesterday.", "Jon Vale"),
        ("They played with The Tidewaters.", "The Tidewaters"),
        ("He studies at the University of Porto.", "University of Porto"),
        ("They crossed the Kingdom of Farland.", "Kingdom of Farland"),
    ],
)
def test_a_name_reaches_over_all_its_words(text: str, name: str) -> None:
    spoken = scene(text)
    assert name in [name_text(name_span(token)) for token in spoken.doc if is_named(token)]


@pytest.mark.parametrize("text", ["Painting is fun.", "Thanks for that.", "Good morning!", "On Monday it rained.", "Sister act."])
def test_capitals_alone_make_no_name(text: str) -> None:
    spoken = scene(text)
    assert not is_named(spoken.doc[0])


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("Porto", "Place"),
        ("Market Street", "Place"),
        ("Tidewater Books Ltd", "Organization"),
        ("Ghent University", "Organization"),
        ("Mia Berg", "Person"),
        ("Portuguese", "Language"),
        ("Miso", "Thing"),
    ],
)
def test_words_tell_the_type_before_the_tagger(name: str, type: str) -> None:
    assert type_of_name(name, "") == type


def test_the_full_stop_of_a_sentence_is_no_part_of_a_name() -> None:
    spoken = scene("I am engaged to Jan.")
    assert name_text(name_span(spoken.doc[4])) == "Jan"
