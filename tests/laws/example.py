"""The example conversation learnt with its sessions in any order, and what each message was understood to say."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api.demo import demo_file
from api.readers import Given, Line, by_session, read_files
from api.settings import read_settings
from api.wiring import open_memory
from graph.memory import Memory
from graph.model import Assertion, WorkState
from graph.time import FAR, AsOf, parse_period
from tests.graph.records import ONTOLOGY

Named = tuple[str, str, str, bool, str, str]
"""What an assertion says, with names for uuids: subject, relation, object, whether it holds, from, until."""


@dataclass(frozen=True)
class Heard:
    """`names` are those that entities have in the end; `episodes` the message id of each episode."""

    living: Sequence[Assertion]
    withdrawn: Sequence[Assertion]
    names: Mapping[str, str]
    messages: Mapping[str, str]

    def message(self, told: Assertion) -> str:
        return self.messages.get(told.episode or "", "")

    def named(self, told: Assertion) -> Named:
        subject, object_ = self.names[told.subject], self.names[told.object]
        if ONTOLOGY.relation(told.relation).symmetric:
            subject, object_ = sorted((subject, object_))
        return subject, told.relation, object_, told.holds, f"{told.start:%Y-%m-%d}", f"{told.end:%Y-%m-%d}" if told.end else ""


def sessions() -> Mapping[str, Sequence[Line]]:
    return by_session(read_files([demo_file()], Given()).lines)


async def heard(memory: Memory, group: str, order: Sequence[str]) -> Heard:
    """Each session is recorded an hour after the one before, whatever its own time."""
    told = sessions()
    last = max(parse_period(str(line.message.said_at)).first for lines in told.values() for line in lines)
    for n, session in enumerate(order, start=1):
        clock = last + timedelta(hours=n)
        at = Memory(replace(memory.parts, clock=partial(_constant, clock)))
        added = await at.add_messages(group, session, [line.message for line in told[session]])
        work = await at.finished(group, added.work.uuid)
        assert work.state is WorkState.DONE, work.error
    return await _all(memory, group)


def _constant(clock: datetime) -> datetime:
    return clock


async def _all(memory: Memory, group: str) -> Heard:
    store = memory.parts.store
    contents = await store.contents(group)
    told = (await store.assertions(group, contents.assertions)).values()
    entities = await store.entities(group, contents.entities, AsOf(FAR, FAR))
    episodes = await store.episodes(group, contents.episodes)
    return Heard(
        living=[one for one in told if one.withdrawn_at is None],
        withdrawn=[one for one in told if one.withdrawn_at is not None],
        names={uuid: entity.name for uuid, entity in entities.items()},
        messages={uuid: episode.external_id or "" for uuid, episode in episodes.items()},
    )


@asynccontextmanager
async def real_memory() -> AsyncIterator[Memory]:
    """With the local models, on a file that is gone afterwards."""
    with TemporaryDirectory(prefix="palimpsest-laws-") as folder:
        async with open_memory(read_settings({"PALIMPSEST_STORE": str(Path(folder) / "laws.db")})) as memory:
            yield memory
