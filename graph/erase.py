"""One step of forgetting: what is read of the group as it is, and the Erasure that follows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from graph.delta import Vectors
from graph.erasure import Erasure, Gone
from graph.errors import NotFound
from graph.family import Family, alone, ends_of
from graph.model import Assertion, Change, ChangeKind, Entity, Episode, Fact, Group
from graph.parts import Parts
from graph.replay import Policies, Rules, policies_of, replayed
from graph.space import require_space, space_of
from graph.time import FAR, TICK, AsOf
from graph.traces import (
    Phrases,
    asking,
    called,
    denying_nothing,
    drawn_from,
    in_plain_words,
    line_of,
    names_in,
    names_since,
    renamed,
    told_in,
    turns_of,
    without,
)
from graph.views import Beliefs, Page

EVER = FAR - TICK
PAGE = 500

Renaming = tuple[tuple[Entity, ...], tuple[Entity, ...]]
"""An entity's versions before and after."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one step is asked to erase; `fact` by uuid."""

    episodes: tuple[str, ...] = ()
    entity: str | None = None
    fact: str | None = None


def tombstone_of(parts: Parts, group: Group, actor: str, what: str, *, several: bool = False) -> Change:
    return Change(
        uuid=str(uuid4()),
        group=group.name,
        operation=str(uuid4()),
        kind=ChangeKind.FORGOTTEN,
        at=max(parts.clock(), group.last_at + TICK),
        actor=actor,
        rule="forgotten",
        reason=f"{what} {'were' if several else 'was'} forgotten",
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What stays and reads otherwise: `lost` names with those that take their place, assertions in their new words, and records that
    rest on these beside those drawn again.
    """

    lost: Mapping[str, str]
    assertions: dict[str, Assertion]
    facts: Sequence[Fact]

    def fact(self, record: Fact) -> Fact:
        return replace(record, text=called(record.text, self.lost))


class Step:
    """One step against the group as it is: what it reads, and the Erasure that follows."""

    def __init__(self, parts: Parts, group: Group, scope: Scope) -> None:
        self._parts = parts
        self._store = parts.store
        self._group = group.name
        self._record = group
        self._scope = scope
        self._rules = Rules(parts.ontology, Policies(group.settings.updates))
        self._targets: tuple[str, ...] = ()
        self._family = Family()

    async def erasure(self, actor: str) -> Erasure:
        policies = policies_of(await self._store.policies(self._group), self._record.settings.updates)
        self._rules = replace(self._rules, policies=policies)
        episodes = await self._episodes()
        erased, history = await self._told(episodes)
        touched = await self._touched(episodes, erased)
        entities = await self._left_over(touched, episodes, erased)
        history = await self._with_those_counted_for(entities, history)
        named = await self._named(touched | self._family.versions.keys(), entities, episodes, erased)
        words = await self._otherwise(named, history, erased)
        remaining = [words.assertions.get(a.uuid, a) for a in history.assertions if a.uuid not in erased]
        since = min((*(a.recorded_at for a in erased.values()), *self._family.ended_by(entities)), default=None)
        drawn = replayed(history, remaining, since, replace(self._rules, family=self._family.without(entities)))
        records = {f.uuid: words.fact(f) for f in (*words.facts, *drawn)}
        before = {f.uuid: f for f in (*words.facts, *history.facts)}
        redone = [f for uuid, f in records.items() if before.get(uuid) != f]
        gone = Gone(
            episodes=frozenset(episodes),
            entities=entities,
            assertions=erased,
            facts={uuid: f for uuid, f in before.items() if uuid not in records},
            works=await self._emptied(episodes),
            instants=frozenset(at for a in erased.values() for at in turns_of(a)),
        )
        phrases = await self._phrases(gone, named)
        named += await self._summaries(phrases, {*entities, *(new[0].uuid for _, new in named)})
        plain = Erasure(
            group=self._group,
            version=self._record.version,
            tombstone=tombstone_of(self._parts, self._record, actor, self._what(episodes), several=len(episodes) > 1),
            episodes=sorted(episodes),
            entities=sorted(entities),
            assertions=sorted(erased),
            facts=sorted(gone.facts),
            redrawn=redone,
            reworded=list(words.assertions.values()),
            named=[versions for _, versions in named],
            vectors=await self._vectors(before, redone, named),
        )
        return await self._logged(plain, gone, phrases)

    def _what(self, episodes: Mapping[str, Episode]) -> str:
        if not episodes:
            return "an entity" if self._scope.entity is not None else "a fact"
        return "one episode" if len(episodes) == 1 else f"{len(episodes)} episodes"

    async def _episodes(self) -> Mapping[str, Episode]:
        """Those that are still there. Raises NotFound where none is."""
        wanted = self._scope.episodes
        found = await self._store.episodes(self._group, wanted) if wanted else {}
        if wanted and not found:
            raise NotFound(f"there is no episode {wanted[0]!r} in the group {self._group!r}")
        return found

    async def _told(self, episodes: Mapping[str, Episode]) -> tuple[dict[str, Assertion], Beliefs]:
        """The assertions to erase, and all that was ever said and recorded under their keys."""
        if self._scope.fact is not None:
            said = await self._behind(self._scope.fact)
        else:
            self._targets = await self._entities(self._scope.entity) if self._scope.entity is not None else ()
            said = await self._store.said(self._group, sorted(episodes), self._targets)
        erased = {a.uuid: a for a in said.assertions}
        family = await self._related((*ends_of(said.assertions), *self._targets))
        self._rules = replace(self._rules, family=family)
        history = await self._history(said)
        return erased | {a.uuid: a for a in denying_nothing(history, erased)}, history

    async def _history(self, said: Beliefs) -> Beliefs:
        """All that was ever said and recorded under the keys that what was said ever counted under."""
        history, known, keys = Beliefs(), set[str](), self._keys(said)
        self._family = self._rules.family
        while not keys <= known:
            known |= keys
            history = await self._store.history(self._group, sorted(known))
            self._family = await self._related((*self._rules.family.versions, *ends_of(history.assertions)))
            self._rules = replace(self._rules, family=self._family)
            keys = self._keys(history)
        return history

    def _keys(self, said: Beliefs) -> set[str]:
        return {key for a in said.assertions for key in self._rules.keys(a)} | {f.key for f in said.facts}

    async def _with_those_counted_for(self, gone: Collection[str], history: Beliefs) -> Beliefs:
        """With all that was said of others while they were one with some that are gone: it counts for themselves now, as of then."""
        others = self._family.counted_for(gone)
        if not others:
            return history
        said = await self._store.said(self._group, [], others)
        self._rules = replace(self._rules, family=await self._related((*self._family.versions, *ends_of(said.assertions))))
        more = await self._history(said)
        assertions = {a.uuid: a for a in (*history.assertions, *more.assertions)}
        return Beliefs(tuple(assertions.values()), tuple({f.uuid: f for f in (*history.facts, *more.facts)}.values()))

    async def _entities(self, uuid: str) -> tuple[str, ...]:
        """The entity, and those that are merged into it. Raises NotFound."""
        if not await self._store.versions(self._group, [uuid]):
            raise NotFound(f"there is no entity {uuid!r} in the group {self._group!r}")
        return (uuid, *(await self._related([uuid])).members([uuid]))

    async def _related(self, entities: Sequence[str]) -> Family:
        """All that are or once were one with these, if any."""
        known = set(entities)
        new = known
        while new:
            new = set(await self._store.kin(self._group, sorted(new))) - known
            known |= new
        if not (met := await self._store.kin(self._group, sorted(known))):
            return Family()
        return Family(await self._store.versions(self._group, sorted({*met, *known})))

    async def _behind(self, uuid: str) -> Beliefs:
        """What a fact rests on, under all the records that it ever was written as; not what another fact rests on, too."""
        record = (await self._store.facts(self._group, [uuid])).get(uuid)
        if record is None:
            raise NotFound(f"there is no fact {uuid!r} in the group {self._group!r}")
        said = await self._store.assertions(self._group, record.assertions)
        rules = replace(self._rules, family=await self._related(sorted(ends_of(said.values()))))
        keys = dict.fromkeys((record.key, *(key for a in said.values() for key in rules.keys(a))))
        history = await self._store.history(self._group, list(keys))
        line = line_of(record, history.facts)
        others = {a for f in history.facts if f.uuid not in line and f.retracted_at is None for a in f.assertions}
        behind = {*record.assertions, *(a for f in line.values() for a in f.assertions if a not in others)}
        return Beliefs(tuple(a for a in history.assertions if a.uuid in behind), tuple(line.values()))

    async def _otherwise(self, named: Sequence[Renaming], history: Beliefs, erased: Mapping[str, Assertion]) -> "_Words":
        """What stays and has erased words: it names an entity by a name that is lost, or denies in the words of what is erased."""
        lost = {lost: new[-1].name for old, new in named for lost in names_in(old) - names_in(new)}
        renamed = [new[0].uuid for old, new in named if names_in(old) - names_in(new)]
        told = await self._store.said(self._group, [], renamed) if renamed else Beliefs()
        known = {f.uuid for f in history.facts}
        words = _Words(lost, {}, tuple(f for f in told.facts if f.uuid not in known and called(f.text, lost) != f.text))
        for a in (*history.assertions, *told.assertions):
            if a.uuid not in erased and (text := called(a.text, lost)) != a.text:
                words.assertions[a.uuid] = replace(a, text=text)
        return replace(words, assertions=words.assertions | await self._plain(history, erased))

    async def _plain(self, history: Beliefs, erased: Mapping[str, Assertion]) -> dict[str, Assertion]:
        told = [a for a in history.assertions if a.uuid not in erased and drawn_from(a, erased.values())]
        ends = list({end for a in told for end in (a.subject, a.object)})
        names = await self._store.entities(self._group, ends, AsOf(EVER, EVER)) if told else {}

        def plain(a: Assertion) -> Assertion:
            return in_plain_words(a, names[a.subject].name, self._parts.ontology.relation(a.relation).label, names[a.object].name)

        return {a.uuid: plain(a) for a in told}

    async def _touched(self, episodes: Mapping[str, Episode], erased: Mapping[str, Assertion]) -> frozenset[str]:
        """The entities that what is erased is about, or mentions."""
        mentions = await self._store.mentions(self._group, sorted(episodes)) if episodes else {}
        mentioned = {entity for pairs in mentions.values() for entity, _ in pairs}
        return frozenset(mentioned | ends_of(erased.values()) | set(self._targets))

    async def _left_over(self, touched: frozenset[str], episodes: Mapping[str, Episode], erased: Mapping[str, Assertion]) -> frozenset[str]:
        """The entities that nothing else is left of, and the one that is forgotten."""
        others = touched - set(self._targets)
        needed = await self._store.needed(self._group, sorted(others), sorted(episodes), sorted(erased)) if others else ()
        return touched - frozenset(needed)

    async def _emptied(self, episodes: Mapping[str, Episode]) -> frozenset[str]:
        """Work of which no episode is left."""
        works = {e.work for e in episodes.values() if e.work is not None}
        kept = {work: await self._store.episodes_of_work(self._group, work) for work in sorted(works)}
        return frozenset(work for work, of_work in kept.items() if all(e.uuid in episodes for e in of_work))

    async def _named(
        self, touched: Collection[str], gone: Collection[str], episodes: Mapping[str, Episode], erased: Mapping[str, Assertion]
    ) -> list[Renaming]:
        """The entities that stay under other names, or without a summary: those before and after."""
        entities = sorted(set(touched) - set(gone))
        instants = {a.recorded_at for a in erased.values()} | await self._mentioned_at(episodes)
        found: list[Renaming] = []
        for uuid, versions in (await self._store.versions(self._group, entities) if entities else {}).items():
            told = await self._lost(uuid, names_since(versions, instants), episodes, erased) if episodes else set[str]()
            lost = told | self._family.brought(gone, uuid)
            left = alone(renamed(versions, lost) if lost or uuid in touched else versions, gone)
            if left != tuple(versions):
                found.append((tuple(versions), left))
        return found

    async def _mentioned_at(self, episodes: Mapping[str, Episode]) -> set[datetime]:
        mentions = await self._store.mentions(self._group, sorted(episodes)) if episodes else {}
        return {at for pairs in mentions.values() for _, at in pairs}

    async def _lost(self, entity: str, suspects: set[str], episodes: Mapping[str, Episode], erased: Mapping[str, Assertion]) -> set[str]:
        """The names that nobody else told: no episode that mentions it, and no caller."""
        page: Page | None = Page(PAGE)
        while suspects and page is not None:
            part = await self._store.mentions_of(self._group, entity, page, EVER)
            words = [text for e in part.items if e.uuid not in episodes for text in (e.content, e.name or "")]
            suspects = {name for name in suspects if not told_in(name, words)}
            page = Page(PAGE, part.cursors[-1]) if part.more else None
        if not suspects:
            return suspects
        said = await self._store.said(self._group, [], [entity])
        told = [a.text for a in said.assertions if a.uuid not in erased and a.episode is None]
        return {name for name in suspects if not told_in(name, told)}

    async def _vectors(self, before: Mapping[str, Fact], redone: Sequence[Fact], named: Sequence[Renaming]) -> Vectors:
        """Of what reads otherwise now."""
        facts = {f.uuid: f.text for f in redone if f.uuid not in before or before[f.uuid].text != f.text}
        names = {new[-1].uuid: new[-1].name for old, new in named if old[-1].name != new[-1].name}
        texts = list(dict.fromkeys((*facts.values(), *names.values())))
        if texts:
            require_space(space_of(self._parts.embedder), self._group, self._record.space)
        rows = dict(zip(texts, await self._parts.embedder.embed(texts), strict=True)) if texts else {}
        return Vectors({u: rows[text] for u, text in names.items()}, {u: rows[text] for u, text in facts.items()})

    async def _phrases(self, gone: Gone, named: Sequence[Renaming]) -> Phrases:
        """All that is erased in words and names."""
        versions = await self._store.versions(self._group, sorted(gone.entities)) if gone.entities else {}
        names = [name for of_one in versions.values() for name in names_in(of_one)]
        lost = [name for old, new in named for name in names_in(old) - names_in(new)]
        said = [text for a in gone.assertions.values() for text in (a.text, a.quote)]
        return Phrases([*said, *(f.text for f in gone.facts.values()), *names, *lost])

    async def _summaries(self, phrases: Phrases, known: Collection[str]) -> list[Renaming]:
        """Entities, beside those that are known, whose summaries tell of what is erased: without these."""
        summaries = await self._store.summaries(self._group)
        telling = sorted({uuid for uuid, summary in summaries if uuid not in known and phrases.within(summary)})
        versions = await self._store.versions(self._group, telling) if telling else {}
        return [(tuple(old), renamed(old, ())) for old in versions.values()]

    async def _logged(self, plain: Erasure, gone: Gone, phrases: Phrases) -> Erasure:
        """With what becomes of the log and of the reviews."""
        reviews = [(r, asking(r, gone, phrases)) for r in await self._store.all_reviews(self._group)]
        return replace(
            plain,
            changes=await self._changes(gone, phrases),
            reviews=[r.uuid for r, left in reviews if left is None],
            asked=[left for r, left in reviews if left is not None and left != r],
        )

    async def _changes(self, gone: Gone, phrases: Phrases) -> list[Change]:
        """The entries of the log that read otherwise without what is erased."""
        found: list[Change] = []
        page: Page | None = Page(PAGE)
        while page is not None:
            part = await self._store.list_changes(self._group, page, EVER)
            left = [(change, without(change, gone, phrases)) for change in part.items]
            found += [after for change, after in left if after != change]
            page = Page(PAGE, part.cursors[-1]) if part.more else None
        return found
