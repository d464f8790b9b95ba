"""Proper names in a parse: which tokens are one, how far it reaches, and what kind of thing it names."""

from spacy.tokens import Doc, Span, Token

from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import (
    KIN,
    LANGUAGES,
    MONTHS,
    NOT_NAMES,
    ORGANIZATION_ENDINGS,
    PETS,
    PLACE_ENDINGS,
    TITLES,
    WEEKDAYS,
)
from extractors.local.normalise import FIRST
from extractors.local.places import PLACES

PERSON, ANIMAL, PLACE, ORGANIZATION = "Person", "Animal", "Place", "Organization"
EVENT, WORK, PRODUCT, LANGUAGE = "Event", "Work", "Product", "Language"
ACTIVITY, THING, VALUE = "Activity", "Thing", "Value"

BY_LABEL = {
    "PERSON": PERSON,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "ORG": ORGANIZATION,
    "NORP": THING,
    "WORK_OF_ART": WORK,
    "EVENT": EVENT,
    "PRODUCT": PRODUCT,
    "LANGUAGE": LANGUAGE,
    "LAW": WORK,
}


def is_named(token: Token) -> bool:
    """Whether `token` belongs to a proper name; a capital at the head of a sentence alone is not enough."""
    word = token.lower_
    if (
        _is_interjection(token)
        or word in WEEKDAYS
        or word in KIN
        or word in PETS
        or (word in MONTHS and word not in ("may", "april", "june"))
    ):
        return False
    if token.pos_ in ("ADV", "INTJ") and _is_given(token):
        return True
    if token.ent_type_ in BY_LABEL and (token.text[0].isupper() or token.pos_ == "PROPN"):
        return word not in MONTHS or token.ent_type_ == "PERSON"
    if token.pos_ not in ("PROPN", "NOUN", "ADJ", "X") or not any(c.isupper() for c in token.text):
        return word in PLACES and token.pos_ == "PROPN"
    if token.is_sent_start and token.tag_ == "NN":
        return token.dep_ == "nsubj" and word in GIVEN_NAMES and word not in _COMMON_TOO
    if token.is_sent_start:
        return token.pos_ == "PROPN" and (word in GIVEN_NAMES or word in PLACES or _followed_by_name(token) or _acts(token))
    return token.pos_ == "PROPN" or (token.text[0].isupper() and not token.nbor(-1).is_punct and not _shouted(token.doc))


def _is_given(token: Token) -> bool:
    """ "Hey Emily!": a given name inside a sentence, whatever its ending makes a parser think."""
    return token.text[0].isupper() and not token.is_sent_start and token.lower_ in GIVEN_NAMES and token.lower_ not in _COMMON_TOO


def _is_interjection(token: Token) -> bool:
    """ "Hey", "Good": never a name by itself, though part of one in "A Hard Day's Night"."""
    if token.lower_ not in NOT_NAMES:
        return False
    return token.pos_ != "PROPN" or token.dep_ in ("intj", "ROOT") or not any(c.dep_ in ("compound", "poss") for c in token.lefts)


_COMMON_TOO = frozenset(
    "hope joy grace rose faith daisy will may june april art mark bill sue holly ivy ruby violet olive penny pat jack".split()
)


def _acts(token: Token) -> bool:
    """A capitalised word at the head of a sentence that is the subject of a verb in the third person: "Acme makes boats"."""
    return token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "NNP" and token.head.tag_ in ("VBZ", "VBD", "VBN") and not token.is_stop


