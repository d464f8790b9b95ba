"""A question's way: the store is asked in a few waves, and the pure steps of `graph.recall` make a Context of what it returned."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from time import perf_counter
from zoneinfo import ZoneInfo

from graph.errors import BadInput
from graph.language import Question
from graph.lookup import Lookup
from graph.model import Assertion, Entity, Episode, Fact, FactStatus, Vector
from graph.ontology import Ontology
from graph.parts import Parts
from graph.recall.answer import Context, RankedEpisode, RankedFact, Took
from graph.recall.conversation import Conversation, features, mention_strengths, strength_by_episode
from graph.recall.facts import FactView, fact_features, showable
from graph.recall.pieces import FactPiece, Style, quotes_of
from graph.recall.rank import MOST_EPISODES, MOST_FACTS, WEIGHTS, Ranking, Table
from graph.recall.render import TEMPLATES, Draft, Rendered
from graph.recall.seeds import MEANT, Legs, entity_seeds
from graph.recall.spread import Affinity, Spread, from_seeds
from graph.recall.wording import ENGLISH
from graph.time import AsOf
from graph.views import EpisodeNode, FactFilter, Page, Subgraph

MOST_HOPS = 4
MOST_CHARACTERS = 10_000
HITS = {"EPISODE": 200, "FACT": 120, "ENTITY": 20}
"""Records a search leg returns at most."""
SEED_EPISODES = 100
SEED_FACTS = 60
DRAWN_FROM = 60
"""Of so many of the best episodes the facts drawn from them are looked at."""
FACTS_AN_ENTITY = 150
RADIUS = 2
TOKENS_AN_ITEM = 12
"""Fewer tokens than nearly any fact or message takes: how many can be shown at most decides how many are fetched."""
LEAST_FETCHED = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """`session` is where the question is asked: its messages weigh a little more. `around` are entities it is about."""

    question: str
    budget: int = 1500
    hops: int = 2
    session: str | None = None
    around: tuple[str, ...] = ()
    template: str = "default"

    def __post_init__(self) -> None:
        if not self.question.strip() and not self.around:
            raise BadInput(
                f"the question is empty: {self.question!r}", hint="Ask something, or name entities in `around`.", field="question"
            )
        if len(self.question) > MOST_CHARACTERS:
            length = len(self.question)
            raise BadInput(f"a question of {length!r} characters is too long", hint=f"Use at most {MOST_CHARACTERS}.", field="question")
        if self.budget < 1:
            raise BadInput(f"a budget of {self.budget!r} tokens shows nothing", hint="Give at least 1.", field="budget")
        if not 0 <= self.hops <= MOST_HOPS:
            raise BadInput(f"{self.hops!r} hops are out of range", hint=f"Use 0 to {MOST_HOPS}.", field="hops")
        if self.template not in TEMPLATES:
            raise BadInput(f"there is no template {self.template!r}", hint=f"Use one of {', '.join(TEMPLATES)}.", field="template")


@dataclass(frozen=True, slots=True)
class Meant:
    """The question as understood, with all relations that its words may point to."""

    question: Question
    vector: Vector
    zone: tzinfo
    relations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What searching found, and the entities that the question is taken to be about, with how strongly."""

    episodes: Legs
    facts: Legs
    named: Sequence[Sequence[Entity]]
    seeds: Mapping[str, float]

    def meant(self) -> frozenset[str]:
        return frozenset(entity for entity, strength in self.seeds.items() if strength >= MEANT)

    def shown(self, facts: Iterable[Fact], as_of: AsOf, question: Question) -> list[Fact]:
        """Those of the facts that may be shown in answer to the question."""
        meant = self.meant()
        return [fact for fact in facts if showable(fact, as_of, question.past, meant)]

    def names(self, question: Question) -> frozenset[str]:
        """The question's names and words and all names of the entities they stand for, folded: who may be meant as a speaker."""
        known = [name for namesakes in self.named for entity in namesakes for name in (entity.name, *entity.aliases)]
        return frozenset(name.casefold() for name in [*question.terms, *question.names, *known])


