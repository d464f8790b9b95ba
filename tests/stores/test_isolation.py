"""No read of one group ever sees another, whatever both are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import ChangeKind, FactStatus, Review, ReviewKind
from graph.stores.base import Asking, Spot, Store, Wanted
from graph.views import EntityFilter, FactFilter, Page
from tests.stores.builders import (
    LATE,
    NOW,
    Writer,
    as_of,
    assertion,
    change,
    day,
    entity,
    fact,
    keeping,
    message,
    retraction,
    vector,
    vectors,
)
from tests.stores.seeking import KINDS

EVERY = Page(1000)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a group was filled with."""

    name: str
    mark: str
    episodes: Sequence[str]
    work: str

    def uuid(self, what: str) -> str:
        return f"{what}-{self.mark}"


async def fill(store: Store, name: str, words: list[str]) -> Filled:
    """The same words, names, keys and external ids in every group; other uuids."""
    mark = str(uuid4())
    kept = await store.keep(keeping(*(message(w, str(n)) for n, w in enumerate(words)), group=name, session=words[0]))
    filled = Filled(name, mark, [e.uuid for e in kept.episodes], kept.work.uuid)
    anna, ben, told, first, second = (filled.uuid(what) for what in ("anna", "ben", "told", "first", "second"))
    writer = Writer(store, name)
    await writer.apply(
        1,
        entities=[entity(anna, day(1), group=name, name=words[0], key="k1"), entity(ben, day(1), group=name, name=words[-1], key="k2")],
        assertions=[assertion(told, anna, "knows", ben, day(1), group=name, episode=filled.episodes[0], external_id="x")],
        facts=[fact(f, anna, "knows", ben, day(1), group=name, text=" ".join(words), assertions=(told,)) for f in (first, second)],
        mentions=[(filled.episodes[0], anna)],
        changes=[change(ChangeKind.FACT_ADDED, day(1), group=name, facts=(first,))],
        reviews=[Review(filled.uuid("review"), name, ReviewKind.DUPLICATE, "why", day(1))],
        vectors=vectors(entities={anna: vector(1, 0)}, facts={first: vector(1, 0)}, episodes={filled.episodes[0]: vector(1, 0)}),
    )
    await writer.apply(2, retractions=[retraction(second)])
    return filled


async def reads(store: Store, name: str, of: Filled, words: list[str]) -> list[Any]:
    """Every read of the group `name`, asked with all that is known of `of`."""
    anna, ben, first = of.uuid("anna"), of.uuid("ben"), of.uuid("first")
    facts = list((await store.facts(of.name, [first])).values())
    early = as_of(1, 1)
    filter = FactFilter(status=tuple(FactStatus))
    wanted = Wanted(words, vector(1, 0), dict.fromkeys(KINDS, 50), words)
    spot = Spot([anna, ben], 50, [first, of.uuid("second")], ["knows"], 50, True, of.episodes, of.episodes)
    footing = await store.footing(name, Asking([words[0]], words[0], [anna], [first], ["x"]))
    return [
        await store.search(name, wanted, early),
        await store.search(name, wanted, NOW),
        await store.vicinity(name, spot, early),
        await store.vicinity(name, spot, NOW),
        await store.entities(name, [anna], NOW),
        await store.facts(name, [first, of.uuid("second")]),
        await store.episodes(name, of.episodes),
        await store.assertions(name, [of.uuid("told")]),
        await store.work(name, of.work),
        footing.candidates,
        footing.entities,
        footing.facts,
        footing.external,
        await store.beliefs(name, [f"s:knows:{anna}"]),
        await store.said_in(name, words[0], None),
        await store.find_entities(name, words[0], NOW),
        *[(await store.list_entities(name, EntityFilter(), order, EVERY, NOW)).items for order in ("NAME", "RECENT", "MOST_CONNECTED")],
        *[(await store.list_facts(name, filter, order, EVERY, NOW)).items for order in ("NEWEST", "OLDEST", "RECORDED")],
        (await store.list_facts(name, FactFilter(entity=anna), "NEWEST", EVERY, early)).items,
        (await store.timeline(name, anna, None, EVERY, LATE)).items,
        (await store.neighborhood(name, [anna], 2, filter, 50, NOW)).facts,
        (await store.neighbors(name, anna, [], EVERY, NOW)).items,
        await store.degrees(name, [anna, ben], NOW),
        (await store.list_episodes(name, None, EVERY, LATE)).items,
        (await store.list_episodes(name, words[0], EVERY, LATE)).items,
        await store.episodes_of_work(name, of.work),
        await store.sessions(name, [words[0]]),
        (await store.list_sessions(name, EVERY, LATE)).items,
        (await store.list_reviews(name, None, EVERY, LATE)).items,
        await store.successors(name, facts, LATE),
        await store.predecessors(name, facts, LATE),
        await store.facts_of_episodes(name, of.episodes, NOW),
        await store.mentioned_in(name, of.episodes, NOW),
        (await store.mentions_of(name, anna, EVERY, LATE)).items,
        await store.changes_of_facts(name, [first], LATE),
        await store.changes_of_work(name, of.work),
        (await store.list_changes(name, EVERY, LATE)).items,
        await store.around(name, of.episodes, 2, LATE),
        await store.facts_around(name, [anna], 50, early),
    ]


def said(found: Any) -> str:
    return repr(dict(found) if isinstance(found, Mapping) else found)


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_two_groups_of_the_same_words_never_meet(store: Store, words: list[str], suffix: str) -> None:
    name = str(uuid4())
    mine, other = await fill(store, name, words), await fill(store, name + suffix, words)
    counted = await store.counts(mine.name, NOW)
    assert (counted.entities, counted.facts, counted.episodes, counted.sessions) == (2, 1, len(words), 1)
    for found in await reads(store, mine.name, mine, words):
        text = said(found)
        assert other.mark not in text
        assert not any(uuid in text for uuid in (*other.episodes, other.work))
    for found in await reads(store, mine.name, other, words):
        text = said(found)
        assert other.mark not in text or text in ("()", "{}")
        assert not any(uuid in text for uuid in (*other.episodes, other.work))


async def test_the_same_key_in_two_groups_is_two_records(store: Store) -> None:
    for name in ("g", "h"):
        anna = entity(f"anna of {name}", day(1), group=name, name="Anna", key="person:anna")
        await Writer(store, name).apply(1, entities=[anna])
    both = ["anna of g", "anna of h"]
    assert list(await store.entities("g", both, NOW)) == ["anna of g"]
    assert list(await store.entities("h", both, NOW)) == ["anna of h"]
    assert [e.uuid for e in await store.find_entities("h", "Anna", NOW)] == ["anna of h"]
