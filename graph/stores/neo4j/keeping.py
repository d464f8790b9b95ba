"""Accepted means kept: episodes and their Work in one transaction of one statement, each external id once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from graph.model import Episode, EpisodeKind, WorkState
from graph.stores.base import Keeping, Kept
from graph.stores.kept import answered, asks, new_episodes, require_episodes, speaker_of
from graph.stores.leases import READY_AT_ONCE
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Transaction
from graph.stores.neo4j.groups import properties_of_new
from graph.stores.neo4j.queries import keeping as sql
from graph.stores.neo4j.rows import Properties
from graph.stores.neo4j.view import token_of
from graph.stores.neo4j.words import plain_words
from graph.time import SPACING, TICK, from_micros, to_micros

SOURCES = {EpisodeKind.MESSAGE: "message", EpisodeKind.TEXT: "text", EpisodeKind.JSON: "json"}


async def keep(database: Database, keeping: Keeping) -> Kept:
    """Contents are compared after the statement: where one is refused, all it wrote is rolled back."""
    require_episodes(keeping)
    params = _params(keeping)

    async def work(transaction: Transaction) -> Kept:
        found, instants, work = await transaction.rows(sql.KEEP, **params)
        known = {e.external_id or "": e for e in (rows.episode(keeping.group, row) for row in found)}
        kept = _kept(keeping, new_episodes(keeping, known), instants)
        repeated = len(keeping.episodes) - len(kept)
        return Kept(answered(keeping, known, kept), rows.work(keeping.group, work), repeated)

    return await database.write(work)


def _kept(keeping: Keeping, new: Sequence[Episode], instants: Sequence[int]) -> dict[str, Episode]:
    """The new episodes as stored, by uuid."""
    return {
        episode.uuid: replace(episode, group=keeping.group, instant=from_micros(instant), work=keeping.work)
        for episode, instant in zip(new, instants, strict=True)
    }


def _params(keeping: Keeping) -> Properties:
    at = to_micros(keeping.at)
    sent = _each_id_once(keeping.episodes)
    return {
        "group": keeping.group,
        "new_group": properties_of_new(keeping.group, at),
        "session": keeping.session,
        "new_session": {"uuid": (session := keeping.session_uuid or str(uuid4())), "created_at": at, "speakers": []},
        "new_saga": _saga(keeping, session),
        "work": keeping.work,
        "new_work": _work(keeping, at),
        "queued": keeping.restored is None,
        "episodes": [_sent(keeping, episode) for episode in sent],
        "speakers": list(dict.fromkeys(name for e in sent if (name := speaker_of(e)))),
        "created_at": keeping.at,
        "spacing": SPACING // TICK,
    }


def _each_id_once(episodes: Iterable[Episode]) -> list[Episode]:
    first: dict[tuple[str | None, str], Episode] = {}
    for episode in episodes:
        first.setdefault((episode.external_id, episode.uuid if episode.external_id is None else ""), episode)
    return list(first.values())


def _saga(keeping: Keeping, uuid: str) -> Properties:
    return {"uuid": uuid, "name": keeping.session, "group_id": keeping.group, "created_at": keeping.at, "summary": ""}


def _work(keeping: Keeping, at: int) -> Properties:
    """With a place in the queue, unless it is one restored: `placed` is its order among the heads of all lanes."""
    same = {"uuid": keeping.work, "group_id": keeping.group, "session": keeping.session, "queued_at": at}
    if (work := keeping.restored) is not None:
        stood = {"state": work.state.value, "done": work.done, "attempts": work.attempts, "error": work.error}
        return {**same, **stood, "finished_at": rows.micros(work.finished_at)}
    waits = {"placed": at, "ready_at": READY_AT_ONCE, "leased": 0}
    return {**same, "state": WorkState.QUEUED.value, "done": 0, "attempts": 0, **waits}


def _sent(keeping: Keeping, episode: Episode) -> Properties:
    """What is ours, and the face Graphiti sees; the statement adds what depends on the messages before it."""
    return {
        "said": to_micros(episode.said_at),
        "instant": to_micros(episode.instant),
        "message": _message(keeping, episode),
        "face": _face(keeping, episode),
    }


def _message(keeping: Keeping, episode: Episode) -> Properties:
    return {
        "uuid": episode.uuid,
        "group_id": keeping.group,
        "token": token_of(keeping.group),
        "session": keeping.session,
        "kind": episode.kind.value,
        "role": episode.role,
        "name": episode.name,
        "speaker": speaker_of(episode),
        "content": episode.content,
        "words": plain_words(episode.content),
        "said_at": episode.said_at.isoformat(),
        "created_at": to_micros(episode.created_at),
        "external_id": episode.external_id,
        "metadata": rows.written(episode.metadata),
        "work": keeping.work,
        "length": len(episode.content),
        "asks": asks(episode.content),
    }


def _face(keeping: Keeping, episode: Episode) -> Properties:
    """Graphiti's properties of an Episodic; what it shows to a model as the source says who spoke."""
    return {
        "uuid": episode.uuid,
        "name": speaker_of(episode) or episode.name or episode.uuid,
        "group_id": keeping.group,
        "created_at": episode.created_at,
        "source": SOURCES[episode.kind],
        "source_description": ": ".join(part for part in (episode.role, episode.name) if part),
        "entity_edges": [],
    }
