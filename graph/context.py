"""A question's way: the store is asked in a few waves, and the pure steps of `graph.recall` make a Context of what it returned."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, repeat
from zoneinfo import ZoneInfo

from graph.inquiry import MOST_HOPS, Inquiry, Laps
from graph.model import Assertion, Entity, Episode, Fact
from graph.ontology import Ontology
from graph.recall.answer import Context, RankedEpisode, RankedFact, Took
from graph.recall.budget import FACTS_SHARE, MISSES
from graph.recall.chains import Named, Walk, related, starts
from graph.recall.conversation import Conversation, features, strength_by_episode
from graph.recall.facts import FactView, answering, fact_features, told_once
from graph.recall.found import Found, Meant, Sight
from graph.recall.pieces import FactPiece, Style, quotes_of
from graph.recall.rank import MOST_EPISODES, MOST_FACTS, Ranking
from graph.recall.render import TEMPLATES, Draft, Rendered
from graph.recall.seeds import Legs, by_example, entity_seeds
from graph.recall.spread import Affinity, Spread, from_seeds
from graph.recall.texts import READ, Read, Sought, text_legs
from graph.recall.wording import ENGLISH
from graph.space import space_of
from graph.stores.base import Spot, Wanted
from graph.views import EpisodeNode, Subgraph

HITS = {"EPISODE": 200, "FACT": 120, "ENTITY": 20}
"""Records a search leg returns at most."""
SEED_FACTS = 60
DRAWN_FROM = 30
"""Of so many of the best episodes the facts drawn from them are looked at."""
FACTS_AN_ENTITY = 150
RADIUS = 2
SAYINGS = 10
"""Of a fact that was said again and again, so many of the first and of the last sayings are looked at."""
UTC = ZoneInfo("UTC")
TOKENS_AN_ITEM = 12
"""Fewer tokens than nearly any fact or message takes: how many can be shown at most decides how many are fetched."""
LEAST_FETCHED = 40
CHARACTERS_A_TOKEN = 7
"""More than those of nearly any message have on average: English has four to five."""


@dataclass(slots=True)
class Touched:
    """What lies around the finds, as far as it was met: the facts that may be shown, and the conversation; and the entities to go
    on from, around the finds and along chains.
    """

    spread: Spread
    walk: Walk
    found: Sequence[Fact] = ()
    """The facts that words or meaning found, and the newest of relations that the question names."""
    facts: dict[str, Fact] = field(default_factory=dict)
    nodes: dict[str, EpisodeNode] = field(default_factory=dict)
    frontier: Sequence[str] = ()
    onward: Sequence[str] = ()

    def follow(self, around: Mapping[str, Sequence[Fact]]) -> None:
        """One hop over the facts around each entity. The same way whatever order the store answers in."""
        self.frontier = self.spread.follow({entity: around[entity] for entity in sorted(around)})
        self.facts.update((fact.uuid, fact) for touching in around.values() for fact in touching)

    def path(self, fact: str) -> tuple[str, ...]:
        """The facts passed on the way to one: along the question's relations where they lead there."""
        reached = self.walk.reached.get(fact) or self.spread.reached.get(fact)
        return reached.path if reached else ()

    def unmet(self) -> list[str]:
        """The messages that nothing led to yet, of the facts found and the best along chains."""
        along = sorted(self.walk.reached.values(), key=lambda reached: (-reached.strength, reached.fact.uuid))[:SEED_FACTS]
        facts = (*self.found, *(reached.fact for reached in along))
        return sorted({episode for fact in facts for episode in _outermost(fact.episodes)} - self.nodes.keys())


@dataclass(frozen=True, slots=True)
class Ranked:
    facts: Ranking
    episodes: Ranking
    talk: Conversation


@dataclass(frozen=True, slots=True)
class Fetched:
    """The records of what may be shown, best first, and of all that their texts name."""

    facts: Mapping[str, Fact]
    episodes: Mapping[str, Episode]
    sources: Mapping[str, Sequence[Assertion]]
    """The sayings behind each fact that were recorded by then."""
    said_in: Mapping[str, Episode]
    entities: Mapping[str, Entity]
    different: int
    """How many facts there are to tell, with those that were left."""

    def in_order(self, ranked: Iterable[str]) -> "Fetched":
        return replace(self, episodes={uuid: self.episodes[uuid] for uuid in ranked if uuid in self.episodes})