@dataclass(frozen=True, slots=True)
class Touched:
    """What lies around the finds: facts by uuid, the conversation, and which entities its messages mention."""

    spread: Spread
    facts: Mapping[str, Fact]
    nodes: Mapping[str, EpisodeNode]
    mentioned: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """The candidate facts by uuid with their legs, what each was drawn from, and the conversation with those messages."""

    facts: Mapping[str, Fact]
    legs: Table
    sources: Mapping[str, Sequence[Assertion]]
    nodes: Mapping[str, EpisodeNode]

    def episodes_of(self) -> dict[str, list[str]]:
        return {fact: [said.episode for said in sources if said.episode] for fact, sources in self.sources.items()}


@dataclass(frozen=True, slots=True)
class Ranked:
    facts: Ranking
    episodes: Ranking


@dataclass(frozen=True, slots=True)
class Fetched:
    """The records of what may be shown, best first, and of all that their texts name."""

    facts: Mapping[str, Fact]
    episodes: Mapping[str, Episode]
    speakers: Mapping[str, Episode]
    """Episodes that quotes are from."""
    entities: Mapping[str, Entity]


@dataclass(slots=True)
class Laps:
    """Wall time by leg, in milliseconds."""

    start: float = field(default_factory=perf_counter)
    legs: dict[str, float] = field(default_factory=dict)

    def mark(self, leg: str) -> None:
        self.legs[leg] = self.total() - sum(self.legs.values())

    def total(self) -> float:
        return (perf_counter() - self.start) * 1000


async def gather_context(parts: Parts, group: str, as_of: AsOf, asked: Asked) -> Context:
    """What a model should read before it answers: the neighbourhood of the graph that the question needs, cut to the budget."""
    laps = Laps()
    meant = await _understand(parts, group, as_of, asked)
    look = Lookup(parts.store, group, as_of, current=not meant.question.past)
    laps.mark("question")
    found = await _search(look, meant, asked)
    laps.mark("search")
    touched = await _touch(look, meant, found, asked.hops)
    laps.mark("spread")
    told = await _told(look, meant, found, touched)
    laps.mark("sources")
    ranked = _rank(meant, found, touched, told, asked)
    laps.mark("rank")
    fetched = await _fetch(look, ranked, told, found, asked.budget)
    laps.mark("fetch")
    style = Style(as_of, ENGLISH, meant.zone, meant.question.terms, _events(fetched.facts.values(), parts.ontology))
    pieces = {uuid: _piece(fact, told, fetched) for uuid, fact in fetched.facts.items()}
    rendered = Draft(pieces, fetched.episodes, TEMPLATES[asked.template], style, parts.tokenizer).render(asked.budget)
    laps.mark("render")
    return _answer(rendered, ranked, touched.spread, fetched, laps)


def _events(facts: Iterable[Fact], ontology: Ontology) -> frozenset[str]:
    """Relations of what happened: events of the ontology, and dated verbs it does not know ("passed the exam on Friday")."""
    relations = {fact.relation for fact in facts}
    return frozenset(name for name in relations if name not in ontology.relations or ontology.relations[name].event)


async def _understand(parts: Parts, group: str, as_of: AsOf, asked: Asked) -> Meant:
    text = asked.question.strip() or await _names_of(parts, group, as_of, asked.around)
    record, rows = await asyncio.gather(parts.store.group(group), parts.embedder.embed([text]))
    zone = ZoneInfo(record.settings.timezone if record else "UTC")
    question = parts.questions.question(text, as_of.valid.astimezone(zone))
    return Meant(question, rows[0], zone, _related(question.relations, parts.ontology))


async def _names_of(parts: Parts, group: str, as_of: AsOf, uuids: Sequence[str]) -> str:
    """What stands for the question where only entities are given."""
    return ", ".join(entity.name for entity in (await parts.store.entities(group, uuids, as_of)).values())


