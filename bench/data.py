"""Reads the measuring data: one small loader a format, behind one table."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

VARIABLE = "BENCH_DATA"
HINT = f"Point at a folder (or a file) of LoCoMo or REALTALK conversations: --data PATH, or {VARIABLE}=PATH."
TUNED = frozenset({"conv-26", "conv-30", "conv-41", "Chat_1_Emi_Elise", "Chat_2_Kevin_Elise", "Chat_3_Kevin_Paola"})
"""The weights of `graph.recall.weights` were learnt from these; every other conversation is reported apart."""

_TURN = re.compile(r"D\d+:\d+")


class DataMissing(Exception):
    """The data is not where it was looked for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message; `id` is unique in its conversation."""

    id: str
    speaker: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    name: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the turns that answer it."""

    text: str
    category: str
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """`observations` pairs a statement about the conversation with the turns it was drawn from."""

    name: str
    source: str
    sessions: tuple[Session, ...]
    questions: tuple[Asked, ...]
    observations: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(turn for session in self.sessions for turn in session.turns)

    @property
    def speakers(self) -> frozenset[str]:
        return frozenset(turn.speaker for turn in self.turns)

    @property
    def tuned(self) -> bool:
        return self.name in TUNED


def with_caption(text: str, caption: str | None) -> str:
    """What a message says with the picture that came with it."""
    shared = f"[shares a picture: {caption}]" if caption else ""
    return " ".join(part for part in (text.strip(), shared) if part)


LOCOMO_CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}
REALTALK_CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "commonsense"}


def is_locomo(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "conversation" in value[0]


def load_locomo(value: Any, source: str) -> Iterator[Conversation]:
    for sample in value:
        talk = sample["conversation"]
        sessions = tuple(
            Session(name, tuple(_locomo_turn(turn, talk[f"{name}_date_time"]) for turn in talk[name])) for name in _session_names(talk)
        )
        yield _conversation(
            sample["sample_id"], source, sessions, _questions(sample["qa"], LOCOMO_CATEGORIES), sample.get("observation", {})
        )


def _locomo_turn(turn: Mapping[str, Any], at: str) -> Turn:
    said = datetime.strptime(at, "%I:%M %p on %d %B, %Y").replace(tzinfo=UTC)
    return Turn(turn["dia_id"], turn["speaker"], with_caption(turn.get("text", ""), turn.get("blip_caption")), said)


def is_realtalk(value: Any) -> bool:
    return isinstance(value, dict) and "session_1" in value and "qa" in value


def load_realtalk(value: Any, source: str) -> Iterator[Conversation]:
    sessions = tuple(Session(name, tuple(_realtalk_turn(turn) for turn in value[name])) for name in _session_names(value))
    yield _conversation(Path(source).stem, source, sessions, _questions(value["qa"], REALTALK_CATEGORIES), {})


def _realtalk_turn(turn: Mapping[str, Any]) -> Turn:
    said = datetime.strptime(turn["date_time"], "%d.%m.%Y, %H:%M:%S").replace(tzinfo=UTC)
    return Turn(turn["dia_id"], turn["speaker"], with_caption(turn.get("clean_text") or "", turn.get("blip_caption")), said)


FORMATS: Sequence[tuple[str, Callable[[Any], bool], Callable[[Any, str], Iterator[Conversation]]]] = (
    ("LoCoMo", is_locomo, load_locomo),
    ("REALTALK", is_realtalk, load_realtalk),
)


def _session_names(talk: Mapping[str, Any]) -> list[str]:
    """Sessions that have turns, in order."""
    names = [name for name in talk if re.fullmatch(r"session_\d+", name) and talk[name]]
    return sorted(names, key=lambda name: int(name.rpartition("_")[2]))


def _questions(entries: Sequence[Mapping[str, Any]], categories: Mapping[int, str]) -> tuple[Asked, ...]:
    return tuple(
        Asked(entry["question"], categories.get(entry["category"], str(entry["category"])), _turn_ids(entry.get("evidence") or ()))
        for entry in entries
    )


def _turn_ids(evidence: Any) -> frozenset[str]:
    """Every id in what stands there: some entries hold several, some none that can be read."""
    return frozenset(_TURN.findall(json.dumps(evidence)))


def _conversation(
    name: str, source: str, sessions: tuple[Session, ...], questions: tuple[Asked, ...], observations: Mapping[str, Any]
) -> Conversation:
    """Evidence that is not in the conversation is dropped, and with it questions that have no other."""
    known = {turn.id for session in sessions for turn in session.turns if turn.text}
    asked = tuple(Asked(q.text, q.category, q.evidence & known) for q in questions if q.evidence & known)
    spoken = tuple(Session(session.name, tuple(turn for turn in session.turns if turn.text)) for session in sessions)
    return Conversation(name, source, spoken, asked, tuple(_observations(observations, known)))


def _observations(observations: Mapping[str, Any], known: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for by_speaker in observations.values():
        for statements in by_speaker.values():
            for text, turns in statements:
                if evidence := _turn_ids(turns) & known:
                    yield text, evidence


def data_path(given: str | None) -> Path:
    """The given path, or the environment's. Raises DataMissing."""
    chosen = given or os.environ.get(VARIABLE, "")
    if not chosen:
        raise DataMissing(f"no measuring data was named. {HINT}")
    path = Path(chosen).expanduser()
    if not path.exists():
        raise DataMissing(f"{str(path)!r} is not there. {HINT}")
    return path


def load(path: Path, only: Sequence[str] = ()) -> list[Conversation]:
    """The conversations of a file, or of all files in a folder that are of a known format. Raises DataMissing where there is none."""
    files = [path] if path.is_file() else sorted(path.rglob("*.json"))
    found = [conversation for file in files for conversation in _load_file(file)]
    chosen = [conversation for conversation in found if not only or any(part in conversation.name for part in only)]
    if not chosen:
        wanted = f" that is called {', '.join(only)}" if only and found else ""
        raise DataMissing(f"{str(path)!r} holds no LoCoMo or REALTALK conversation{wanted}. {HINT}")
    return chosen


def _load_file(file: Path) -> Iterator[Conversation]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise DataMissing(f"{str(file)!r} is not JSON: {error}") from error
    for _, recognises, read in FORMATS:
        if recognises(value):
            yield from read(value, file.name)
            return
