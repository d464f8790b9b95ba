"""Who a clause is about: speakers, people and things named, each as a mention."""

from spacy.tokens import Token

from extractors.local.clauses import Clause, subject_tokens
from extractors.local.lexicon import GENERIC_PEOPLE, HE, SHE, UNKNOWN, WE, YOU, I
from extractors.local.nouns import mention
from extractors.local.scene import Scene
from graph.language import Mention, MentionKind


def subjects(clause: Clause, scene: Scene) -> list[Mention]:
    """The mentions a clause is about, one for each of "Tom and I"; none where nobody can be told."""
    if clause.subject is None:
        return [scene.me]
    found = [mention(token, scene) for token in subject_tokens(clause) if not _is_vague(token, scene)]
    known = list(dict.fromkeys(m for m in found if m is not None))
    if clause.subject.lower_ in WE and clause.subject.i in scene.company:
        known.append(scene.company[clause.subject.i])
    return known


def _is_vague(token: Token, scene: Scene) -> bool:
    word = token.lower_
    if word in I or word in WE or word in HE or word in SHE:
        return False
    if word in YOU:
        return is_generic_you(token)
    return word in UNKNOWN or word in GENERIC_PEOPLE or scene.is_time(token)


def is_generic_you(token: Token) -> bool:
    """ "You never know": a present without a date about nobody in particular."""
    verb = token.head
    return verb.tag_ in ("VBP", "VB") and verb.lemma_ in ("know", "see", "get", "can", "need", "have", "think", "want", "feel")


def is_someone(mention_: Mention) -> bool:
    """Whether a mention is a person, an animal or a name, rather than a common noun."""
    return mention_.kind in (MentionKind.SPEAKER, MentionKind.NAME, MentionKind.FIRST_NAME) or mention_.type in ("Person", "Animal")
