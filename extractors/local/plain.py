"""Plain sentences of record: a name, a phrase and a value, and nothing else ("The capital of Farland is Port Vale.").

They are read by their words alone, so that titles and foreign names keep their whole span; everything that needs a parse (first
person, tenses, several clauses) is left to the clauses. Where the ontology has no phrase for the words, they are the relation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extractors.local.draft import Draft, Kind
from extractors.local.ends import QUOTES, End, is_small, object_end, subject_end
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import LANGUAGES, MONTHS, NOT_NAMES, WEEKDAYS
from extractors.local.names import ORGANIZATION, PLACE, THING, type_of_name
from extractors.local.normalise import FIRST
from extractors.local.phrasings import Phrasings, Word, words_of
from extractors.local.scene import Scene
from extractors.local.wordings import wordings
from graph.language import Mention, MentionKind
from graph.ontology import Ontology, Relation

LONGEST = 40
_NUMBER = re.compile(r"\s*\d{1,7}[.)]\s+(?=\S)")
"""What a list puts before its lines."""
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X", "ADV"))
_DATED = ("Date", "Value")


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence without its number and full stop, and the tokens it consists of."""

    words: Sequence[Word]
    tokens: Sequence[Token]


def plain(scene: Scene, ontology: Ontology, phrasings: Phrasings) -> list[Draft]:
    """A draft for each sentence that is one of record: for the whole message where it is, since a name may hold a full stop."""
    text = scene.doc.text
    whole = _line(scene.doc[:], text) if "\n" not in text.strip() else None
    read = _read(whole, scene, ontology, phrasings) if whole is not None else None
    if read is not None:
        return [read]
    lines = (_line(sentence, text) for sentence in scene.doc.sents)
    found = (_read(line, scene, ontology, phrasings) for line in lines if line is not None)
    return [draft for draft in found if draft is not None]


def worded(scene: Scene, ontology: Ontology) -> Draft | None:
    """What a message says that is nothing but one sentence of record, in a relation of its own words."""
    text = scene.doc.text
    line = _line(scene.doc[:], text) if "\n" not in text.strip() else None
    for words in (line.words, _without_lead(line.words, text)) if line is not None else ():
        for wording in wordings(words, scene.doc) if words else ():
            ends = _ends(words[slice(*wording.subject)], words[slice(*wording.object)], True, scene)
            relation = ontology.relation(wording.relation)
            if (
                line is not None
                and ends is not None
                and _is_of_record(ends[0])
                and not _is_called_out(ends[0], relation, scene)
                and _fits(ends[1], relation)
            ):
                return _draft(line, ends, relation, ontology, scene)
    return None


_LIFE = re.compile(r"\b(?:during|throughout|in) (?:his|her|their) (?:career|life|lifetime|reign|tenure)\b")


def is_biography(scene: Scene) -> bool:
    """ "Jon Vale worked at Norte during his career": told of a life as a whole, so that the past does not say that it is over."""
    return _LIFE.search(scene.doc.text) is not None


def _is_of_record(subject: End) -> bool:
    """A full name or a title: who is called by a given name alone belongs to the talk."""
    return subject.named and (" " in subject.text or subject.quoted or subject.text.lower() not in GIVEN_NAMES)


def _line(span: Span, text: str) -> _Line | None:
    if not 3 <= len(span) <= 2 * LONGEST or span.text.rstrip()[-1:] in "?!":
        return None
    said = text[span.start_char : span.end_char]
    number = _NUMBER.match(said)
    start = span.start_char + (number.end() if number else 0)
    stripped = text[start : span.end_char].strip().removesuffix(".")
    words = words_of(stripped, text.index(stripped, start)) if stripped else []
    tokens = [token for token in span if token.idx >= start]
    return _Line(words, tokens) if 3 <= len(words) <= LONGEST and tokens else None


