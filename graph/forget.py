"""Forgetting: erases for good what was said in an episode or a session, or is known of an entity or in a fact, and lets the law draw
what is believed from the assertions that remain, now and as known at any time before.

It goes in steps, each an operation with a tombstone of its own: where one is interrupted, the group is smaller and lawful, and the same
call again does the rest.
"""

from collections.abc import Awaitable, Callable, Sequence

from graph.commit import insisted, require_ontology
from graph.erase import EVER, PAGE, Scope, Step, tombstone_of
from graph.erasure import Erased
from graph.errors import BadInput, NotFound
from graph.inputs import Forgotten, Target
from graph.keep import group_named
from graph.model import Group
from graph.parts import Parts
from graph.stores.base import Asking, Store
from graph.views import Page

MOST_EPISODES = 500
"""How many episodes one step erases."""


async def forget(parts: Parts, group: str, target: Target, actor: str) -> Forgotten:
    """Raises BadInput unless exactly one thing is named, NotFound where it is not there, Conflict where the group has another ontology."""
    _require_one(target)
    if await parts.store.group(group_named(group)) is None:
        raise NotFound(f"there is no group {group!r}", hint="Check the name; it is the one that messages were sent to.")
    if target.everything:
        return _sum([await insisted(parts.turns, group, lambda: _wipe(parts, group, actor))])
    done = [await insisted(parts.turns, group, _step(parts, group, actor, scope)) for scope in await _scopes(parts.store, group, target)]
    return _sum(done)


def _require_one(target: Target) -> None:
    named = [name for name in ("episode", "session", "entity", "fact") if getattr(target, name) is not None]
    if len(named) + target.everything != 1:
        given = ", ".join((*named, *(["everything"] if target.everything else []))) or "nothing"
        raise BadInput(
            f"one thing is forgotten at a time, and {given} was named",
            hint="Name exactly one of episode, session, entity, fact and everything.",
            field="input",
        )


def _sum(done: Sequence[Erased]) -> Forgotten:
    counts = (sum(step.episodes for step in done), sum(step.facts for step in done), sum(step.entities for step in done))
    return Forgotten(*counts, done[-1].tombstone)


async def _scopes(store: Store, group: str, target: Target) -> list[Scope]:
    if target.session is not None:
        uuids = await _episodes_of(store, group, target.session)
        return [Scope(tuple(uuids[n : n + MOST_EPISODES])) for n in range(0, len(uuids), MOST_EPISODES)]
    if target.episode is not None:
        return [Scope(episodes=(target.episode,))]
    return [Scope(entity=target.entity, fact=target.fact)]


async def _episodes_of(store: Store, group: str, session: str) -> list[str]:
    """In the order they were said. Raises NotFound for a session without any."""
    found: list[str] = []
    page = Page(PAGE)
    while True:
        part = await store.list_episodes(group, session, page, EVER)
        found += [e.uuid for e in part.items]
        if not part.more:
            break
        page = Page(PAGE, part.cursors[-1])
    if not found:
        raise NotFound(f"there is no session {session!r} in the group {group!r}", hint="Give its name, as messages were sent with.")
    return found


async def _wipe(parts: Parts, group: str, actor: str) -> Erased:
    record = await _group(parts.store, group)
    return await parts.store.wipe(record.version, tombstone_of(parts, record, actor, "everything"))


def _step(parts: Parts, group: str, actor: str, scope: Scope) -> Callable[[], Awaitable[Erased]]:
    async def attempt() -> Erased:
        record = await _group(parts.store, group)
        require_ontology(parts.ontology, record)
        return await parts.store.erase(await Step(parts, record, scope).erasure(actor))

    return attempt


async def _group(store: Store, name: str) -> Group:
    """As an operation stands on it: all of the one before is there to be seen."""
    record = (await store.footing(name, Asking())).group
    if record is None:
        raise NotFound(f"there is no group {name!r}")
    return record
