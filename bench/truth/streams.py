"""Streams of changing facts: made by `fact_stream.py` of the measuring data, or the same facts in sentences of our own.

Phrases of the ontology and the plain sentences of `extractors.local` were tuned while reading what streams of the seeds 1 and 2 missed
and the shapes of all questions they are made from. Another seed draws on the same files, so no stream here is data unseen.
"""

import json
import random
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.data import DataMissing

SCRIPT = "fact_stream.py"
SENTENCES = Path(__file__).with_name("sentences.toml")


@dataclass(frozen=True, slots=True)
class Told:
    """One statement: `text` says that `subject` stands in `relation` to `object`."""

    serial: int
    text: str
    subject: str
    relation: str
    object: str

    @property
    def key(self) -> tuple[str, str]:
        return self.subject, self.relation


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question about the latest state: the answer is so many facts away; any of `answers` is right."""

    text: str
    kind: str
    hops: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    name: str
    told: tuple[Told, ...]
    questions: tuple[Quiz, ...] = ()

    def keys(self) -> Mapping[tuple[str, str], Sequence[Told]]:
        """What was told of each subject and relation, in order: the last is what holds."""
        found: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
        for told in self.told:
            found[told.key].append(told)
        return found


def stream(folder: Path, facts: int, seed: int) -> Stream:
    """A stream of so many statements. Raises DataMissing where the script or its data is not there."""
    script = folder / SCRIPT
    if not script.exists():
        raise DataMissing(f"{str(script)!r} is not there. Name the folder that holds it: --data PATH.")
    with tempfile.TemporaryDirectory(prefix="palimpsest-bench-") as place:
        out = Path(place) / "stream.json"
        command = [sys.executable, str(script), "--facts", str(facts), "--seed", str(seed), "--triples", "--out", str(out)]
        subprocess.run(command, check=True)  # noqa: S603 - the script of the measuring data, named by whoever runs the bench
        made = json.loads(out.read_text(encoding="utf-8"))
    rows = zip(made["statements"], made["triples"], strict=True)
    told = tuple(Told(row["serial"], text, row["subject"], row["relation"], row["object"]) for text, row in rows)
    questions = tuple(Quiz(row["question"], row["kind"], row["hops"], tuple(row["answers"])) for row in made["questions"])
    return Stream(f"{facts} statements", told, questions)


def rephrased(made: Stream, seed: int) -> Stream:
    """The same facts, those of a relation in several sentences: the old value of a key seldom reads as the new one does."""
    sentences: dict[str, list[str]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    chance = random.Random(seed)  # noqa: S311 - which sentence says a fact needs no secrecy

    def said(told: Told) -> Told:
        if told.relation not in sentences:
            return told
        sentence = chance.choice(sentences[told.relation])
        return replace(told, text=f"{told.serial}. {sentence.format(s=told.subject, o=told.object)}")

    return replace(made, name=f"{made.name}, several phrasings", told=tuple(said(told) for told in made.told))