def _followed_by_name(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN" and token.nbor().text[0].isupper()


def _shouted(doc: Doc) -> bool:
    return sum(t.is_upper for t in doc) > len(doc) / 2


def name_span(token: Token) -> Span:
    """The whole name that `token` is part of: "Day" gives "A Hard Day's Night"."""
    first = last = token.i
    entity = _entity(token)
    if entity is not None:
        first, last = entity.start, entity.end - 1
    doc = token.doc
    low, high = token.sent.start, token.sent.end - 1
    while first > low and _extends(doc[first - 1], doc[first]):
        first -= 1
    while last < high and _extends(doc[last + 1], doc[last]):
        last += 1
    return _trimmed(_with_article(doc, first, _with_of(doc, last)))


def _with_of(doc: Doc, last: int) -> int:
    """ "Kingdom of Norway": a name goes on through "of" to the one behind it."""
    after = last + 1
    if after + 1 >= len(doc) or doc[after].text != "of" or doc[after].head != doc[last] or doc[last].pos_ != "PROPN":
        return last
    inner = next((c for c in doc[after].children if c.dep_ == "pobj" and c.pos_ == "PROPN" and c.text[0].isupper()), None)
    return last if inner is None or inner.left_edge.i != after + 1 else inner.i


def _entity(token: Token) -> Span | None:
    if token.ent_type_ not in BY_LABEL:
        return None
    found = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    return None if found is None or any(t.pos_ == "AUX" or (t.pos_ == "VERB" and t.text.islower()) for t in found) else found


def _extends(outer: Token, inner: Token) -> bool:
    """Whether a neighbour is part of the same name: capitalised, and of the same noun phrase."""
    if outer.lower_ == "'s" and outer.dep_ == "case":
        return is_title(outer)
    if not outer.text[0].isupper() and not outer.text[0].isdigit():
        return False
    if (
        outer.pos_ not in ("PROPN", "NOUN", "ADJ", "NUM", "X")
        or (outer.lower_ in NOT_NAMES and outer.tag_ != "NNP")
        or outer.lower_ in KIN
        or outer.dep_ == "appos"
    ):
        return False
    if outer.text[0].isdigit() and not (outer.dep_ == "nummod" and outer.i > inner.i):
        return False
    return (
        outer.head in (inner, inner.head) and outer.dep_ in ("compound", "poss", "nmod", "amod", "nummod", "flat")
    ) or inner.head == outer


def is_title(case: Token) -> bool:
    """Whether a possessive stands inside a title ("A Hard Day's Night", "St Mary's Hospital") and owns nothing."""
    owner, owned = case.head, case.head.head
    if not (owned.text[0].isupper() and owned.pos_ == "PROPN"):
        return False
    entity = _entity(owned)
    if entity is not None and entity.start <= owner.i:
        return True
    return (entity is None and any(t.text in ("A", "The") for t in owner.lefts)) or _is_place_like(owned.lower_)


def _is_place_like(word: str) -> bool:
    return word in PLACE_ENDINGS or word in ORGANIZATION_ENDINGS


def _with_article(doc: Doc, first: int, last: int) -> Span:
    """A capitalised article belongs to a title of several words, or to any name inside a sentence ("The Beatles")."""
    if first > 0 and doc[first - 1].text in ("The", "A", "An"):
        inside = not doc[first - 1].is_sent_start
        if inside or (last > first and doc[first].ent_type_ in ("", "WORK_OF_ART")):
            first -= 1
    return doc[first : last + 1]


def _trimmed(span: Span) -> Span:
    while len(span) > 1 and (span[-1].lower_ in ("'s", "'") or (span[-1].is_punct and span[-1].text != ".")):
        span = span[:-1]
    while len(span) > 1 and (
        span[0].text in ("the", "a", "an", "my", "our", "your")
        or span[0].lower_ in KIN
        or (span[0].lower_ in NOT_NAMES and span[0].dep_ != "compound")
    ):
        span = span[1:]
    return span


def quoted_span(token: Token) -> Span | None:
    """The words between quotation marks around `token`, at most ten."""
    doc = token.doc
    start = next((i for i in range(token.i - 1, max(token.i - 11, -1), -1) if doc[i].text == '"'), None)
    end = next((i for i in range(token.i + 1, min(token.i + 11, len(doc))) if doc[i].text == '"'), None)
    if start is None or end is None or end - start > 11 or sum(t.text == '"' for t in doc[:start]) % 2:
        return None
    return doc[start + 1 : end]


def name_text(span: Span) -> str:
    text = " ".join(span.text.replace(FIRST, "I").split()).strip(" \"'")
    return text[:-1] if text.endswith(".") and text[:-1].lower() in GIVEN_NAMES else text  # "Jan." at the end of a sentence


def type_of_name(text: str, label: str) -> str:
    """The type that the words of a name suggest, before what the tagger says."""
    words = text.lower().split()
    if label == "PERSON" and words[0] in GIVEN_NAMES:
        return PERSON
    if " ".join(words) in PLACES or (words[-1] in PLACE_ENDINGS and len(words) > 1):
        return PLACE
    if words[-1] in ORGANIZATION_ENDINGS and len(words) > 1:
        return ORGANIZATION
    if words[-1] in LANGUAGES and len(words) == 1:
        return LANGUAGE
    if (words[0] in GIVEN_NAMES and (len(words) <= 3 or label == "PERSON")) or words[0] in TITLES:
        return PERSON
    return BY_LABEL.get(label, THING)


def is_surely_typed(text: str) -> bool:
    """Whether a name's type stands in the words themselves."""
    return type_of_name(text, "") != THING