def _related(names: Sequence[str], ontology: Ontology) -> frozenset[str]:
    """The relations, with those that theirs are recorded as, set or end: "moved to" tells where someone lives."""
    relations = [ontology.relation(name) for name in names]
    return frozenset(name for r in relations for name in (r.name, r.inverse, r.sets, *r.ends) if name)


async def _search(look: Lookup, meant: Meant, asked: Asked) -> Found:
    terms, names = meant.question.terms, meant.question.names
    episodes, facts, entities, named = await asyncio.gather(
        look.legs("EPISODE", terms, meant.vector, HITS["EPISODE"]),
        look.legs("FACT", terms, meant.vector, HITS["FACT"]),
        look.legs("ENTITY", terms, meant.vector, HITS["ENTITY"]),
        look.named(names),
    )
    return Found(episodes, facts, named, entity_seeds(named, entities, asked.around))


async def _touch(look: Lookup, meant: Meant, found: Found, hops: int) -> Touched:
    store, group, as_of = look.store, look.group, look.as_of
    best = found.episodes.best(SEED_EPISODES)
    spread, facts, related, drawn, nodes, mentioned = await asyncio.gather(
        _spread(look, meant, found, hops),
        store.facts(group, found.facts.best(SEED_FACTS)),
        _of_relations(look, meant, found),
        store.facts_of_episodes(group, best[:DRAWN_FROM], as_of),
        store.around(group, best, RADIUS, as_of.known),
        store.mentioned_in(group, best, as_of),
    )
    reached = {uuid: step.fact for uuid, step in spread.reached.items()}
    known = {**reached, **facts, **related, **{fact.uuid: fact for episode in drawn.values() for fact in episode}}
    shown = found.shown(known.values(), as_of, meant.question)
    return Touched(spread, {fact.uuid: fact for fact in shown}, nodes, mentioned)


async def _of_relations(look: Lookup, meant: Meant, found: Found) -> Mapping[str, Fact]:
    """Where a question names a relation and nobody ("What is planned?"): the newest facts of that relation."""
    if not meant.relations or found.meant():
        return {}
    status = (FactStatus.HOLDS, FactStatus.FUTURE, *((FactStatus.ENDED,) if meant.question.past else ()))
    wanted = FactFilter(relations=tuple(sorted(meant.relations)), status=status)
    newest = await look.store.list_facts(look.group, wanted, "NEWEST", Page(SEED_FACTS), look.as_of)
    return {fact.uuid: fact for fact in newest.items}


async def _spread(look: Lookup, meant: Meant, found: Found, hops: int) -> Spread:
    """Follows the facts around the seeds hop by hop; the first hop sees ended and future facts too."""
    spread = from_seeds(found.seeds, Affinity.of(meant.relations, found.facts))
    frontier, current = sorted(found.seeds), False
    for _ in range(hops):
        if not frontier:
            break
        around = await look.store.facts_around(look.group, frontier, FACTS_AN_ENTITY, look.as_of, current)
        shown = {uuid: found.shown(facts, look.as_of, meant.question) for uuid, facts in around.items()}
        frontier, current = spread.follow(shown), look.current
    return spread


async def _told(look: Lookup, meant: Meant, found: Found, touched: Touched) -> Told:
    """The best candidate facts with the assertions behind them, and the messages these were said in."""
    view = FactView(found.facts, meant.relations, touched.spread.reached, meant.question.periods, meant=found.meant())
    legs = fact_features(touched.facts.values(), view)
    facts = {uuid: touched.facts[uuid] for uuid in Ranking(legs, WEIGHTS.facts, MOST_FACTS).uuids}
    assertions = await look.store.assertions(look.group, sorted({uuid for fact in facts.values() for uuid in fact.assertions}))
    sources = {
        uuid: [assertions[a] for a in fact.assertions if a in assertions and assertions[a].recorded_at <= look.as_of.known]
        for uuid, fact in facts.items()
    }
    missing = {said.episode for behind in sources.values() for said in behind if said.episode} - touched.nodes.keys()
    further = await look.store.around(look.group, sorted(missing), 1, look.as_of.known) if missing else {}
    return Told(facts, legs.of(facts), sources, {**further, **touched.nodes})


