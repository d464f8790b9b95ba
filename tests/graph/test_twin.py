"""Whether two of near names are one: what is known of both decides."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Entity, Episode, Fact
from graph.ontology import load_ontology
from graph.resolve import Verdict
from graph.spelling import Nearness
from graph.twin import Evidence, Known, Near, Twin, evidence, pairs
from tests.stores.builders import day, fact, message

ONTOLOGY = load_ontology()
SAME, NEW, UNSURE = Verdict.SAME, Verdict.NEW, Verdict.UNSURE
ENDS = {uuid: Entity(uuid, "g", uuid, type_, None, day(0), day(0)) for uuid, type_ in (("Norte", "Organization"), ("Oslo", "City"))}


def known(uuid: str, *facts: Fact, said_in: tuple[Episode, ...] = (), name: str | None = None, type_: str = "Person") -> Known:
    return Known(Entity(uuid, "g", name or uuid, type_, None, day(0), day(0)), facts, said_in)


def found(one: Known, other: Known) -> Evidence:
    return evidence(one, other, ENDS, ONTOLOGY)


def test_an_employer_speaks_strongly_for_one_and_a_city_weakly() -> None:
    one = known("a", fact("f", "a", "works_at", "Norte", day(1)), fact("g", "a", "lives_in", "Oslo", day(1)))
    other = known("b", fact("h", "b", "works_at", "Norte", day(2)), fact("i", "b", "lives_in", "Oslo", day(2)))
    shared = found(one, other)
    assert shared.strong == ("the same is said of both (works at)",)
    assert shared.weak == ("the same is said of both (lives in)",)
    assert (shared.contrary, shared.facts) == ((), ("f", "h", "g", "i"))


def test_what_a_relation_leads_to_tells_where_the_type_is_not_known() -> None:
    ends = {"Norte": replace(ENDS["Norte"], type="Thing"), "Oslo": replace(ENDS["Oslo"], type="Place")}
    one, other = (known(u, fact(f"f{u}", u, "works_at", "Norte", day(1)), fact(f"g{u}", u, "lives_in", "Oslo", day(1))) for u in "ab")
    shared = evidence(one, other, ends, ONTOLOGY)
    assert (len(shared.strong), len(shared.weak)) == (1, 1)
    cities = {uuid: replace(end, type="City") for uuid, end in ends.items()}
    assert evidence(one, other, cities, ONTOLOGY).strong == ()


def test_the_other_side_of_a_relation_counts_too_and_not_the_wrong_one() -> None:
    one = known("a", fact("f", "Norte", "led_by", "a", day(1)))
    assert found(one, known("b", fact("g", "Norte", "led_by", "b", day(1)))).strong
    assert not found(one, known("b", fact("g", "b", "led_by", "Norte", day(1)))).strong


def test_a_relation_of_the_callers_own_words_is_not_named() -> None:
    one, other = (known(uuid, fact(f"f{uuid}", uuid, "was_treated_at", "Norte", day(1))) for uuid in "ab")
    assert found(one, other).strong == ("the same is said of both",)


def test_what_one_has_one_of_at_a_time_speaks_against_two_at_once() -> None:
    one = known("a", fact("f", "a", "lives_in", "Oslo", day(1)))
    rome = fact("g", "b", "lives_in", "Rome", day(2))
    assert found(one, known("b", rome)).contrary == ("but of one that is different (lives in)",)
    past = replace(rome, valid_at=day(0), invalid_at=day(1))
    assert found(one, known("b", past)).contrary == ()
    assert found(one, known("b", replace(rome, relation="visited"))).contrary == ()


def test_a_common_session_counts() -> None:
    here, there, elsewhere = (message("x", session=session) for session in "sst")
    assert found(known("a", said_in=(here,)), known("b", said_in=(there,))).session == ("both were spoken of in one session",)
    assert found(known("a", said_in=(here,)), known("b", said_in=(elsewhere,))).session == ()


def twin(how: Nearness, names: tuple[str, str] = ("Jon Smith", "John Smith"), meant: float | None = None, **known_: int) -> Twin:
    apart = bool(known_.pop("told_apart", 0))
    told = Evidence(told_apart=apart, **{kind: tuple(f"{kind} {n}" for n in range(count)) for kind, count in known_.items()})
    return Twin(Near("a", "b", names, how), "Person", told, meant)


@pytest.mark.parametrize(
    ("how", "known_", "verdict"),
    [
        (Nearness.SOUND, {}, UNSURE),
        (Nearness.SOUND, {"weak": 1}, UNSURE),
        (Nearness.SOUND, {"weak": 1, "session": 1}, SAME),
        (Nearness.SOUND, {"strong": 1}, SAME),
        (Nearness.SOUND, {"strong": 1, "contrary": 1}, UNSURE),
        (Nearness.SOUND, {"weak": 2, "contrary": 1}, NEW),
        (Nearness.SOUND, {"strong": 3, "told_apart": 1}, NEW),
        (Nearness.SLIP, {"strong": 1}, UNSURE),
        (Nearness.SLIP, {"strong": 1, "session": 1}, SAME),
        (Nearness.NEAR, {"weak": 3}, NEW),
        (Nearness.NEAR, {"strong": 3}, UNSURE),
        (Nearness.SENSE, {"strong": 3}, NEW),
    ],
)
def test_verdicts(how: Nearness, known_: dict[str, int], verdict: Verdict) -> None:
    assert replace(twin(how, ("Harbour Museum", "Harbor Museum"), **known_), type="Place").verdict() is verdict


@pytest.mark.parametrize("names", [("Sara", "Sarah"), ("Marc", "Mark"), ("Jon", "John Smith"), ("Marc Schmidt", "Mark Shmitt")])
def test_people_are_never_one_by_a_given_name_or_where_both_names_differ(names: tuple[str, str]) -> None:
    for type_ in ("Person", "Thing"):
        assert replace(twin(Nearness.SOUND, names, strong=5, weak=5, session=1), type=type_).verdict() is UNSURE


@pytest.mark.parametrize("names", [("Katherine Lee", "Catherine Lee"), ("Jon Smith", "John Smyth")])
def test_people_of_one_name_need_two_strong_pieces_or_one_and_a_session(names: tuple[str, str]) -> None:
    assert twin(Nearness.SOUND, names, strong=1, weak=5).verdict() is UNSURE
    assert twin(Nearness.SOUND, names, weak=5, session=1).verdict() is UNSURE
    assert twin(Nearness.SOUND, names, strong=2).verdict() is SAME
    assert twin(Nearness.SOUND, names, strong=1, session=1).verdict() is SAME
    assert twin(Nearness.SLIP, names, strong=5, session=1).verdict() is UNSURE


def test_what_brothers_and_sisters_share_is_no_evidence() -> None:
    ends = ENDS | {"Rosa": Entity("Rosa", "g", "Rosa Lee", "Person", None, day(0), day(0))}
    one, other = (
        known(u, fact(f"f{u}", "Rosa", "parent_of", u, day(1)), fact(f"g{u}", u, "sibling_of", "Rosa", day(1)), name=n)
        for u, n in (("a", "Jon Lee"), ("b", "John Lee"))
    )
    shared = evidence(one, other, ends, ONTOLOGY)
    assert (shared.strong, shared.weak, shared.facts) == ((), (), ())


def test_several_words_in_other_spellings_need_more() -> None:
    both = ("Harbour Museum", "Harbor Muzeum")
    assert replace(twin(Nearness.SOUND, both, strong=1), type="Place").verdict() is UNSURE
    assert replace(twin(Nearness.SOUND, both, strong=1, weak=1), type="Place").verdict() is SAME


def test_a_like_sense_is_never_enough() -> None:
    assert twin(Nearness.SENSE, meant=0.99).verdict() is NEW
    assert twin(Nearness.SENSE, meant=0.99, strong=5).verdict() is UNSURE
    assert "alike in meaning (0.99)" in twin(Nearness.SENSE, meant=0.99).reason()


@given(st.sampled_from(Nearness), st.integers(0, 3), st.integers(0, 3), st.integers(0, 1), st.integers(0, 1))
def test_more_in_common_never_parts_and_more_against_never_joins(how: Nearness, strong: int, weak: int, contrary: int, apart: int) -> None:
    order = [NEW, UNSURE, SAME]
    here = twin(how, strong=strong, weak=weak, contrary=contrary, told_apart=apart, meant=0.9).verdict()
    more = twin(how, strong=strong + 1, weak=weak + 1, contrary=contrary, told_apart=apart, meant=0.9).verdict()
    against = twin(how, strong=strong, weak=weak, contrary=contrary + 1, told_apart=apart, meant=0.9).verdict()
    assert order.index(against) <= order.index(here) <= order.index(more)
    assert strong + weak > 0 or here is not SAME


def test_pairs_are_near_of_one_kind_and_not_told_apart() -> None:
    jon = known("jon", name="Jon Smith").entity
    others = [known(uuid, name=name, type_=t).entity for uuid, name, t in (("j", "John Smyth", "Person"), ("c", "John Smyth", "City"))]
    (near,) = pairs([jon], others, ONTOLOGY)
    assert near == Near("j", "jon", ("Jon Smith", "John Smyth"), Nearness.SOUND)
    assert pairs([replace(jon, apart=("j",))], others, ONTOLOGY) == []
    assert pairs([jon], [replace(others[0], apart=("jon",))], ONTOLOGY) == []
    assert pairs([jon], [replace(others[0], merged_into="jon")], ONTOLOGY) == []
    (kept,) = pairs([jon], [replace(others[0], merged_into="kept")], ONTOLOGY)
    assert (kept.one, kept.other) == ("jon", "kept")
    assert pairs([jon, others[0]], [], ONTOLOGY) == [near]