def _read(line: _Line, scene: Scene, ontology: Ontology, phrasings: Phrasings) -> Draft | None:
    for words in (line.words, _without_lead(line.words, scene.doc.text)):
        for split in phrasings.splits(words):
            ends = _ends(
                words[slice(*split.subject)], words[slice(*split.object)], split.subject < split.object, scene, _titles(split.relation)
            )
            if ends is not None and not _is_called_out(ends[0], split.relation, scene) and _fits(ends[1], split.relation):
                return _draft(line, (ends[0], _without_place(ends[1], split.relation, ontology)), split.relation, ontology, scene)
    return None


_WHERE = re.compile(r"(?P<name>[A-Z\u00c0-\u00de]\S*(?: \S+)*?) (?:in|with|near|at) (?=[A-Z\u00c0-\u00de])")
_INSTITUTIONS = frozenset(
    "museum university academy institute school college embassy church cathedral theatre theater gallery library hospital court "
    "conservatory observatory".split()
)
"""What may have its place in its name: "National Museum in Ghent"."""


def _without_place(end: End, relation: Relation, ontology: Ontology) -> End:
    """ "Norte in Porto", where someone works: without where that is, unless it is part of the name."""
    placed = relation.object and all(ontology.is_a(type, PLACE) or ontology.is_a(type, ORGANIZATION) for type in relation.object)
    found = _WHERE.match(end.text) if placed and end.loose else None
    if found is None or found["name"].split()[-1].lower() in _INSTITUTIONS:
        return end
    return replace(end, text=found["name"], end=end.start + len(found["name"]), loose=False)


def _without_lead(words: Sequence[Word], text: str) -> Sequence[Word]:
    """ "By profession, Tom Reed is a baker": without the words before the comma."""
    comma = next((n for n, word in enumerate(words[:6]) if text[: word.end].endswith(",")), None)
    led = comma is not None and words[0].folded in ("by", "in", "at", "during", "as", "for")
    small = comma is not None and all(text[word.start].islower() for word in words[1 : comma + 1])
    return words[comma + 1 :] if led and small and comma is not None else ()


_Titles = tuple[bool, bool]
"""Whether the subject and the object can only be works, whose titles may read as anything does."""


def _titles(relation: Relation) -> _Titles:
    return "Work" in relation.subject, "Work" in relation.object


def _ends(
    subject: Sequence[Word], object_: Sequence[Word], in_order: bool, scene: Scene, titles: _Titles = (False, False)
) -> tuple[End, End] | None:
    text = scene.doc.text
    first, second = (subject, object_) if in_order else (object_, subject)
    begins, ends = subject_end(first, text), object_end(second, text)
    if begins is None or ends is None or not _is_one(begins, scene, titles[not in_order]) or not _is_one(ends, scene, titles[in_order]):
        return None
    return (begins, ends) if in_order else (ends, begins)


_BEFORE_CLAUSE = frozenset("and but or so if when because although since while though that whether before after until unless".split())


def _is_clause(tokens: Span, titled: bool) -> bool:
    """ "If Night Ferry was ...": begins as a clause does, unless it is a whole one that serves as a title ("If I Wanted Rain")."""
    if tokens[0].pos_ not in ("CCONJ", "SCONJ") or tokens[0].lower_ not in _BEFORE_CLAUSE:
        return False
    return not (titled and any(token.pos_ in ("VERB", "AUX") and token.text[0].isupper() for token in tokens[1:]))


def _is_one(end: End, scene: Scene, titled: bool) -> bool:
    """Whether it is one thing, rather than what the parse takes for several, or for more than a thing."""
    tokens = scene.doc.char_span(end.start, end.end, alignment_mode="expand")
    if tokens is None or end.text in (scene.speaker, scene.other):
        return False
    if end.quoted:
        return True
    if end.named and (_is_clause(tokens, titled) or (not titled and _are_several(tokens, _as_written(end, scene)))):
        return False
    common = (token for token in tokens if not end.named or (end.loose and is_small(token.text)))
    return all(token.pos_ in _NOMINAL or token.tag_ in ("VBG", "VB", "VBP", "VBN") or token.is_punct for token in common)


