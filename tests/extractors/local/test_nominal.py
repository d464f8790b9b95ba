import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("My phone number is 555-0101.", ["Ada | phone | 555-0101"]),
        ("My phone number is +44 20 7946 0958.", ["Ada | phone | +44 20 7946 0958"]),
        ("My phone number changed to 555-0102.", ["Ada | phone | 555-0102"]),
        ("I changed my email to ada@example.org.", ["Ada | email | ada@example.org"]),
        ("My email changed, it's ada@example.org now.", ["Ada | email | ada@example.org"]),
        ("I changed my mind.", []),
        ("The author of The Long Tide is Rosa Lima.", ["The Long Tide | written_by | Rosa Lima"]),
        ("The capital of Farland is Port Vale.", ["Farland | has_capital | Port Vale"]),
        ("Farland's capital is Port Vale.", ["Farland | has_capital | Port Vale"]),
        ("Rosa Lima was born in the city of Porto.", ["Rosa Lima | born_in | Porto"]),
        ("Rosa Lima is married to Jon Vale.", ["Rosa Lima | married_to | Jon Vale"]),
        ("Rosa Lima speaks Portuguese.", ["Rosa Lima | speaks | Portuguese"]),
        ("The CEO of Tidewater Books is Priya Nair.", ["Tidewater Books | has_ceo | Priya Nair"]),
        ("Jon Vale is a citizen of Norway.", ["Jon Vale | citizen_of | Norway"]),
        ("Tidewater Books was founded by Priya Nair.", ["Tidewater Books | founded_by | Priya Nair"]),
        ("Tidewater Books was founded in the city of Leeds.", ["Tidewater Books | founded_in | Leeds"]),
        ("Mia Berg plays the position of goalkeeper.", ["Mia Berg | position_played | goalkeeper"]),
        ("Harbour Lights, created by Tom Reed, was a success.", ["Harbour Lights | created_by | Tom Reed"]),
        ("The type of music that Miles Reed plays is jazz.", ["Miles Reed | genre | jazz"]),
        ("The university where Ada Brown was educated is Ghent University.", ["Ada Brown | educated_at | Ghent University"]),
        ("The company that produced Norte Nine is Norte.", ["Norte Nine | manufactured_by | Norte"]),
        ("The head coach of Leeds United is Rosa Lima.", ["Leeds United | has_head_coach | Rosa Lima"]),
        ("The name of the current head of state in Norway is Harald Berg.", ["Norway | has_head_of_state | Harald Berg"]),
        ("The name of the current head of the Norway government is Jon Vale.", ["Norway | has_head_of_government | Jon Vale"]),
        ("Night Ferry was performed by The Tidewaters.", ["Night Ferry | performed_by | The Tidewaters"]),
        ("A Quiet Harbour's Night was performed by The Tidewaters.", ["A Quiet Harbour's Night | performed_by | The Tidewaters"]),
        ("The official language of Norway is Norwegian.", ["Norway | official_language | Norwegian"]),
        ("Norway is located in the continent of Europe.", ["Norway | continent | Europe"]),
        ("pesapallo was created in the country of Finland.", ["pesapallo | country_of_origin | Finland"]),
        ("Jon Vale is affiliated with the religion of Buddhism.", ["Jon Vale | religion | Buddhism"]),
        ("Jon Vale is famous for The Long Tide.", ["Jon Vale | known_for | The Long Tide"]),
        ("The harbour master of Port Vale is Jon Vale.", ["harbour master of Port Vale | held_by | Jon Vale"]),
        ("My favorite food is ramen.", ["Ada | favorite_food | ramen"]),
        ("My favourite book is The Long Tide.", ["Ada | favorite_book | The Long Tide"]),
        ("Jon Vale is employed by Tidewater Books.", ["Jon Vale | works_at | Tidewater Books"]),
        ("Jon Vale works in the field of botany.", ["Jon Vale | works_as | botany"]),
        ("The chairperson of Tidewater Books is Rosa Lima.", ["Tidewater Books | has_chairperson | Rosa Lima"]),
        ("The original language of The Long Tide is Portuguese.", ["The Long Tide | original_language | Portuguese"]),
        ("Priya Nair's child is Leo Nair.", ["Priya Nair | parent_of | Leo Nair"]),
        ("The headquarters of Tidewater Books is located in the city of Leeds.", ["Tidewater Books | headquartered_in | Leeds"]),
        ("Jon Vale is a member of the Harbour Club.", ["Jon Vale | member_of | Harbour Club"]),
    ],
)
def test_what_something_is_to_something_else(text: str, lines: list[str]) -> None:
    assert told(text) == lines
