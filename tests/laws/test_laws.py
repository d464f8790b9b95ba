"""Any history of mutations reads as the law says, as of any instant on either clock; `python -m bench.laws` asks many more."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.graph.oracle import INF
from tests.laws.commands import AddFacts, CorrectFact, Forget, Merge, Message, Rename, Undo
from tests.laws.conftest import Playing
from tests.laws.histories import histories
from tests.laws.model import Claim, Model, Operation
from tests.laws.stage import Differs, History, Step
from tests.laws.telling import Say, Tell
from tests.laws.times import DAY, Date

HISTORIES = {"embedded": 300, "neo4j": 40}


@pytest.mark.parametrize("seed", ["fixed", "random"])
def test_any_history_reads_as_the_law_says(playing: Playing, seed: str) -> None:
    @settings(
        max_examples=HISTORIES[playing.store.name],
        derandomize=seed == "fixed",
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(histories)
    def every(history: History) -> None:
        playing.show(history)

    every()


class Forgetful(Model):
    """Hears nothing of Oslo."""

    def living(self, known: float = INF) -> list[Claim]:
        return [claim for claim in super().living(known) if claim.object != "Oslo"]


def test_a_difference_is_told_as_a_story(playing: Playing) -> None:
    moved = AddFacts((Tell("Ann", "lives_in", "Rome", valid=Date("day", 1)), Tell("Ann", "lives_in", "Oslo", valid=Date("month", 35))))
    with pytest.raises(Differs) as differs:
        playing.show(History((Step(moved),)), Forgetful)
    assert str(differs.value).splitlines() == [
        "What is believed:",
        "  by the law: Ann lives_in Rome from day 1 until further notice",
        "  shown:      Ann lives_in Rome from day 1 until day 31; Ann lives_in Oslo from day 31 until further notice",
    ]
    assert differs.value.__notes__ == [
        "The story (days after 1 January 2020, updates: ONTOLOGY):\n"
        "  1. day 8: addFacts: Ann lives_in Rome, from day 1; Ann lives_in Oslo, from 2020-02"
    ]


def test_nobody_ever_was_one_with_an_entity_that_is_forgotten(playing: Playing) -> None:
    """What was said of others while they were one with it counts for themselves, at every instant."""
    said = Message(Date("instant", 0), (Say("Ann", "lives_in", "Oslo"), Say("Ann", "lives_in", "Rome", start=Date("day", 0))))
    never = CorrectFact(0, None, same_line=True)
    steps = (said, Merge("Rome", "Oslo"), never, Undo(1), Forget("entity", 2))
    assert playing.show(History(tuple(Step(command) for command in steps))).asked


def test_a_former_name_means_who_was_renamed_again_though_the_first_renaming_is_undone(playing: Playing) -> None:
    told = AddFacts((Tell("Ann", "lives_in", "Rome"),))
    assert playing.show(History(tuple(Step(command) for command in (told, Rename(0), Rename(0), Undo(1), told)))).asked


def claim(name: int, start: float, said: float) -> Claim:
    return Claim(name, "Ann", "lives_in", f"City {name}", round(start * DAY), round(said * DAY))


def test_the_model_knows_what_was_recorded_taken_back_and_undone() -> None:
    model = Model(
        operations=[Operation(1, (claim(1, 1, 1),)), Operation(2, (claim(2, 2, 2),), (1,)), Operation(3, undoes=1), Operation(4, undoes=2)]
    )
    assert [[c.name for c in model.living(known)] for known in range(5)] == [[], [1], [2], [1], [2]]


def test_the_model_knows_whom_entities_are_one_with() -> None:
    model = Model(
        operations=[
            Operation(1, (claim(1, 1, 1),)),
            Operation(2, merged=(("Ann", "Bob"),)),
            Operation(3, merged=(("Bob", "Cid"),)),
            Operation(4, undoes=1),
        ]
    )
    assert [model.one_with(known) for known in (1, 2, 3, 4)] == [{}, {"Ann": "Bob"}, {"Ann": "Cid", "Bob": "Cid"}, {"Bob": "Cid"}]
    assert [[c.subject for c in model.living(known)] for known in (1, 2, 3, 4)] == [["Ann"], ["Bob"], ["Cid"], ["Ann"]]


def test_the_model_knows_what_updates_was_set_to() -> None:
    model = Model(operations=[Operation(2, latest=(False, True)), Operation(4, latest=(True, False))])
    assert [model.is_latest(known) for known in (1, 2, 3, 4)] == [False, True, True, False]