def _is_called_out(end: End, relation: Relation, scene: Scene) -> bool:
    """ "Hey Tom is married": words before a name that are no part of it, unless it is a title that is spoken of."""
    tokens = scene.doc.char_span(end.start, end.end, alignment_mode="expand")
    if tokens is None or "Work" in relation.subject:
        return False
    opening = tokens[0].pos_ == "INTJ" or (end.named and tokens[0].lower_ in NOT_NAMES)
    return opening and (len(tokens) > 1 or tokens[0].lower_ in NOT_NAMES)


def _are_several(tokens: Span, written: str) -> bool:
    """ "Portuguese and English", "Anna and Tom": two names that are known each for itself."""
    joint = next((token for token in tokens if token.lower_ in ("and", "or")), None)
    if joint is None or "&" in written or any(token.lower_ == "of" for token in tokens):
        return False
    either = (tokens.doc[tokens.start : joint.i], tokens.doc[joint.i + 1 : tokens.end])
    return all(len(part) > 0 and _is_known_alone(part) for part in either)


def _is_known_alone(part: Span) -> bool:
    word = part.text.lower()
    return word in LANGUAGES or part[0].lower_ in GIVEN_NAMES or {t.ent_type_ for t in part} <= {"PERSON", "GPE", "LANGUAGE", "NORP"}


def _fits(value: End, relation: Relation) -> bool:
    """A year is only what a relation to dates asks for; other dates are for clauses to tell."""
    words = value.text.lower().replace(",", " ").split()
    dates = [word for word in words if word in MONTHS or word in WEEKDAYS]
    if all(word.isdigit() for word in words):
        return not relation.object or any(type in _DATED for type in relation.object)
    return value.quoted or not (dates and (len(dates) + sum(word.isdigit() for word in words) == len(words) or words[-1] in dates))


def _draft(line: _Line, ends: tuple[End, End], relation: Relation, ontology: Ontology, scene: Scene) -> Draft | None:
    taken = (relation.subject, relation.object) if relation.inverse is None else _mirrored(ontology.relation(relation.inverse))
    subject, object_ = (_mention(end, wanted, ontology, scene) for end, wanted in zip(ends, taken, strict=True))
    text = " ".join(scene.doc.text[line.words[0].start : line.words[-1].end].replace(FIRST, "I").split())
    return Draft(subject, relation.name, object_, f"{text}.", line.tokens, Kind.WORLD)


def _mention(end: End, wanted: Sequence[str], ontology: Ontology, scene: Scene) -> Mention:
    text = _as_written(end, scene)
    told = type_of_name(text, "")
    type_ = told if told != THING and (not wanted or any(ontology.compatible(told, want) for want in wanted)) else _asked(wanted, ontology)
    if not end.named:
        return Mention(MentionKind.VALUE if "Value" in wanted else MentionKind.THING, text, type_)
    aliases = (text[4:],) if text.startswith("The ") else ()
    short = type_ == "Person" and " " not in text and text.lower() in GIVEN_NAMES
    return Mention(MentionKind.FIRST_NAME if short else MentionKind.NAME, text, type_, aliases=aliases)


def _mirrored(relation: Relation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a relation takes, seen from its other end."""
    return relation.object, relation.subject


def _as_written(end: End, scene: Scene) -> str:
    """The words of an end as the message has them: "Babcock & Brown", where they are parsed with an "and"."""
    first, last = scene.original_span(end.start, end.end)
    written = " ".join(scene.content[first:last].split())
    return written.strip(QUOTES) if end.quoted else written.strip('"\u201c\u201d').rstrip(",;:'")


def _asked(wanted: Sequence[str], ontology: Ontology) -> str:
    """The type that a relation asks for, where all that it takes are kinds of one another."""
    related = wanted and all(ontology.is_a(wanted[0], other) or ontology.is_a(other, wanted[0]) for other in wanted)
    return wanted[0] if related else THING
