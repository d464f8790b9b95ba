"""Statements: clauses and sentences rewritten to stand alone, in the third person and with their dates in words."""

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from extractors.local.agreement import agrees_with_speech, third_person
from extractors.local.clauses import Clause, clause_tokens, is_question
from extractors.local.dates import in_words
from extractors.local.lexicon import MY, NOT_NAMES, WE, YOU, I
from extractors.local.people import possessive
from extractors.local.scene import Scene
from extractors.local.timing import Dated
from extractors.local.verbs import finite, is_shared
from extractors.local.words import joined, reworded

_PREPOSITIONS = frozenset("in on at since until till from by during for over before after around this last next".split())
_EDGES = frozenset(
    (",", ".", "!", ";", ":", "-", "--", "...", "(", ")", '"', "and", "but", "so", "or", "because", "that", "well", "also", "plus")
)


def statements(scene: Scene) -> list[str]:
    """The message's sentences as statements; questions, greetings, thanks and talk about nobody are left out."""
    return [rewritten(list(sentence), scene) for sentence in scene.doc.sents if _tells(sentence, scene)]


def _tells(sentence: Span, scene: Scene) -> bool:
    if is_question(sentence) or len(sentence) < 4:
        return False
    if sentence[0].lower_ in NOT_NAMES and len(sentence) < 8:
        return False
    words = {t.lower_ for t in sentence}
    mine = words & (I | WE | MY)
    names = any(t.pos_ == "PROPN" and t.text != scene.other and t.lower_ not in NOT_NAMES for t in sentence)
    subjects = {t.lower_ for t in sentence if t.dep_ in ("nsubj", "nsubjpass", "poss")}
    if subjects & (YOU | {"your"}) and not mine and not names:
        return False
    return bool(mine) or names or any(t.pos_ in ("NOUN", "VERB") for t in sentence)


def clause_text(clause: Clause, scene: Scene) -> str:
    """The sentence that one clause makes by itself."""
    tokens = said_tokens(clause_tokens(clause), clause, scene)
    before = _borrowed(clause, tokens, scene)
    text = _ASIDE.sub("", _with_object(tokens, clause, scene) if clause.gapped else rewritten(tokens, scene))
    return _capital(joined((*before, _lowered(text, tokens, scene) if before else text)))


def _with_object(tokens: Sequence[Token], clause: Clause, scene: Scene) -> str:
    """The object of a relative clause put where it belongs: "a trip I took last summer" as "Anna took a trip last summer"."""
    thing = clause.objects[0]
    noun = [t for t in thing.subtree if not _in_side_clause(t, thing)]
    told = [t for t in tokens if t.i <= clause.main.i and t.tag_ not in ("WP", "WDT")]
    rest = [t for t in tokens if t.i > clause.main.i]
    named = rewritten(noun, scene)
    if noun[0].is_sent_start and noun[0].pos_ != "PROPN":
        named = named[:1].lower() + named[1:]
    return joined((rewritten(told, scene), named, rewritten(rest, scene)))


_ASIDE = re.compile(
    r"^(?:by the way|on another note|in the meantime|on that note|to be honest|honestly|anyway|actually|also|oh|speaking of which|plus|"
    r"in fact|of course|guess what|in other news|fun fact|as for me|for me|luckily|sadly|unfortunately)\b[\s,:-]*",
    re.IGNORECASE,
)


def said_tokens(tokens: Sequence[Token], clause: Clause, scene: Scene) -> list[Token]:
    """Without conjunctions, the "who" of a relative clause, and whoever is called by name before the clause begins."""
    verbs = (clause.phrase.head, clause.main)
    kept = [t for t in tokens if not (t.dep_ in ("intj", "cc") and t.head.pos_ in ("VERB", "AUX")) and not _opens(t, verbs)]
    begins = clause.subject.left_edge.i if clause.subject is not None else clause.phrase.head.i
    return [t for t in kept if t.i >= begins or scene.is_time(t) or not _calls(t, scene)]


