from datetime import UTC, datetime

from graph.recall.found import SEED_EXAMPLES, Found, Sight
from graph.recall.seeds import Legs
from tests.graph.recall.made import NOW, fact

MILAN = fact("milan")
ROME = fact("rome", object="rome", valid_at=datetime(2019, 1, 1, tzinfo=UTC), invalid_at=datetime(2024, 3, 1, tzinfo=UTC))
SOON = fact("soon", valid_at=datetime(2025, 6, 1, tzinfo=UTC))
NOTHING = Legs({}, {})


def test_what_has_ended_is_out_of_sight_unless_the_past_is_asked_for_or_both_its_ends_are_meant() -> None:
    assert Sight(NOW, False, ()).of([ROME, MILAN]) == [MILAN]
    assert Sight(NOW, True, ()).of([ROME, MILAN]) == [ROME, MILAN]
    assert Sight(NOW, False, {"anna", "rome"}).of([ROME, MILAN]) == [ROME, MILAN]


def test_a_fact_that_is_met_again_is_judged_as_before() -> None:
    sight = Sight(NOW, False, ())
    assert sight.of([MILAN, ROME, MILAN]) == [MILAN, MILAN]
    assert sight.of([ROME, MILAN]) == [MILAN]


def test_what_is_to_come_is_seen_but_leads_nowhere_unless_the_past_is_asked_for() -> None:
    assert Sight(NOW, False, ()).of([SOON]) == [SOON]
    assert Sight(NOW, False, ()).passable([SOON, ROME, MILAN]) == [MILAN]
    assert Sight(NOW, True, ()).passable([SOON, ROME, MILAN]) == [SOON, ROME, MILAN]


def test_messages_are_those_found_and_then_the_best_that_name_one_of_a_kind() -> None:
    examples = {f"e{number:02}": 1 - number / 100 for number in range(50)}
    found = Found(Legs({"swim": {"e03": 2.0, "m": 1.0}}, {}), NOTHING, {}, {}, {}, examples)
    others = [uuid for uuid in sorted(examples) if uuid != "e03"]
    assert found.messages() == ["e03", "m", *others[:SEED_EXAMPLES]]
