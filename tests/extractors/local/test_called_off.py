import pytest

from tests.extractors.local.spoken import told_in

_MOVE = ("Ada", "I'll move to Porto in 2030.")
_OFF = "Ada | moved_to | Porto | not | instead of Porto"


@pytest.mark.parametrize(
    "text",
    [
        "I'm not moving to Porto after all.",
        "I won't move to Porto.",
        "I'm not going to move to Porto.",
        "I decided not to move to Porto.",
        "The move to Porto is cancelled.",
        "My move to Porto was called off.",
        "I'm not moving after all.",
    ],
)
def test_a_move_that_is_called_off_is_taken_back(text: str) -> None:
    assert [line for line in told_in(("Ada", "I live in Lund."), _MOVE, ("Ada", text)) if "dropped_plan" not in line] == [_OFF]


@pytest.mark.parametrize(
    "text",
    [
        "I'm not moving to Oslo.",
        "I won't move to Porto yet.",
        "I'm not moving to Porto in May.",
        "I won't move the sofa.",
        "I didn't move to Porto.",
        "If I won't move to Porto, I will cry.",
        "Tom's move to Porto is cancelled.",
    ],
)
def test_what_is_not_surely_called_off_stays_to_come(text: str) -> None:
    assert not any("instead of" in line for line in told_in(_MOVE, ("Ada", text)))


def test_only_what_was_told_to_come_is_called_off() -> None:
    assert told_in(("Ada", "I live in Porto."), ("Ada", "I won't move to Porto.")) == []


def test_what_the_other_one_said_is_not_the_speakers_to_call_off() -> None:
    assert told_in(("Bo", "I'll move to Porto in 2030."), ("Ada", "I won't move to Porto.")) == []


def test_a_job_that_is_not_quit_goes_on() -> None:
    lines = told_in(("Ada", "I work at Scania."), ("Ada", "I'll quit Scania in 2030."), ("Ada", "I won't quit Scania."))
    assert lines == ["Ada | quit | Scania | not | instead of Scania"]


def test_a_wedding_is_off() -> None:
    assert told_in(("Ada", "I'm marrying Tom in August."), ("Ada", "The wedding is off.")) == [
        "Ada | married_to | Tom | not | instead of Tom"
    ]
