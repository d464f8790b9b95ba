"""Whether a clause says that something was not so: "I never lived there", "I didn't live there"."""

from extractors.local.clauses import Clause
from extractors.local.draft import Never
from extractors.local.verbs import Mood, Tense

_BOUNDING = frozenset("advmod npadvmod advcl mark".split())
_TIMED = frozenset("before after until till since during for".split())
_UNBOUNDING = frozenset("never actually really ever".split())


def never(clause: Clause) -> Never | None:
    """ "I never lived there", and no more: of "never before 2019" or "never as much" only some of it was not so."""
    told = clause.phrase.tense in (Tense.PAST, Tense.PERFECT) and clause.phrase.mood == Mood.TOLD
    verbs = {clause.phrase.head, clause.main}
    around = [
        c for verb in verbs for word in (verb, *verb.children) if word == verb or word.dep_ in ("aux", "auxpass") for c in word.children
    ]
    more = any((c.dep_ in _BOUNDING and c.lower_ not in _UNBOUNDING) or c.lower_ in _TIMED for c in around)
    if not told or more:
        return None
    if any(c.lower_ == "never" for c in around):
        return Never.EVER
    return Never.THEN if clause.phrase.tense == Tense.PAST and any(c.dep_ == "neg" for c in around) else None
