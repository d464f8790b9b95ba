"""What someone means to do or likes doing, as a phrase: "open a bakery", "hiking in the rain"."""

from spacy.tokens import Token

from extractors.local.clauses import Clause, clause_tokens
from extractors.local.lexicon import ABSTRACT, EVENT_NOUNS, LIGHT, MY, UNKNOWN, WORK_NOUNS, I
from extractors.local.names import ACTIVITY
from extractors.local.rewrite import rewritten
from extractors.local.salience import names_something
from extractors.local.scene import Scene
from extractors.local.verbs import Phase
from graph.language import Mention, MentionKind

LONGEST = 10
_EMPTY = frozenset(
    "be do go see get have make know think feel try help tell say hear let keep take share talk look find give show "
    "check chat catch hang inspire spread ask wait use".split()
)
"""Verbs that mean little without a telling object."""
_PASSING = frozenset("soon too again now then today someday eventually also later just yet anymore though".split())
"""Adverbs that are no part of what is done."""
_LEFT_OUT = frozenset(("nsubj", "nsubjpass", "aux", "neg", "mark", "advcl", "punct", "cc", "intj", "relcl"))


def activity(clause: Clause, scene: Scene) -> Mention | None:
    """The verb phrase below intent or liking as something to mention; None where it tells too little."""
    tokens = activity_tokens(clause, scene)
    text = rewritten(tokens, scene)
    if clause.phrase.phase not in (Phase.LIKED, Phase.DISLIKED) and clause.main.tag_ in ("VBG", "VBD", "VBN"):
        text = text.replace(clause.main.text, clause.phrase.lemma, 1)
    if not text or len(text.split()) > LONGEST or any(_is_open(t) for t in tokens) or not _tells(clause, tokens):
        return None
    return Mention(MentionKind.THING, text[:1].lower() + text[1:] if tokens[0].pos_ == "VERB" else text, ACTIVITY)


def activity_tokens(clause: Clause, scene: Scene) -> list[Token]:
    """The words from the main verb on, without its subject, dates, and other clauses."""
    kept = {t.i for t in clause_tokens(clause)}
    main = clause.main
    aside = [t for t in main.subtree if t.dep_ in ("relcl", "advcl") and t != main]
    left_out = [*aside, *(child for child in main.children if _is_left_out(child, main))]
    dropped = {t.i for each in left_out for t in each.subtree}
    inside = [t for t in main.subtree if t.i >= main.i and t.i in kept and t.i not in dropped and not scene.is_time(t)]
    return _closed(inside, scene)


def _is_left_out(child: Token, main: Token) -> bool:
    if child.dep_ in _LEFT_OUT or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")):
        return True
    if child.dep_ == "npadvmod" and child.lemma_ == "day":
        return True
    return child.dep_ == "advmod" and (child.lower_ in _PASSING or (child.lower_ == "all" and child.nbor(-1).lower_ == "after"))


def _closed(tokens: list[Token], scene: Scene) -> list[Token]:
    """Without what hangs at the end: prepositions whose date is gone, punctuation, side clauses."""
    for number, token in enumerate(tokens):
        if token.dep_ in ("relcl", "advcl") or token.text in (",", "-", "--", "(", ";", "so", "because"):
            tokens = tokens[:number]
            break
    while tokens and (tokens[-1].is_punct or (tokens[-1].pos_ in ("ADP", "CCONJ", "DET", "SCONJ") and tokens[-1].dep_ != "prt")):
        tokens = tokens[:-1]
    return tokens


def _is_open(token: Token) -> bool:
    return (token.lower_ in UNKNOWN and token.dep_ in ("dobj", "pobj", "nsubj", "attr")) or token.lower_ in ("you", "u")


def _tells(clause: Clause, tokens: list[Token]) -> bool:
    """Whether a noun says what it is about: a telling one, and with an empty verb one that names something."""
    nouns = [t for t in tokens if t.pos_ in ("NOUN", "PROPN") and t.lower_ not in I | MY]
    if any(names_something(t) for t in nouns):
        return True
    if clause.phrase.lemma in _EMPTY:
        return False
    telling = [t for t in nouns if t.lower_ not in LIGHT and t.lemma_.lower() not in ABSTRACT | WORK_NOUNS]
    liked = clause.phrase.phase in (Phase.LIKED, Phase.DISLIKED)
    return bool(telling) or (not nouns and clause.main.tag_ == "VBG" and (liked or clause.main.lower_ in EVENT_NOUNS))
