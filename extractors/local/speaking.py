"""What a message tells about its speaker: their name, and who "we" takes in."""

from spacy.tokens import Token

from extractors.local.clauses import joined_before
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import NOT_NAMES, WE
from extractors.local.names import is_named, name_span, name_text
from extractors.local.nouns import mention
from extractors.local.scene import Scene
from graph.language import Mention


def speaker_name(scene: Scene) -> str | None:
    """The name a speaker gives: "I'm Anna", "my name is Anna Brown", "call me Anna"; None where it is the known one."""
    for token in scene.doc:
        if ((token.pos_ == "PROPN" and _is_own_name(token)) or _is_bare_name(token)) and token.lower_ not in NOT_NAMES:
            name = name_text(name_span(token)) if is_named(token) else token.text
            return None if name == scene.speaker else name
    return None


def _is_bare_name(token: Token) -> bool:
    """ "I'm Emily" and no more, where the parser may take the name for any other word."""
    before = [t.lower_ for t in token.sent if t.i < token.i]
    after = [t for t in token.sent if t.i > token.i and not t.is_punct]
    known = token.text[0].isupper() and token.lower_ in GIVEN_NAMES
    return known and before in (["i", "'m"], ["i", "am"]) and not after and not token.sent.text.endswith("?")


def _is_own_name(token: Token) -> bool:
    verb = token.head
    if token.i >= 2 and token.nbor(-1).lower_ == "me" and token.nbor(-2).lower_ == "call":
        return token.i == token.sent.start + 2 and not token.sent.text.endswith("?")
    if token.dep_ not in ("attr", "oprd", "acomp") or any(c.dep_ == "neg" for c in verb.children):
        return False
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    asked = token.sent.text.endswith("?") and not (verb.dep_ == "ccomp" and verb.i < verb.head.i)
    if subject is None or asked or subject.i > verb.i or verb.lemma_ not in ("be", "call", "name"):
        return False
    mine = subject.lower_ == "name" and any(c.lower_ == "my" for c in subject.children)
    named = token.ent_type_ == "PERSON" or token.lower_ in GIVEN_NAMES
    return mine or (subject.lower_ == "i" and named and not any(c.dep_ in ("det", "poss") for c in token.children))


def together(scene: Scene, before: Mention | None) -> tuple[dict[int, Mention], Mention | None]:
    """Whom each "we" takes in besides the speaker, where "Tom and I" was said before it; and whom one said later would."""
    company: dict[int, Mention] = {}
    current = before
    for token in scene.doc:
        if token.lower_ == "i" and (partner := _partner(token, scene)) is not None:
            current = partner
        elif token.lower_ in WE and token.dep_ in ("nsubj", "nsubjpass") and current is not None:
            company[token.i] = current
    return company, _partner_of_message(scene)


def _partner(token: Token, scene: Scene) -> Mention | None:
    others = [*joined_before(token), *(t for t in token.conjuncts if t.pos_ in ("PROPN", "NOUN"))]
    return mention(others[0], scene) if len(others) == 1 else None


def _partner_of_message(scene: Scene) -> Mention | None:
    found = [partner for token in scene.doc if token.lower_ == "i" and (partner := _partner(token, scene)) is not None]
    return found[-1] if found else None
