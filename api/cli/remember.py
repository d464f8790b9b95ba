"""`palimpsest remember`: files into a group, read and checked whole before anything is sent."""

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli import options
from api.cli.channel import Channel
from api.cli.reach import writing
from api.cli.show import numbered, out, progress
from api.readers import Given, Line, Material, Paper, by_session, read_files
from api.settings import read_settings
from api.wiring import limits_of
from graph.errors import BadInput, Conflict, PalimpsestError

BATCH = 20
EXAMPLES = 5

LEARNT = "repeated work { id state error changes { kind facts { text } } }"
ADD_MESSAGES = f"mutation Remember($input: AddMessages!) {{ addMessages(input: $input) {{ {LEARNT} }} }}"
ADD_DOCUMENT = f"mutation RememberText($input: AddDocument!) {{ addDocument(input: $input) {{ {LEARNT} }} }}"


@dataclass(slots=True)
class Tally:
    """What came of it so far. `stuck` are the errors of Work that was given up."""

    sent: int = 0
    repeated: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    def add(self, count: int, added: Mapping[str, Any]) -> None:
        self.sent += count
        self.repeated += added["repeated"]
        work = added["work"]
        if work["state"] == "PARKED":
            self.stuck.append(work["error"] or "no reason given")
        if added["repeated"] < count:
            for change in work["changes"]:
                self._note(change)

    def _note(self, change: Mapping[str, Any]) -> None:
        self.changes[change["kind"]] += 1
        if change["kind"] == "FACT_ADDED" and len(self.examples) < EXAMPLES:
            self.examples += [fact["text"] for fact in change["facts"]][: EXAMPLES - len(self.examples)]


async def remember(
    files: Annotated[tuple[Path, ...], Parameter(help="JSON lines of messages (.jsonl, .ndjson), or documents (.txt, .md).", negative="")],
    /,
    *,
    group: Annotated[str, Parameter(help="Whose memory it is.")],
    session: Annotated[str | None, Parameter(help="The conversation, where lines name none. Default: the file's name.")] = None,
    at: Annotated[str | None, Parameter(help="When it was said, where lines do not tell: 2024-03-10 or 2024-03-10T09:00:00+01:00.")] = None,
    store: options.Store = None,
) -> None:
    """Keep FILES in a group and learn from them. The same files again change nothing; one bad line, and nothing is imported."""
    settings = read_settings(os.environ, store=store)
    material = read_files(files, Given(session, at, limits_of(settings)))
    async with writing(settings, "remember") as channel:
        started = time.monotonic()
        tally = await _send(channel, group, material)
    _report(tally, time.monotonic() - started, group)


async def _send(channel: Channel, group: str, material: Material) -> Tally:
    tally = Tally()
    columns = (TextColumn("remembering"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn())
    with Progress(*columns, console=progress(), transient=True, disable=not progress().is_terminal) as bar:
        task = bar.add_task("", total=len(material.lines) + len(material.papers), rate="")
        for count, document, sent in _calls(group, material):
            try:
                data = await channel.execute(document, {"input": sent})
            except PalimpsestError as error:
                error.hint = " ".join(filter(None, (error.hint, _so_far(tally, material, error))))
                raise
            tally.add(count, next(iter(data.values())))
            speed = tally.sent / max(bar.tasks[0].elapsed or 0, 0.001)
            bar.update(task, completed=tally.sent, rate=f"{speed:.0f} messages/s")
    return tally


def _so_far(tally: Tally, material: Material, error: PalimpsestError) -> str:
    """What an import that broke off has kept."""
    total = len(material.lines) + len(material.papers)
    then = "mend that, then run it again" if isinstance(error, BadInput | Conflict) else "run it again"
    return f"{tally.sent:,} of {total:,} were kept before that; {then} for the rest." if tally.sent else ""


def _calls(group: str, material: Material) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each call's size, document and input: batches of a session's messages in the order of the files, then documents."""
    for session, lines in by_session(material.lines).items():
        for start in range(0, len(lines), BATCH):
            batch = [_message(line) for line in lines[start : start + BATCH]]
            yield len(batch), ADD_MESSAGES, {"group": group, "session": session, "messages": batch, "wait": True}
    for paper in material.papers:
        yield 1, ADD_DOCUMENT, _document(group, paper)


def _message(line: Line) -> dict[str, Any]:
    message = line.message
    return {
        "id": message.id,
        "role": message.role,
        "name": message.name,
        "content": message.content,
        "saidAt": message.said_at,
        "metadata": dict(message.metadata) or None,
    }


def _document(group: str, paper: Paper) -> dict[str, Any]:
    document = paper.document
    sent = {"id": document.id, "title": document.title, "content": document.content, "saidAt": document.said_at}
    return sent | {"group": group, "session": paper.session, "wait": True}


def _report(tally: Tally, seconds: float, group: str) -> None:
    known = f", {tally.repeated:,} of them known already" if tally.repeated else ""
    speed = f" ({tally.sent / max(seconds, 0.001):.0f} a second)"
    screen = out()
    screen.print(f"Remembered {tally.sent:,} in {seconds:.1f} s{speed}{known}.", markup=False)
    counts = {
        "new entity": ("new entities", tally.changes["ENTITY_ADDED"]),
        "new fact": ("new facts", tally.changes["FACT_ADDED"]),
        "ended": ("ended", tally.changes["FACT_ENDED"]),
        "withdrawn": ("withdrawn", tally.changes["FACT_RETRACTED"]),
    }
    screen.print("Learnt: " + ", ".join(numbered(count, one, many) for one, (many, count) in counts.items()) + ".", markup=False)
    for text in tally.examples:
        screen.print(f"  {text}", markup=False, soft_wrap=True)
    if tally.stuck:
        raise PalimpsestError(
            f"kept all, but could not learn from {numbered(len(tally.stuck), 'part')}: {tally.stuck[0]}",
            hint=f"They are kept, and parked. Mend what it says (palimpsest doctor tells more), then: palimpsest retry {group}",
        )