@dataclass(frozen=True, slots=True)
class Pieces(Mapping[str, FactPiece]):
    """The facts as they are shown, best first, each made when it is asked for: a budget has room for few."""

    fetched: Fetched
    _made: dict[str, FactPiece] = field(default_factory=dict)

    def __getitem__(self, uuid: str) -> FactPiece:
        if uuid not in self._made:
            self._made[uuid] = self._make(self.fetched.facts[uuid])
        return self._made[uuid]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fetched.facts)

    def __len__(self) -> int:
        return len(self.fetched.facts)

    def _make(self, fact: Fact) -> FactPiece:
        entities = self.fetched.entities
        subject, object = (entities[end].name if end in entities else "" for end in (fact.subject, fact.object))
        return FactPiece(fact, subject, object, quotes_of(fact, self.fetched.sources[fact.uuid], self.fetched.said_in))


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that may be shown, best first, and the way there."""

    meant: Meant
    touched: Touched
    ranked: Ranked
    fetched: Fetched


async def gather_context(inquiry: Inquiry) -> Context:
    """What a model should read before it answers: the neighbourhood of the graph that the question needs, cut to the budget."""
    laps, asked = Laps(), inquiry.asked
    weighed = await weigh(inquiry, laps)
    fetched = weighed.fetched
    events = _events(fetched.facts.values(), inquiry.parts.ontology)
    style = Style(inquiry.as_of, ENGLISH, weighed.meant.zone, weighed.meant.question.terms, events)
    answers = answering(weighed.ranked.facts.table, weighed.meant.question)
    template, scores = TEMPLATES[asked.template], weighed.ranked.episodes.scores
    draft = Draft(Pieces(fetched), fetched.episodes, template, style, inquiry.parts.tokenizer, scores, answers)
    rendered = draft.render(asked.budget)
    laps.mark("render")
    return _answer(rendered, weighed.ranked, weighed.touched, fetched, laps)


async def weigh(inquiry: Inquiry, laps: Laps) -> Weighed:
    """The store is asked in waves that wait for each other: search, the vicinity of what was found, one for each further hop, and
    the records. With two hops these are four, whatever the size of the graph.
    """
    meant = await _understand(inquiry)
    laps.mark("question")
    meant, found = await _search(inquiry, meant)
    laps.mark("search")
    touched = await _touch(inquiry, meant, found)
    laps.mark("spread")
    first = _rank(inquiry, meant, found, touched)
    laps.mark("rank")
    fetched = await _fetch(inquiry, first, touched, found)
    laps.mark("fetch")
    ranked = _read(inquiry, meant, first, fetched)
    laps.mark("read")
    return Weighed(meant, touched, ranked, fetched.in_order(ranked.episodes.uuids))


def _events(facts: Iterable[Fact], ontology: Ontology) -> frozenset[str]:
    """Relations of what happened: events of the ontology, and dated verbs it does not know ("passed the exam on Friday")."""
    relations = {fact.relation for fact in facts}
    return frozenset(name for name in relations if name not in ontology.relations or ontology.relations[name].event)


async def _understand(inquiry: Inquiry) -> Meant:
    """Before the group's time zone is known: names and words do not depend on it."""
    text = inquiry.asked.question.strip() or await _names_of(inquiry)
    question = inquiry.read(text, UTC)
    rows = await inquiry.parts.embedder.embed([question.wanted or text])
    ontology = inquiry.parts.ontology
    links = tuple(Named.of(link, ontology) for link in question.links)
    return Meant(question, rows[0], UTC, related(question.relations, ontology), links)


async def _names_of(inquiry: Inquiry) -> str:
    """What stands for the question where only entities are given."""
    found = await inquiry.parts.store.entities(inquiry.group, inquiry.asked.around, inquiry.as_of)
    return ", ".join(entity.name for entity in found.values())


async def _search(inquiry: Inquiry, meant: Meant) -> tuple[Meant, Found]:
    question = meant.question
    space = space_of(inquiry.parts.embedder)
    names = (*question.names, *question.topics)
    wanted = Wanted(question.terms, meant.vector, HITS, names, not question.past, space, question.examples)
    search = inquiry.parts.store.search(inquiry.group, wanted, inquiry.as_of)
    finds, record, around = await asyncio.gather(search, inquiry.record(), _around(inquiry))
    episodes, facts, entities = (Legs.of(finds.words[kind], finds.near[kind]) for kind in ("EPISODE", "FACT", "ENTITY"))
    named = {name: finds.named[name] for name in question.names}
    seeds = entity_seeds(named.values(), entities, around)
    begun = starts(finds.named, seeds) if meant.links else {}
    found = Found(episodes, facts, named, seeds, begun, by_example(hits.scores for hits in finds.examples.values()))
    return _in_zone(inquiry, meant, ZoneInfo(record.settings.timezone) if record else UTC), found


async def _around(inquiry: Inquiry) -> list[str]:
    """The entities that it is asked about; for a merged one, the one that it is one with."""
    if not inquiry.asked.around:
        return []
    found = await inquiry.parts.store.entities(inquiry.group, inquiry.asked.around, inquiry.as_of)
    return list(dict.fromkeys(entity.merged_into or entity.uuid for entity in found.values()))


