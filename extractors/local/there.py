"""Places that were left, called only "there": "I no longer work there"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.opened import Frame
from extractors.local.patterns import PATTERNS, Pattern
from graph.language import Mention, MentionKind

_THERE = frozenset(("there", "here"))
_AT = frozenset(("at", "in"))


def there(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """The relation to a place that the verb says, its object left open."""
    pointed = any(c.lower_ in _THERE and c.dep_ == "advmod" for verb in (clause.main, clause.phrase.head) for c in verb.children)
    if pointed and not clause.objects and not clause.places and (row := _row(clause)) is not None:
        yield frame.draft(subject, row.relation, Mention(MentionKind.ANY, ""), Kind.STATE)


def _row(clause: Clause) -> Pattern | None:
    plain = (row for row in PATTERNS if not (row.nouns or row.particle or row.turned) and row.passive is not True)
    return next((row for row in plain if clause.phrase.lemma in row.verbs.split() and _AT & set(row.prepositions.split())), None)


def placed(drafts: Sequence[Draft], told: Sequence[Draft]) -> list[Draft]:
    """The drafts, with "there" as what was last named for its relation; where nothing was, it stays whatever held then."""
    return [_placed(draft, drafts[:n], told) if _is_there(draft) else draft for n, draft in enumerate(drafts)]


def _is_there(draft: Draft) -> bool:
    return draft.object.kind is MentionKind.ANY and any(t.lower_ in _THERE for t in draft.tokens)


def _placed(draft: Draft, before: Sequence[Draft], told: Sequence[Draft]) -> Draft:
    here = [d for d in before if d.relation == draft.relation]
    earlier = [d for d in told if (d.subject.text, d.relation) == (draft.subject.text, draft.relation)]
    named = next((d for d in reversed([*earlier, *here]) if d.object.kind is not MentionKind.ANY and (d.holds or d.former)), None)
    if named is None:
        return replace(draft, former=False)
    word = next(t for t in draft.tokens if t.lower_ in _THERE)
    preposition = "in" if draft.relation == "lives_in" else "at"
    return replace(draft, object=named.object, text=draft.text.replace(f" {word.text}", f" {preposition} {named.object.text}", 1))
