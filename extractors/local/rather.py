"""What is denied and said in one breath: "he lives not in Graz but in Linz" is both, the one not so and the other so."""

import re
from collections.abc import Iterator

from extractors.local.normalise import Edit, Normalised

_VERBS = {"live": "lives", "reside": "resides", "work": "works", "study": "studies", "teach": "teaches", "stay": "stays"}
_BASES = {said: base for base, third in _VERBS.items() for said in (base, third)}
_WHO = r"(?:I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er) [\w-]+(?: [A-Z][\w-]+)?|[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
_INSIDE = frozenset("he she we they my our his her".split())
"""Words that are small inside a sentence."""
_VERB = "|".join(_BASES)
_PLACE = r"(?:in|at|for|as) [^,.;!?]+?"
_RATHER = re.compile(
    rf"\b(?P<who>{_WHO}) (?P<denial>(?P<said>{_VERB}) not|(?:does|do)(?: not|n['\u2019]t) (?P<base>{'|'.join(_VERBS)}))"
    rf" (?P<wrong>{_PLACE}),? but (?P<right>{_PLACE})(?=[.,;!?]|$)"
)


def told_apart(text: Normalised) -> Normalised:
    """Daniel lives not in Graz but in Linz -> Daniel does not live in Graz; Daniel lives in Linz"""
    return text.edited(_edits(text.text))


def _edits(text: str) -> Iterator[Edit]:
    for found in _RATHER.finditer(text):
        who, base = found["who"], found["base"] or _BASES[found["said"]]
        plural = who in ("I", "We", "we", "They", "they")
        again = who[0].lower() + who[1:] if who.split()[0].lower() in _INSIDE else who
        yield Edit(found.start("denial"), found.end("denial"), f"{'do' if plural else 'does'} not {base}")
        yield Edit(found.end("wrong"), found.start("right"), f"; {again} {base if plural else _VERBS[base]} ")
