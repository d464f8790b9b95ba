import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize("text", ["I moved the wardrobe to Lund.", "We moved the picnic to Mons.", "I moved the piano out of Lund."])
def test_what_is_moved_is_a_thing_and_not_who_moves_it(text: str) -> None:
    assert told(text) == []


def test_a_firm_moves_its_headquarters_and_a_person_moves_house() -> None:
    assert told("Veltra moved its headquarters to Mons.") == ["Veltra | headquartered_in | Mons"]
    assert told("We moved house to Lund.") == ["Ada | moved_to | Lund"]


@pytest.mark.parametrize(
    "text", ["I almost moved to Lund.", "I nearly quit Scania.", "Tom almost married Rita.", "I very nearly left Scania."]
)
def test_what_almost_happened_did_not(text: str) -> None:
    assert told(text) == []


def test_almost_before_a_number_tells_of_the_number() -> None:
    assert told("I moved to Lund almost ten years ago.") == ["Ada | moved_to | Lund | 2014"]


@pytest.mark.parametrize(
    "text",
    [
        "I left Lund at noon and came back at six.",
        "I left Lund on Friday for a wedding.",
        "I left Lund for the week.",
        "I left Lund at 7:30.",
        "I left Lund on Monday and returned on Friday.",
    ],
)
def test_a_leaving_for_a_while_ends_no_home(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    ["I left Porto in 2020.", "I left Porto for good.", "I left Porto in 2020 and never came back."],
)
def test_other_leavings_end_it(text: str) -> None:
    assert any(line.startswith("Ada | moved_from | Porto") for line in told(text))


@pytest.mark.parametrize(
    "text", ["Tom thinks I live in Lund.", "My aunt says I work at Scania.", "Everybody believes that we moved to Lund."]
)
def test_what_others_say_of_the_speaker_is_not_what_the_speaker_says(text: str) -> None:
    assert told(text) == []


def test_what_the_speaker_says_of_others_or_believes_stays() -> None:
    assert told("I think I moved to Lund in 2019.") == ["Ada | moved_to | Lund | 2019"]
    assert told("My doctor says I have asthma.") == ["Ada | has_condition | asthma"]


def test_a_stay_of_some_length_is_no_new_home() -> None:
    assert told("I had to move to Lund for a month.") == []


def test_until_now_leaves_open_whether_it_goes_on() -> None:
    assert told("I've lived in Lund until now.") == []
