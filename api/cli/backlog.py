"""What `palimpsest doctor` finds in a store's queue, and which groups believe under another ontology than this installation has."""

from collections import Counter
from pathlib import Path

from api.cli.findings import Finding, State
from api.cli.ontology import every_group
from api.cli.show import numbered
from api.settings import Settings
from graph.errors import PalimpsestError
from graph.ontology import load_ontology
from graph.stores.base import Store

RETRY = "Mend what the error says, then: palimpsest retry {}"
ANOTHER = (
    "Nothing is learnt there until then: set PALIMPSEST_ONTOLOGY to its former file; or draw what it believes anew with palimpsest "
    "ontology apply. Then palimpsest retry learns from what was parked."
)


async def backlog(settings: Settings, store: Store) -> list[Finding]:
    waiting, parked = await store.waiting(), await store.parked()
    told = f"{numbered(waiting, 'piece')} of Work {'waits' if waiting == 1 else 'wait'}" if waiting else "nothing waits"
    found = [Finding("work", State.OK, f"{told} to be learnt from")]
    for (group, error), count in Counter((work.group, work.error or "no reason given") for work in parked).items():
        words = f"{numbered(count, 'piece')} of Work {'is' if count == 1 else 'are'} parked in the group {group!r}: {error}"
        found.append(Finding("work", State.WRONG, words, RETRY.format(group)))
    return [*found, *await _other_ontologies(settings, store)]


async def _other_ontologies(settings: Settings, store: Store) -> list[Finding]:
    try:
        ours = load_ontology(Path(settings.ontology) if settings.ontology else None).hash
    except PalimpsestError:  # a finding of its own
        return []
    groups = [name async for name in every_group(store)]
    records = [record for name in groups if (record := await store.group(name)) is not None]
    others = [record.name for record in records if record.ontology_hash not in (None, ours)]
    if not others:
        return []
    shown = ", ".join(map(repr, others[:5])) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
    ontology = f"{settings.ontology!r}" if settings.ontology else "the packaged one"
    words = f"{'the group' if len(others) == 1 else 'the groups'} {shown} {'believes' if len(others) == 1 else 'believe'}"
    return [Finding("ontology", State.WRONG, f"{words} under another ontology than {ontology}", ANOTHER)]