def _opens(token: Token, verbs: Sequence[Token]) -> bool:
    """Words that tie a clause to another: "who", "that", "when", "because", "although"."""
    if token.head not in verbs:
        return False
    return token.tag_ in ("WP", "WDT", "WRB") or token.dep_ == "mark"


def _calls(token: Token, scene: Scene) -> bool:
    return token.lower_ in NOT_NAMES or (scene.other is not None and token.text in scene.other.split() and token.dep_ != "poss")


def _borrowed(clause: Clause, tokens: Sequence[Token], scene: Scene) -> list[str]:
    """The subject, and the auxiliaries of a coordinated verb, where the clause's own words lack them."""
    if clause.subject is None:
        return [scene.speaker]
    if clause.subject in tokens:
        return []
    words = [_subject_text(clause.subject, scene)]
    verb = clause.verb
    if verb.dep_ == "acl":
        return [*words, "was"]
    return [*words, *_shared_words(verb, scene)]


def _subject_text(subject: Token, scene: Scene) -> str:
    tokens = [t for t in subject.subtree if not _in_side_clause(t, subject)]
    return rewritten(tokens, scene)


def _in_side_clause(token: Token, root: Token) -> bool:
    while token != root:
        if token.dep_ in ("relcl", "acl", "punct", "advcl"):
            return True
        token = token.head
    return False


def _shared_words(verb: Token, scene: Scene) -> list[str]:
    """ "is going to" for the second verb of "I'm going to quit and move"."""
    if not is_shared(verb):
        return []
    first, carrier = verb.head, finite(verb)
    own = {t.i for t in carrier.children if t.dep_ in ("aux", "auxpass", "neg")}
    own |= {t.i for t in first.children if t.dep_ in ("aux", "auxpass", "neg")} | ({carrier.i} if carrier != first else set())
    return [_word(carrier.doc[i], scene) for i in sorted(own) if i < first.i]


def rewritten(tokens: Sequence[Token], scene: Scene) -> str:
    """Tokens as third-person text; a date whose words are all among them is said in full."""
    kept = {t.i for t in tokens}
    dated = {d.tokens[0]: d for d in scene.dates.all if d.tokens and kept.issuperset(d.tokens)}
    inside = {i for d in dated.values() for i in d.tokens[1:]}
    words: list[str] = []
    for token in _trim(list(tokens)):
        if token.i in inside:
            continue
        if token.i in dated:
            _add_date(words, dated[token.i])
        else:
            words.append(_word(token, scene))
    return joined(words)


def _trim(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].lower_ in _EDGES or (tokens[0].dep_ == "intj" and tokens[0].lower_ in NOT_NAMES)):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower_ in _EDGES - {"well", "that"} or tokens[-1].is_space):
        tokens = tokens[:-1]
    return [t for t in tokens if not t.is_space]


def _add_date(words: list[str], dated: Dated) -> None:
    said = in_words(dated.found)
    if words and words[-1].lower() in _PREPOSITIONS and said.split()[0].lower() in _PREPOSITIONS:
        words.pop()
    words.append(said)


def _word(token: Token, scene: Scene) -> str:
    if token.lower_ in ("n't", "not"):
        return "not"
    if token.pos_ in ("VERB", "AUX"):
        return _verb(token, scene)
    return reworded(token, scene)


def _verb(token: Token, scene: Scene) -> str:
    singular = agrees_with_speech(token, scene.other is not None)
    if singular is not None:
        return third_person(token, singular)
    if token.lower_ in ("'m", "'re", "'ve", "'ll", "'d", "wo", "ca", "sha"):
        return third_person(token, singular=False)
    if token.lower_ == "'s" and token.dep_ in ("aux", "auxpass", "ROOT", "conj", "ccomp"):
        return "has" if token.lemma_ == "have" or (token.head.tag_ == "VBN" and token.head.lemma_ == "be") else "is"
    return str(token.text)


def _lowered(text: str, tokens: Sequence[Token], scene: Scene) -> str:
    """Without the capital of a sentence's first word, now that a subject stands before it."""
    first = tokens[0] if tokens else None
    if first is None or not first.is_sent_start or first.pos_ == "PROPN" or text.startswith((scene.speaker, possessive(scene.speaker))):
        return text
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