def _in_zone(inquiry: Inquiry, meant: Meant, zone: ZoneInfo) -> Meant:
    """Periods that a question names are of the group's calendar."""
    read_again = zone.key != meant.zone.key and meant.question.periods
    return replace(meant, zone=zone, question=inquiry.read(meant.question.text, zone) if read_again else meant.question)


async def _touch(inquiry: Inquiry, meant: Meant, found: Found) -> Touched:
    """Follows the facts around the seeds hop by hop, the chains that the question names, and on the way the messages that the facts
    found were said in.
    """
    hops, reach = inquiry.asked.hops, _reach(inquiry, meant)
    sight = Sight(inquiry.as_of, meant.question.past, found.meant())
    touched = await _touch_first(inquiry, meant, found, sight)
    for hop in range(2, max(hops, reach, 2) + 1):
        entities, onward = touched.frontier if hop <= hops else [], touched.onward if hop <= reach else []
        episodes = touched.unmet()
        if not (entities or onward or episodes):
            break
        both = list(dict.fromkeys([*entities, *onward]))
        further = await inquiry.vicinity(Spot(entities=both, limit=FACTS_AN_ENTITY, episodes=episodes, radius=0))
        touched.nodes = {**further.nodes, **touched.nodes}
        passable = {entity: sight.passable(facts) for entity, facts in further.around.items()}
        touched.follow({entity: passable[entity] for entity in entities if entity in passable})
        touched.onward = touched.walk.follow(passable)
    touched.facts.update((uuid, touched.walk.facts[uuid]) for uuid in touched.walk.worths())
    return touched


async def _touch_first(inquiry: Inquiry, meant: Meant, found: Found, sight: Sight) -> Touched:
    near = await inquiry.vicinity(_first_spot(meant, found, inquiry.asked.hops))
    affinity = Affinity.of(meant.relations, found.facts)
    walk = Walk.of(meant.links, affinity, found.starts)
    touched = Touched(from_seeds(found.seeds, affinity), walk, nodes=dict(near.nodes))
    seeded = {entity: facts for entity, facts in near.around.items() if entity in found.seeds}
    touched.follow({entity: sight.of(facts) for entity, facts in seeded.items()})
    touched.onward = walk.follow({entity: sight.passable(facts) for entity, facts in near.around.items() if entity in found.starts})
    touched.found = sight.of(chain(near.facts.values(), near.related))
    touched.facts.update((fact.uuid, fact) for fact in (*touched.found, *sight.of(chain(*near.drawn.values()))))
    return touched


def _reach(inquiry: Inquiry, meant: Meant) -> int:
    """How many facts a chain may have: as many as the question names relations, and one that it leaves out."""
    hops = inquiry.asked.hops
    return max(hops, min(MOST_HOPS, len(meant.links) + 1)) if hops and len(meant.links) > 1 else hops


def _first_spot(meant: Meant, found: Found, hops: int) -> Spot:
    """Around all that was found. Where a question names a relation and nobody ("What is planned?"), the newest of that relation too."""
    episodes = found.messages()
    return Spot(
        entities=sorted(found.seeds.keys() | found.starts.keys()) if hops else (),
        limit=FACTS_AN_ENTITY,
        facts=found.facts.best(SEED_FACTS),
        relations=() if found.meant() else sorted(meant.relations),
        most_related=SEED_FACTS,
        past=meant.question.past,
        drawn_from=episodes[:DRAWN_FROM],
        episodes=episodes,
        radius=RADIUS,
    )


def _best(inquiry: Inquiry, meant: Meant, found: Found, touched: Touched) -> Ranking:
    """The best facts met so far, before the messages have their say."""
    view = FactView(found.facts, meant.relations, touched.spread.reached, meant.question.periods, found.meant(), inquiry.as_of.known)
    return Ranking(fact_features(touched.facts.values(), view), inquiry.weights.facts, MOST_FACTS)


def _outermost(items: Sequence[str]) -> Sequence[str]:
    return items if len(items) <= 2 * SAYINGS else (*items[:SAYINGS], *items[-SAYINGS:])


def _rank(inquiry: Inquiry, meant: Meant, found: Found, touched: Touched) -> Ranked:
    """Messages by the facts drawn from them too, then facts by the messages they were drawn from too."""
    best = _best(inquiry, meant, found, touched)
    drawn_from = {uuid: touched.facts[uuid].episodes for uuid in best.uuids}
    talk = Conversation(
        nodes=touched.nodes,
        legs=found.episodes,
        names=found.names(meant.question),
        periods=meant.question.periods,
        session=inquiry.asked.session,
        facts=strength_by_episode(best.shares(), drawn_from),
        examples=found.examples,
    )
    episodes = Ranking(features(talk), inquiry.weights.first, MOST_EPISODES)
    shares = episodes.shares()
    heard = {uuid: max(map(shares.get, drawn_from[uuid], repeat(0.0)), default=0.0) for uuid in best.uuids}
    table = best.table.of(heard).with_leg("episode", heard).with_leg("chain", touched.walk.worths())
    facts = Ranking(table, inquiry.weights.facts, MOST_FACTS)
    return Ranked(facts, episodes, talk)