def _rank(meant: Meant, found: Found, touched: Touched, told: Told, asked: Asked) -> Ranked:
    """Messages by the facts drawn from them too, then facts by the messages they were drawn from too."""
    drawn_from = told.episodes_of()
    talk = Conversation(
        nodes=told.nodes,
        legs=found.episodes,
        names=found.names(meant.question),
        periods=meant.question.periods,
        session=asked.session,
        facts=strength_by_episode(Ranking(told.legs, WEIGHTS.facts, MOST_FACTS).shares(), drawn_from),
        mentions=mention_strengths(touched.mentioned, found.seeds),
    )
    episodes = Ranking(features(talk), WEIGHTS.episodes, MOST_EPISODES)
    shares = episodes.shares()
    best = {fact: max((shares.get(episode, 0.0) for episode in drawn_from[fact]), default=0.0) for fact in told.facts}
    return Ranked(Ranking(told.legs.with_leg("episode", best), WEIGHTS.facts, MOST_FACTS), episodes)


async def _fetch(look: Lookup, ranked: Ranked, told: Told, found: Found, budget: int) -> Fetched:
    most = max(LEAST_FETCHED, budget // TOKENS_AN_ITEM)
    facts = {uuid: told.facts[uuid] for uuid in ranked.facts.uuids[:most]}
    wanted = ranked.episodes.uuids[:most]
    quoted = {said.episode for uuid in facts for said in told.sources[uuid] if said.episode}
    ends = {end for fact in facts.values() for end in (fact.subject, fact.object)}
    records, entities = await asyncio.gather(
        look.store.episodes(look.group, [*wanted, *sorted(quoted.difference(wanted))]),
        look.store.entities(look.group, sorted(ends | found.seeds.keys()), look.as_of),
    )
    return Fetched(facts, {uuid: records[uuid] for uuid in wanted if uuid in records}, records, entities)


def _piece(fact: Fact, told: Told, fetched: Fetched) -> FactPiece:
    subject, object = (fetched.entities[end].name if end in fetched.entities else "" for end in (fact.subject, fact.object))
    return FactPiece(fact, subject, object, quotes_of(fact, told.sources[fact.uuid], fetched.speakers))


def _answer(rendered: Rendered, ranked: Ranked, spread: Spread, fetched: Fetched, laps: Laps) -> Context:
    facts = tuple(_ranked_fact(uuid, ranked.facts, spread, fetched) for uuid in rendered.chosen.facts)
    episodes = tuple(
        RankedEpisode(fetched.episodes[uuid], ranked.episodes.score(uuid), ranked.episodes.why(uuid)) for uuid in rendered.chosen.episodes
    )
    ends = dict.fromkeys(end for shown in facts for end in (shown.fact.subject, shown.fact.object))
    entities = tuple(fetched.entities[end] for end in ends if end in fetched.entities)
    left_out = len(fetched.facts) < len(ranked.facts) or len(fetched.episodes) < len(ranked.episodes)
    return Context(
        text=rendered.text,
        tokens=rendered.tokens,
        truncated=rendered.chosen.truncated or left_out,
        facts=facts,
        episodes=episodes,
        entities=entities,
        subgraph=Subgraph(entities, tuple(shown.fact for shown in facts), len(ranked.facts), len(facts) < len(ranked.facts)),
        took=Took(laps.total(), laps.legs),
    )


def _ranked_fact(uuid: str, ranking: Ranking, spread: Spread, fetched: Fetched) -> RankedFact:
    reached = spread.reached.get(uuid)
    return RankedFact(fetched.facts[uuid], ranking.score(uuid), ranking.why(uuid, reached.path if reached else ()))
