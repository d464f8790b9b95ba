"""Words put so that they stand without their speaker: "my" becomes "Anna's", "she" the one meant."""

from collections.abc import Iterable

from spacy.tokens import Token

from extractors.local.lexicon import HE, MY, SHE, YOU
from extractors.local.normalise import FIRST
from extractors.local.people import possessive
from extractors.local.scene import Scene

_ME = frozenset(("i", "me", "we", "us"))
_OWN = frozenset(("mine", "ours"))
_SELF = frozenset(("myself", "ourselves", "yourself"))


def reworded(token: Token, scene: Scene) -> str:
    """The words for `token` in the third person; the word itself where nothing needs to change or nobody is known."""
    word = token.lower_
    if word in MY:
        return possessive(scene.speaker)
    if word in _OWN:
        return possessive(scene.speaker)
    if word in _ME and token.text not in ("US", "Me"):
        return scene.speaker
    if word in _SELF:
        return "themselves" if word == "ourselves" else "themself"
    if word == "your":
        return possessive(scene.other) if scene.other else "your"
    if word in YOU:
        return scene.other or token.text
    if word in HE or word in SHE:
        return _person(token, scene)
    return str(token.text)


def _person(token: Token, scene: Scene) -> str:
    meant = scene.referents.get(token.i)
    if meant is None:
        return str(token.text)
    owns = token.lower_ in ("his", "hers") or token.tag_ == "PRP$"
    return possessive(meant.text) if owns else meant.text


def joined(words: Iterable[str]) -> str:
    """Words as a text: no blank before a comma, a clitic or a full stop, none around a hyphen."""
    text = ""
    for word in words:
        if not word:
            continue
        glued = (
            not text
            or word[0] in ",.;:!?)%"
            or word in ("'s", "'", "-", "/", "n't", "'ll", "'d")
            or text.endswith(("-", "(", "/", "$", "#"))
        )
        text += word if glued else f" {word}"
    return text.replace(FIRST, "I")
