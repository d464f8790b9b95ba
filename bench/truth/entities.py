"""Who is who: mentions annotated by hand, and the entities they were taken for, as pairwise and B-cubed precision and recall.

The gold stands in `gold/`: of the example with its words, of the chats between people only places and labels, since their words are
not ours. Each message's speaker counts as a mention too, where the gold names someone in it; who speaks is the entity of that name.
What is linked to nothing is alone. Labels come from a table of names, with the two ambiguous mentions of "Leo" left out, and speakers are
looked up by name, which raises recall; introductions were tuned on these same chats.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.demo import GROUP, load_demo
from bench.data import DataMissing, load
from bench.subject import Phases, remember
from bench.truth.telling import names_of
from graph.graph import Graph
from graph.memory import Memory
from graph.model import Entity, Episode
from graph.resolve import first_name, normal
from graph.views import Page

GOLD = Path(__file__).with_name("gold")
CHATS = "conversations_dev"


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention of the gold: where it stands, and whom or what it means."""

    message: str
    start: int
    end: int
    label: str


def marked(file: Path) -> list[list[str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


async def run_entities(memory: Memory, folder: Path) -> list[dict[str, Any]]:
    """A row for the example, one for each chat, and one for all; beside it the baseline: one name, one entity."""
    judged: dict[str, list[Judged]] = {}
    await load_demo(memory.parts, lambda done, of: None)
    judged["example"] = await _judged(
        await memory.graph(GROUP), [Marked(m, int(a), int(b), to) for m, a, b, _, to in marked(GOLD / "example.tsv")]
    )
    chats = folder / CHATS
    if not chats.exists():
        raise DataMissing(f"{str(chats)!r} is not there. Name the folder that holds it: --data PATH.")
    for number, talk in enumerate(load(chats), start=1):
        rows = [row for row in marked(GOLD / "chats.tsv") if row[0] == str(number)]
        gold = [Marked(talk.turns[int(n)].id, int(a), int(b), to) for _, n, a, b, to in rows]
        group = await remember(memory, talk, Phases())
        judged[f"chat {number}"] = await _judged(await memory.graph(group), gold)
    judged["all"] = [one for part in judged.values() for one in part]
    return [
        {
            "mentions of": name,
            "system": system,
            "mentions": len(part),
            **scores([(one.part, one.label) for one in part], [getattr(one, told) for one in part]),
        }
        for name, part in judged.items()
        for system, told in (
            ("palimpsest", "entity"),
            ("one name, one entity", "named"),
        )
    ]


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention as the gold, the graph and the baseline take it; `part` keeps groups apart."""

    part: str
    label: str
    entity: Hashable
    named: Hashable


async def _judged(graph: Graph, gold: Sequence[Marked]) -> list[Judged]:
    episodes = {episode.external_id: episode for episode in await _episodes(graph)}
    uuids = [episode.uuid for episode in episodes.values()]
    linked = await graph.load_episode_entities(uuids)
    entities = await graph.load_entities(sorted({uuid for of_one in linked.values() for uuid in of_one}))
    labels = {mark.label for mark in gold}
    judged = []
    for episode, marks in _by_message(gold, episodes):
        near = [entities[uuid] for uuid in linked.get(episode.uuid, ())]
        spoken = [(episode.content[mark.start : mark.end], mark.label) for mark in marks]
        taken = [(words, label, meant(words, near)) for words, label in spoken]
        if episode.name in labels:
            taken.append((episode.name, episode.name, await graph.entity_named(episode.name)))
        for place, (words, label, entity) in enumerate(taken):
            alone = (episode.uuid, place)
            judged.append(Judged(graph.group, label, entity.uuid if entity else alone, (graph.group, normal(words))))
    return judged


def _by_message(gold: Sequence[Marked], episodes: Mapping[str | None, Episode]) -> Iterable[tuple[Episode, Sequence[Marked]]]:
    found: defaultdict[str, list[Marked]] = defaultdict(list)
    for mark in gold:
        found[mark.message].append(mark)
    return [(episodes[message], marks) for message, marks in found.items()]


async def _episodes(graph: Graph) -> list[Episode]:
    found: list[Episode] = []
    page = Page(500)
    while True:
        part = await graph.episodes(None, page)
        found += part.items
        if not part.more:
            return found
        page = Page(500, part.cursors[-1])


def meant(words: str, linked: Sequence[Entity]) -> Entity | None:
    """The entity linked to a message that goes by these words: by name, by the last words ("my brother Jonas"), by first name."""
    name = normal(words)
    tails = [name, *(" ".join(name.split()[n:]) for n in range(1, len(name.split())))]
    for tail in tails:
        for called in (names_of, _first_names, _last_names):
            found = [entity for entity in linked if tail in called(entity)]
            if len(found) == 1:
                return found[0]
    return None


def _first_names(entity: Entity) -> frozenset[str]:
    return frozenset(normal(first_name(name)) for name in names_of(entity))


def _last_names(entity: Entity) -> frozenset[str]:
    return frozenset(name.split()[-1] for name in names_of(entity) if name)


def scores(gold: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """Over all pairs of mentions, and B-cubed: over mentions, of the ones they are put together with."""
    together, gold_of, found_of = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    both, ours, theirs = (sum(n * (n - 1) // 2 for n in counted.values()) for counted in (together, found_of, gold_of))
    return {
        "pairwise precision": round(both / ours, 4) if ours else 1.0,
        "pairwise recall": round(both / theirs, 4) if theirs else 1.0,
        "b-cubed precision": round(sum(n * n / found_of[f] for (_, f), n in together.items()) / len(gold), 4) if gold else 1.0,
        "b-cubed recall": round(sum(n * n / gold_of[g] for (g, _), n in together.items()) / len(gold), 4) if gold else 1.0,
    }
