"""What someone's words take for granted that they have: "my dance studio"."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.local.clauses import is_question
from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import MY, OWNED
from extractors.local.nouns import mention
from extractors.local.people import owner_of, possessive
from extractors.local.scene import Scene
from extractors.local.verbs import Mood, finite, predicate
from graph.language import MentionKind

_NOT_NOW = frozenset("old ex former new future own dream next first last previous childhood own potential".split())


def possessions(scene: Scene) -> Iterator[Draft]:
    """The things of the speaker that a message speaks of as there."""
    for sentence in scene.doc.sents:
        if is_question(sentence):
            continue
        for token in sentence:
            if (
                token.lemma_.lower() in OWNED
                and token.tag_ == "NN"
                and any(c.dep_ == "poss" and c.lower_ in MY for c in token.lefts)
                and _is_there(token)
            ):
                draft = _owned(token, scene)
                if draft is not None:
                    yield draft


def _is_there(token: Token) -> bool:
    if any(c.lower_ in _NOT_NOW for c in token.lefts):
        return False
    verb = token
    while verb.pos_ not in ("VERB", "AUX"):
        if verb.head == verb:
            return True
        verb = verb.head
    phrase_ = predicate(finite(verb))
    return (
        phrase_.mood == Mood.TOLD
        and not phrase_.negated
        and phrase_.lemma not in ("sell", "lose", "leave", "quit", "open", "start", "close")
    )


def _an(words: str) -> str:
    return f"an {words}" if words[:1].lower() in "aeiou" else f"a {words}"


def _owned(token: Token, scene: Scene) -> Draft | None:
    owner, thing = owner_of(token, scene), mention(token, scene, alone=True)
    if owner is None or thing is None or thing.kind is not MentionKind.ROLE:
        return None
    text = f"{owner.text} has {_an(thing.text.removeprefix(possessive(owner.text)).strip())}"
    return Draft(owner, "owns", thing, text, [*token.lefts, token], Kind.STATE, head=token)
