import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The author of Tide and Time is Rosa Lima.", ["Tide and Time | written_by | Rosa Lima"]),
        ("Rosa Lima wrote Letter from Porto.", ["Letter from Porto | written_by | Rosa Lima"]),
        ("Rosa Lima is the author of Letter from Porto.", ["Letter from Porto | written_by | Rosa Lima"]),
        ("Isolde I of Farland is a citizen of Farland.", ["Isolde I of Farland | citizen_of | Farland"]),
        ("Jean de La Fontaine speaks the language of French.", ["Jean de La Fontaine | speaks | French"]),
        ("Party for Harbours is in the country of Farland.", ["Party for Harbours | country | Farland"]),
        ("Tern 5 was developed by Tern Labs Inc..", ["Tern 5 | developed_by | Tern Labs Inc."]),
        ("Tern (3rd generation) was developed by Norte.", ["Tern (3rd generation) | developed_by | Norte"]),
        ("Babb & Brown is in the country of Farland.", ["Babb & Brown | country | Farland"]),
        ('The film "Night Ferry" was performed by The Tidewaters.', ["Night Ferry | performed_by | The Tidewaters"]),
        ("The Tern aircraft was manufactured by Norte.", ["Tern | manufactured_by | Norte"]),
        ("Love Me Still was performed by The Tidewaters.", ["Love Me Still | performed_by | The Tidewaters"]),
        ("Rosa Lima's mother is named Maria, Countess of Vale.", ["Rosa Lima | has_mother | Maria, Countess of Vale"]),
        ("Jon Vale is the father of Rosa Lima.", ["Jon Vale | father_of | Rosa Lima"]),
        ("By profession, Rosa Lima is a painter.", ["Rosa Lima | works_as | painter"]),
        ("power forward is associated with the sport of basketball.", ["power forward | sport | basketball"]),
        ("12. The capital of Farland is Port Vale.", ["Farland | has_capital | Port Vale"]),
        ("Jon Vale played as a keeper on his team.", ["Jon Vale | played_as | keeper"]),
        ("The main operational hub of Norte is located in Port Vale.", ["Norte | main_operational_hub_of_is_located_in | Port Vale"]),
        ("Jon Vale worked at Tidewater Books during his career.", ["Jon Vale | worked_at | Tidewater Books"]),
        ("Tern I's father is Jon Vale.", ["Tern I | has_father | Jon Vale"]),
        ("Jon Vale's father is Tern II and I.", ["Jon Vale | has_father | Tern II and I"]),
        ("Tern U system software was developed by Norte.", ["Tern U system software | developed_by | Norte"]),
        ("If I Wanted Rain was performed by The Tidewaters.", ["If I Wanted Rain | performed_by | The Tidewaters"]),
        ("I Am the Ferry was sung by The Tidewaters.", ["I Am the Ferry | performed_by | The Tidewaters"]),
        ("Ask Me To was performed by The Tidewaters.", ["Ask Me To | performed_by | The Tidewaters"]),
        ("Tom and Anna was first broadcast by Channel North.", ["Tom and Anna | broadcast_by | Channel North"]),
        ("The performer of In My Harbour is Tern.", ["In My Harbour | performed_by | Tern"]),
        ("Bye Now Ferry's country of origin is Farland.", ["Bye Now Ferry | country_of_origin | Farland"]),
        ("The sport of rowing coach is rowing.", ["rowing coach | sport | rowing"]),
        ("left end's sport is rugby.", ["left end | sport | rugby"]),
        ("Jon Vale excels professionally in rowing.", ["Jon Vale | excels_professionally_in | rowing"]),
        ("Vega lies in the constellation of Leo.", ["Vega | constellation | Leo"]),
        ("Jon Vale is associated with the Harbour Club, based on his faith.", ["Jon Vale | associated_with | Harbour Club"]),
        ("Jon Vale is associated with the Harbour Club.", ["Jon Vale | associated_with | Harbour Club"]),
    ],
)
def test_a_sentence_of_record_keeps_its_names_whole(text: str, lines: list[str]) -> None:
    assert [line.replace("written_by", "written_by") for line in map(_stored, told(text))] == lines


def _stored(line: str) -> str:
    """Mirrors of a relation read as what they mirror."""
    subject, relation, object_ = line.split(" | ")[:3]
    mirrored = {"author_of": "written_by"}
    return " | ".join((object_, mirrored[relation], subject)) if relation in mirrored else line


@pytest.mark.parametrize(
    "text",
    [
        "Is the capital of Farland Port Vale?",
        "The capital of Farland is not Port Vale.",
        "Imagine I lived in Rome.",
        "Hey Tom is associated with nobody.",
        "She was born in the city of it.",
        "If Night Ferry was performed by The Tidewaters, tell me.",
        "The performer of something is The Tidewaters.",
    ],
)
def test_what_is_asked_denied_or_only_talk_is_no_record(text: str) -> None:
    assert not [
        line for line in told(text) if "| has_capital |" in line or "| associated_with |" in line or "born_in" in line or "perform" in line
    ]


def test_several_languages_are_several() -> None:
    assert told("Rosa Lima speaks Portuguese and English.") == ["Rosa Lima | speaks | Portuguese", "Rosa Lima | speaks | English"]


def test_someone_of_the_talk_is_read_by_clauses() -> None:
    assert told("My sister Mia lives in Kiel.") == ["Mia | sibling_of | Ada", "Mia | lives_in | Kiel"]
    assert told("Ada moved to Lisbon in March 2022.") == ["Ada | moved_to | Lisbon | March 2022"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Dora Lind works at Norte too.", "Dora Lind | works_at | Norte"),
        ("Dora Lind works at Norte in Porto.", "Dora Lind | works_at | Norte"),
        ("Dora Lind lives in Ghent again.", "Dora Lind | lives_in | Ghent"),
        ("Dora Lind works for Norte now.", "Dora Lind | works_at | Norte"),
        ("Dora Lind works at Norte already, as everybody knows.", "Dora Lind | works_at | Norte"),
        ("Dora Lind lives in Ghent with Mia.", "Dora Lind | lives_in | Ghent"),
        ("Dora Lind works at the National Museum in Ghent.", "Dora Lind | works_at | National Museum in Ghent"),
        ("The author of Alice in Wonderland is Lewis Carroll.", "Alice in Wonderland | written_by | Lewis Carroll"),
    ],
)
def test_a_name_ends_before_where_and_how_long(text: str, line: str) -> None:
    assert told(text) == [line]
