from graph.recall.seeds import Legs
from graph.recall.spread import WIDEST, Affinity, from_seeds
from tests.graph.recall.made import fact

WROTE = fact("wrote", "ines", "wrote", "novel", "Ines wrote the novel")
MARRIED = fact("married", "ines", "married_to", "tom", "Ines is married to Tom")
LIVES = fact("lives", "tom", "lives_in", "porto", "Tom lives in Porto")
NOTHING = Legs({}, {})


def test_a_chain_of_facts_is_followed_with_its_path() -> None:
    spread = from_seeds({"novel": 1.0}, Affinity.of(["married_to"], NOTHING))
    assert spread.follow({"novel": [WROTE]}) == ["ines"]
    assert spread.follow({"ines": [WROTE, MARRIED]}) == ["tom"]
    assert spread.reached["married"].path == ("wrote", "married")


def test_strength_falls_with_every_step() -> None:
    spread = from_seeds({"novel": 1.0}, Affinity.of([], NOTHING))
    spread.follow({"novel": [WROTE]})
    spread.follow({"ines": [MARRIED]})
    spread.follow({"tom": [LIVES]})
    first, second, third = (spread.reached[uuid].strength for uuid in ("wrote", "married", "lives"))
    assert first > second > third > 0


def test_relation_words_and_meaning_raise_a_fact() -> None:
    plain = Affinity.of([], NOTHING).to(MARRIED)
    assert Affinity.of(["married_to"], NOTHING).to(MARRIED) > plain
    assert Affinity.of([], Legs({"tom": {"married": 2.0}}, {})).to(MARRIED) > plain
    assert Affinity.of([], Legs({}, {"married": 0.5})).to(MARRIED) > plain
    assert Affinity.of(["married_to"], Legs({"tom": {"married": 2.0}}, {"married": 1.0})).to(MARRIED) == 1.0


def test_an_entity_is_followed_again_only_where_a_stronger_way_leads_there() -> None:
    strong = from_seeds({"ines": 1.0, "tom": 0.9}, Affinity.of([], NOTHING))
    assert strong.follow({"ines": [MARRIED], "tom": [MARRIED]}) == []
    weak = from_seeds({"ines": 1.0, "tom": 0.1}, Affinity.of([], NOTHING))
    assert weak.follow({"ines": [MARRIED], "tom": [MARRIED]}) == ["tom"]
    weak.follow({"tom": [LIVES]})
    assert weak.reached["lives"].path == ("married", "lives")


def test_the_stronger_way_to_a_fact_counts() -> None:
    spread = from_seeds({"ines": 1.0, "tom": 0.2}, Affinity.of([], NOTHING))
    spread.follow({"tom": [MARRIED], "ines": [MARRIED]})
    assert spread.reached["married"].strength == Affinity.of([], NOTHING).to(MARRIED)


def test_against_the_arrow_is_weaker() -> None:
    along = from_seeds({"ines": 1.0}, Affinity.of([], NOTHING))
    against = from_seeds({"tom": 1.0}, Affinity.of([], NOTHING))
    along.follow({"ines": [MARRIED]})
    against.follow({"tom": [MARRIED]})
    assert along.trails["tom"].strength > against.trails["ines"].strength


def test_work_is_bounded_at_a_hub() -> None:
    hub = [fact(f"f{n}", "hub", "knows", f"person{n}") for n in range(100)]
    assert len(from_seeds({"hub": 1.0}, Affinity.of([], NOTHING)).follow({"hub": hub})) == WIDEST
