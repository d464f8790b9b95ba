"""However the same words arrive, they end in the same believed world."""

from itertools import permutations
from random import Random

from graph.belief import believed
from tests.laws.commands import AddFacts
from tests.laws.conftest import Playing
from tests.laws.example import heard, real_memory, sessions
from tests.laws.order import STORY, arrived, every_arrival
from tests.laws.stage import History, Step
from tests.laws.telling import Tell
from tests.laws.times import Date


def test_every_order_of_seven_episodes_ends_in_the_same_world() -> None:
    worlds = [records.shown() for records in every_arrival(STORY)]
    assert len(worlds) == 5040
    assert all(world == worlds[0] for world in worlds)
    assert [(subject, object_) for subject, object_, _, _ in worlds[0]] == [
        ("anna", place) for place in ("Leeds", "Oslo", "Leeds", "Bern", "Rome", "Milan")
    ]


def test_every_order_of_seven_assertions_is_one_line() -> None:
    line = believed(STORY)
    assert all(believed(order) == line for order in permutations(STORY))


async def test_the_assertions_of_the_example_end_in_the_same_world_in_any_order() -> None:
    async with real_memory() as memory:
        told = list((await heard(memory, "in order", list(sessions()))).living)
    world = arrived(told)
    assert len(world) > 50
    shuffle = Random(7)  # noqa: S311 - a shuffle hides nothing
    for _ in range(50):
        shuffle.shuffle(told)
        assert arrived(told) == world


HOMES = (
    Tell("Ann", "lives_in", "Rome", valid=Date("year", 5), seen=Date("instant", 4), said=Date("instant", 4)),
    Tell("Ann", "lives_in", "Rome", said=Date("instant", 6)),
    Tell("Ann", "moved_to", "Oslo", valid=Date("day", 5), said=Date("instant", 9)),
    Tell("Ann", "lives_in", "Bern", valid=Date("day", 2), invalid=Date("day", 3), said=Date("instant", 10)),
    Tell("Ann", "moved_from", "Oslo", valid=Date("day", 8), said=Date("instant", 10)),
)


def test_a_story_told_in_any_order_is_the_same_in_a_store(playing: Playing) -> None:
    worlds = set()
    for order in Random(3).sample(list(permutations(HOMES)), 4):  # noqa: S311 - a sample hides nothing
        stage = playing.show(History(tuple(Step(AddFacts((told,)), 1.0) for told in order)))
        worlds.add(tuple(sorted(stage.uuids)))
    assert len(worlds) == 1
