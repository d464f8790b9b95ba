"""What is added to what holds and takes no place: "I'm a nurse. I also work as a translator"."""

import re
from collections.abc import Sequence

from extractors.local.draft import Draft
from graph.ontology import Ontology, Side

_ADDING = re.compile(r"\b(?:also|additionally|as well|too|on the side|a second (?:job|home|house))\b", re.IGNORECASE)


def without_additions(drafts: Sequence[Draft], told: Sequence[Draft], ontology: Ontology) -> list[Draft]:
    """The drafts but those that say one thing more where the ontology knows one at a time: they would close what goes on."""
    return [draft for n, draft in enumerate(drafts) if not _adds(draft, [*told, *drafts[:n]], ontology)]


def _adds(draft: Draft, before: Sequence[Draft], ontology: Ontology) -> bool:
    told = ontology.relation(draft.relation)
    if told.exclusive is not Side.SUBJECT or not draft.holds or draft.corrects or not _ADDING.search(draft.text):
        return False
    same = [d for d in before if (d.subject, d.relation) == (draft.subject, draft.relation) and d.holds]
    return bool(same) and same[-1].object.text != draft.object.text