def _read(inquiry: Inquiry, meant: Meant, first: Ranked, fetched: Fetched) -> Ranked:
    """The messages again, the best of them by what their texts say too."""
    contents = {uuid: fetched.said_in[uuid].content for uuid in first.episodes.uuids[:READ] if uuid in fetched.said_in}
    read = Read(contents, dict(zip(contents, map(inquiry.parts.questions.cues, contents.values()), strict=True)))
    legs = text_legs(first.talk, Sought.of(first.talk.words, meant.question), read, inquiry.parts.words)
    return replace(first, episodes=Ranking(first.episodes.table.with_legs(legs), inquiry.weights.episodes, MOST_EPISODES))


async def _fetch(inquiry: Inquiry, ranked: Ranked, touched: Touched, found: Found) -> Fetched:
    share = FACTS_SHARE if ranked.episodes.uuids and TEMPLATES[inquiry.asked.template].episode else 1.0
    once = told_once((touched.facts[uuid] for uuid in ranked.facts.uuids), inquiry.as_of.known)
    facts = {fact.uuid: fact for fact in once[: _most_shown(share * inquiry.asked.budget)]}
    behind = {uuid: _outermost(fact.assertions) for uuid, fact in facts.items()}
    wanted = dict.fromkeys((*ranked.episodes.uuids[:READ], *_fitting(ranked.episodes.uuids, touched.nodes, inquiry.asked.budget)))
    quoted = {episode for fact in facts.values() for episode in _outermost(fact.episodes)}
    ends = {end for fact in facts.values() for end in (fact.subject, fact.object)}
    store, group, as_of = inquiry.parts.store, inquiry.group, inquiry.as_of
    read = await store.records(
        group,
        episodes=[*wanted, *sorted(quoted - wanted.keys())],
        assertions=sorted(set(chain(*behind.values()))),
        entities=sorted(ends | found.seeds.keys()),
        as_of=as_of,
    )
    said, told = read.assertions, read.episodes
    sources = {
        fact: [said[uuid] for uuid in uuids if uuid in said and said[uuid].recorded_at <= as_of.known] for fact, uuids in behind.items()
    }
    return Fetched(facts, {uuid: told[uuid] for uuid in wanted if uuid in told}, sources, told, read.entities, len(once))


def _fitting(ranked: Sequence[str], nodes: Mapping[str, EpisodeNode], budget: int) -> list[str]:
    """The best messages, as many as could be shown if each took the least that its length allows and the longest did not fit."""
    least = [max(TOKENS_AN_ITEM, nodes[uuid].length // CHARACTERS_A_TOKEN) for uuid in ranked]
    longest = sum(sorted(least, reverse=True)[:MISSES])
    return [uuid for uuid, before in zip(ranked, accumulate(least, initial=0), strict=False) if before <= budget + longest]


def _most_shown(tokens: float) -> int:
    return max(LEAST_FETCHED, int(tokens) // TOKENS_AN_ITEM)


def _answer(rendered: Rendered, ranked: Ranked, touched: Touched, fetched: Fetched, laps: Laps) -> Context:
    facts = tuple(_ranked_fact(uuid, ranked.facts, touched.path(uuid), fetched) for uuid in rendered.chosen.facts)
    episodes = tuple(
        RankedEpisode(fetched.episodes[uuid], ranked.episodes.score(uuid), ranked.episodes.why(uuid)) for uuid in rendered.chosen.episodes
    )
    ends = dict.fromkeys(end for shown in facts for end in (shown.fact.subject, shown.fact.object))
    entities = tuple(fetched.entities[end] for end in ends if end in fetched.entities)
    left_out = len(fetched.facts) < fetched.different or len(fetched.episodes) < len(ranked.episodes)
    return Context(
        text=rendered.text,
        tokens=rendered.tokens,
        truncated=rendered.chosen.truncated or left_out,
        facts=facts,
        episodes=episodes,
        entities=entities,
        subgraph=Subgraph(entities, tuple(shown.fact for shown in facts), fetched.different, len(facts) < fetched.different),
        took=Took(laps.total(), laps.legs),
    )


def _ranked_fact(uuid: str, ranking: Ranking, path: tuple[str, ...], fetched: Fetched) -> RankedFact:
    return RankedFact(fetched.facts[uuid], ranking.score(uuid), ranking.why(uuid, path))
