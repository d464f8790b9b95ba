"""`palimpsest adopt`: takes over a graph that Graphiti wrote, in place."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api.cli import options
from api.cli.show import numbered, out, progress, told_counts
from api.embedder import embedder_of
from api.place import store_file
from api.settings import Settings, read_settings
from api.wiring import neo4j_store
from extractors.embed import WordLlama
from graph.adopt import Survey
from graph.errors import BadInput, Conflict, NotFound
from graph.model import Embedder
from graph.ontology import load_ontology
from graph.parts import wall_clock

if TYPE_CHECKING:
    from graph.stores.neo4j.adopting import Adopter

MOST_NAMES = 10
"""How many duplicates are named."""


async def adopt(
    *,
    group: Annotated[str, Parameter(help="The group_id of the graph; '' is Graphiti's default one.")],
    dry_run: Annotated[bool, Parameter(negative="", help="Only say what would be done. This is the default.")] = False,
    yes: Annotated[bool, Parameter(negative="", help="Do it.")] = False,
    store: options.Store = None,
) -> None:
    """Say what taking over a Graphiti graph would do, and with --yes do it. Nothing that Graphiti wrote is changed; again is as once."""
    settings = read_settings(os.environ, store=store)
    if yes and dry_run:
        raise BadInput("--yes and --dry-run are contrary", hint="Give one of them.")
    if store_file(settings) is not None:
        raise BadInput(f"{settings.store!r} is a file, and Graphiti writes to Neo4j", hint="Name the server: --store neo4j://host:7687.")
    survey = await _survey(settings, group)
    _tell(survey)
    if survey.obstacles:
        raise Conflict(f"the group {group!r} cannot be adopted yet", hint="Mend in Neo4j what is named above; nothing was changed.")
    if yes:
        await _adopt(settings, group)
    elif not survey.is_done:
        out().print("Nothing was changed. To do it, give --yes.")


async def _survey(settings: Settings, group: str) -> Survey:
    """Looks only: the database may not have our schema yet. Raises NotFound where it has nothing of the group, ours or Graphiti's."""
    store = neo4j_store(settings)
    await store.connect()
    try:
        survey = await store.adopter(group, load_ontology(_ontology(settings)), wall_clock).survey()
        if survey.is_done and await store.group(group) is None:
            raise NotFound(
                f"there is nothing to adopt in {settings.store!r} under the group_id {group!r}",
                hint="Graphiti's default one is '': --group ''.",
            )
        return survey
    finally:
        await store.close()


async def _adopt(settings: Settings, group: str) -> None:
    store, embedder = neo4j_store(settings), embedder_of(settings, WordLlama())
    await store.open()
    try:
        await _run(store.adopter(group, load_ontology(_ontology(settings)), wall_clock), embedder)
    finally:
        await embedder.close()
        await store.close()
    out().print(f"Adopted. Ask it: palimpsest ask '{group}' QUESTION", markup=False)


async def _run(adopter: "Adopter", embedder: Embedder) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=progress(), transient=True, disable=not progress().is_terminal) as bar:
        task = bar.add_task("adopting", total=None)
        told = lambda what, done, total: bar.update(task, description=what, completed=done, total=total)  # noqa: E731
        await adopter.adopt(embedder, told)


def _ontology(settings: Settings) -> Path | None:
    return Path(settings.ontology) if settings.ontology else None


def _tell(survey: Survey) -> None:
    for line in told(survey):
        out().print(line, markup=False, soft_wrap=True)


def told(survey: Survey) -> list[str]:
    """The survey in lines."""
    counts = f"{told_counts(survey.episodes, survey.entities, survey.facts)}, {numbered(survey.mentions, 'mention')}"
    lines = [
        f"Nothing is left to adopt in the group {survey.group!r}."
        if survey.is_done
        else f"To adopt in the group {survey.group!r}: {counts}."
    ]
    if survey.duplicates:
        named = ", ".join(survey.duplicates[:MOST_NAMES]) + (" …" if len(survey.duplicates) > MOST_NAMES else "")
        lines.append(f"Several entities share a name and type; a review is opened for each: {named}.")
    if survey.own_vectors:
        lengths = ", ".join(map(str, survey.lengths))
        lines.append(f"Vectors of {lengths} numbers stay for Graphiti; ours, of {survey.dimension}, are made and kept beside them.")
    elif survey.lengths:
        lines.append(f"Vectors have {survey.dimension} numbers, as ours have, and are used as they are.")
    if survey.indexes:
        lines.append(f"Indexes that give way to constraints, which serve the same look-ups: {', '.join(survey.indexes)}.")
    return [*lines, *(f"In the way: {obstacle}." for obstacle in survey.obstacles)]
