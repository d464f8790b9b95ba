"""State tracking: by the end of a conversation, is the present home or neighbour the object of a fact that holds, and no earlier one?

Conversations of StructMemEval, whose sessions have no dates: they are told as APART days from one another. `states.toml` notes, by
case, the names that count; a case without a note asks for no state. The phrases for moving were tuned on these cases.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.truth.keys import percent
from bench.truth.telling import BEGIN, EVERY, Progress, all_facts, names_of
from graph.inputs import MessageInput
from graph.memory import Memory
from graph.model import Fact, FactStatus, UpdatePolicy, WorkState
from graph.ontology import Ontology
from graph.resolve import normal

FOLDER = "structmemeval_dev"
NOTES = Path(__file__).with_name("states.toml")
APART = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    sessions: Sequence[Sequence[Mapping[str, str]]]
    expected: frozenset[str]
    earlier: frozenset[str]


def cases(folder: Path) -> list[Case]:
    """The cases that ask for a state; none where the data is not there."""
    notes = tomllib.loads(NOTES.read_text(encoding="utf-8"))
    found = []
    for file in sorted((folder / FOLDER).glob("*.json")):
        case = json.loads(file.read_text(encoding="utf-8"))
        note = notes.get(case["case_id"])
        if note is not None:
            told = [session["messages"] for session in case["sessions"]]
            found.append(Case(case["case_id"], told, _names(note["expected"]), _names(note.get("earlier", ()))))
    return found


def _names(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(normal, names))


async def run_states(memory: Memory, folder: Path, progress: Progress) -> list[dict[str, Any]]:
    rows = []
    for policy in UpdatePolicy:
        failed = {}
        told = cases(folder)
        for case in told:
            why = await _failure(memory, case, policy)
            failed.update({case.name: why} if why else {})
            progress(1)
        share = percent(len(told) - len(failed), len(told))
        rows.append({"updates": policy.value, "cases": len(told), "state held %": share, "failed": failed})
    return rows


async def _failure(memory: Memory, case: Case, policy: UpdatePolicy) -> str:
    """Why the state is not tracked; nothing where it is."""
    group = f"{case.name} {policy.value}"
    await memory.configure(group, updates=policy)
    for number, messages in enumerate(case.sessions):
        at = BEGIN + number * APART
        said = [MessageInput(m["role"], m["content"], said_at=at + timedelta(minutes=n)) for n, m in enumerate(messages)]
        record = await memory.finished(group, (await memory.add_messages(group, f"s{number}", said)).work.uuid)
        if record.state is not WorkState.DONE:
            raise RuntimeError(f"{group} was not learnt: {record.error}")
    graph = await memory.graph(group)
    facts = [fact for fact in await all_facts(graph, EVERY) if fact.status(graph.as_of) is FactStatus.HOLDS]
    entities = await graph.load_entities(sorted({end for fact in facts for end in (fact.subject, fact.object)}))
    named = {end: names_of(entity) for end, entity in entities.items()}
    held = {name for fact in facts for end in _told(fact, memory.parts.ontology) for name in named[end]}
    stale = sorted(held & case.earlier)
    if stale:
        return f"still held: {', '.join(stale)}"
    return "" if held & case.expected else "not read"


def _told(fact: Fact, ontology: Ontology) -> tuple[str, ...]:
    """What a fact says of its subject; either end where both may be, since the order of the two then tells nothing."""
    return (fact.subject, fact.object) if ontology.relation(fact.relation).symmetric else (fact.object,)
