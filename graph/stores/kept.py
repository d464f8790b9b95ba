"""What keeping means whatever the store: which episodes are new, who speaks in them, which ask something."""

import re
from collections.abc import Mapping
from dataclasses import replace

from graph.errors import BadInput, Conflict
from graph.model import Episode, EpisodeKind
from graph.stores.base import Keeping

UNNAMED_USER = "User"
TAIL = 80
_ASKS = re.compile(r"[?\uff1f\u061f]\W*\Z")


def require_episodes(keeping: Keeping) -> None:
    """Raises BadInput where there are none."""
    if not keeping.episodes:
        raise BadInput("there are no episodes to keep", hint="Send at least one.")


def new_episodes(keeping: Keeping, known: Mapping[str, Episode]) -> list[Episode]:
    """Episodes that are not `known` by id, each id once. Raises Conflict where an id comes with other content."""
    first = dict(known)
    new = []
    for given in keeping.episodes:
        episode = replace(given, session=keeping.session)
        if episode.external_id is None or episode.external_id not in first:
            new.append(episode)
            if episode.external_id is not None:
                first[episode.external_id] = episode
        elif _said(first[episode.external_id]) != _said(episode):
            raise Conflict(
                f"the id {episode.external_id!r} was kept with other content", hint="Give what is new an id of its own.", field="id"
            )
    return new


def answered(keeping: Keeping, known: Mapping[str, Episode], kept: Mapping[str, Episode]) -> tuple[Episode, ...]:
    """The episodes as stored, in the order given; `kept` are the new ones by uuid."""
    by_id = {e.external_id: e for e in kept.values() if e.external_id is not None} | dict(known)
    return tuple(kept.get(e.uuid) or by_id[e.external_id or ""] for e in keeping.episodes)


def speaker_of(episode: Episode) -> str | None:
    """Who said a message; a document has no speaker."""
    if episode.kind is not EpisodeKind.MESSAGE:
        return None
    return episode.name or (UNNAMED_USER if episode.role == "user" else None)


def asks(content: str) -> bool:
    """Whether it ends in a question."""
    return bool(_ASKS.search(content[-TAIL:]))


def _said(episode: Episode) -> tuple[str | None, ...]:
    return (episode.session, episode.kind, episode.role, episode.name, episode.content)
