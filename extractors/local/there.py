"""Places that were left, called only "there": "I no longer work there"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.names import ORGANIZATION, PERSON, PLACE, THING, is_named, name_span, name_text, type_of_name
from extractors.local.opened import Frame
from extractors.local.patterns import PATTERNS, Pattern
from extractors.local.places import PLACES
from extractors.local.remarks import Heard
from extractors.local.scene import Scene
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


def placed(drafts: Sequence[Draft], scene: Scene, told: Sequence[Draft], heard: Sequence[Heard]) -> list[Draft]:
    """The drafts, with "there" as what was last named for its relation; where nothing was, it stays whatever held then.

    Where another place was named since, "there" may be that one: nothing is told.
    """
    found = (
        _placed(draft, drafts[:n], told, [*heard, Heard(scene.content, scene)]) if _is_there(draft) else draft
        for n, draft in enumerate(drafts)
    )
    return [draft for draft in found if draft is not None]


def _is_there(draft: Draft) -> bool:
    return draft.object.kind is MentionKind.ANY and any(t.lower_ in _THERE for t in draft.tokens)


def _placed(draft: Draft, before: Sequence[Draft], told: Sequence[Draft], heard: Sequence[Heard]) -> Draft | None:
    here = [d for d in before if d.relation == draft.relation]
    earlier = [d for d in told if (d.subject.text, d.relation) == (draft.subject.text, draft.relation)]
    named = next((d for d in reversed([*earlier, *here]) if d.object.kind is not MentionKind.ANY and (d.holds or d.former)), None)
    word = next(t for t in draft.tokens if t.lower_ in _THERE)
    if any(_is_other(draft, named, since, word) for since in _since(named, heard)):
        return None
    if named is None:
        return replace(draft, former=False)
    preposition = "in" if draft.relation == "lives_in" else "at"
    return replace(draft, object=named.object, text=draft.text.replace(f" {word.text}", f" {preposition} {named.object.text}", 1))


def _since(named: Draft | None, heard: Sequence[Heard]) -> Sequence[Heard]:
    """The messages from the one on that named it; all that are known where that one no longer is."""
    docs = [message.scene.doc if message.scene is not None else None for message in heard]
    first = next((n for n, doc in enumerate(docs) if named is not None and doc is named.tokens[0].doc), 0)
    return heard[first:]


def _is_other(draft: Draft, named: Draft | None, message: Heard, word: Token) -> bool:
    """Whether a message names another place that "there" may be, after what it names for the relation and before "there"."""
    if message.scene is None:
        return _names_place(message.text, named)
    for token in message.scene.doc:
        if token.doc is word.doc and token.i >= word.i:
            return False
        said = named.tokens[0] if named is not None and named.tokens[0].doc is token.doc else None
        if said is not None and token.sent.start < said.sent.start:
            continue
        beside = said is not None and token.sent.start == said.sent.start
        if _may_be_place(token, draft, beside) and not _is_it(name_span(token), named, message.scene):
            return True
    return False


def _names_place(text: str, named: Draft | None) -> bool:
    words = {word.strip(".,;:!?'\"()").lower() for word in text.split() if word[0].isupper()}
    return bool((words & PLACES) - set(named.object.text.lower().split() if named is not None else ()))


def _may_be_place(token: Token, draft: Draft, beside: bool) -> bool:
    """A name of a place, an organisation or nobody knows what; in the sentence of the fact only one of its own kind."""
    if not is_named(token) or token.dep_ == "compound":
        return False
    name = name_text(name_span(token))
    sure, known = type_of_name(name, ""), type_of_name(name, token.ent_type_)
    if beside:
        return known in ((PLACE, THING) if draft.relation == "lives_in" else (ORGANIZATION, THING))
    return sure in (PLACE, ORGANIZATION) or (sure != PERSON and known in (PLACE, ORGANIZATION, PERSON, THING))


def _is_it(name: Span, named: Draft | None, scene: Scene) -> bool:
    text = name_text(name)
    people = (scene.speaker, scene.other, named.subject.text if named is not None else None)
    return text in people or scene.is_time(name.root) or (named is not None and (text in named.object.text or named.object.text in text))
