"""Kin and pets as statements: "my sister Mia", "Pablo is my boyfriend", "her name is Hazel", "our cat is called Miso"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from extractors.local.clauses import is_question
from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import NO_MORE
from extractors.local.names import ANIMAL, PERSON, is_named
from extractors.local.nouns import conjuncts, mention
from extractors.local.people import PET, as_kin, described_as, is_plural, kin_mention, kin_role, naming, owner_of
from extractors.local.scene import Scene
from graph.language import Mention, MentionKind
from graph.ontology import Ontology

_TOLD_UNNAMED = frozenset(("child", "spouse", "partner", "sibling", "pet", "grandchild"))
"""Kin whose being there is worth knowing without a name; that someone has a mother is not."""
_BY_OWNER = frozenset(("neighbor", "partner", "spouse"))
"""Those that are told of whose they are, since they change: where everything has one value, the last one counts."""
_FORMER = frozenset(("ex", "former", "old"))


def kin(scene: Scene, ontology: Ontology) -> list[Draft]:
    """What the possessives, names and copulas of a message say of whose someone is."""
    found: dict[tuple[str, str, str], Draft] = {}
    for sentence in scene.doc.sents:
        asked = is_question(sentence)
        for token in sentence:
            for draft in _at(token, scene, ontology, asked):
                found.setdefault((draft.subject.text, draft.relation, draft.object.text), draft)
    return list(found.values())


def _at(token: Token, scene: Scene, ontology: Ontology, asked: bool) -> Iterator[Draft]:
    role = kin_role(token)
    if role is not None:
        yield from _of_kin(token, role, scene, ontology, asked)
        return
    known = naming(token, scene.referents)
    if known is not None and known.mention.owner is not None and known.mention.role and not asked:
        yield _draft(known.mention, known.mention.owner, known.mention.role, [token.head, *token.head.subtree], ontology)


def _of_kin(token: Token, role: str, scene: Scene, ontology: Ontology, asked: bool) -> Iterator[Draft]:
    owner = owner_of(token, scene)
    if owner is None or (role in ("teacher", "boss") and any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)):
        return
    if is_plural(token):
        if not asked and role in _TOLD_UNNAMED and not _is_denied(token):
            yield _several(token, owner, role, ontology)
            yield from (_draft(one, owner, role, _between(token, one), ontology) for one in _listed(token, scene, owner, role))
        return
    someone = kin_mention(token, scene)
    if someone is not None and someone.kind is MentionKind.NAME:
        yield from _unless_former(token, _draft(someone, owner, role, _between(token, someone), ontology))
    elif not asked:
        called = _called(token, scene, owner, role) or _equated(token, scene, owner, role)
        if called is not None and _is_no_more(token.head):
            yield _ended(_draft(called, owner, role, _clause(token), ontology))
        elif called is not None:
            yield from _unless_former(token, _draft(called, owner, role, _clause(token), ontology))
        elif someone is not None and role in _TOLD_UNNAMED and not _is_denied(token):
            yield from _unless_former(token, _draft(someone, owner, role, _near(token), ontology))


def _several(token: Token, owner: Mention, role: str, ontology: Ontology) -> Draft:
    """ "my kids": that there are some."""
    several = Mention(MentionKind.ROLE, described_as(owner, token), ANIMAL if role == PET else PERSON, owner)
    return Draft(several, relation_of(role, ontology), owner, f"{owner.text} has {token.lower_}", _near(token), Kind.KIN)


def _listed(token: Token, scene: Scene, owner: Mention, role: str) -> Iterator[Mention]:
    """ "two kids, Leo and Mia": each of them by name."""
    first = next((c for c in token.children if c.dep_ == "appos" and is_named(c)), None)
    for name in conjuncts(first) if first is not None else []:
        found = mention(name, scene, ANIMAL if role == PET else PERSON) if is_named(name) else None
        if found is not None and found.kind is not MentionKind.SPEAKER and found.text != owner.text:
            yield Mention(MentionKind.NAME, found.text, ANIMAL if role == PET else PERSON, owner, role)


def _near(token: Token) -> list[Token]:
    """The noun with whose it is; the verb too where that says it ("I have a sister")."""
    own = list(token.lefts)
    return [*own, token] if own and own[0].dep_ == "poss" else _clause(token)


def _unless_former(token: Token, draft: Draft) -> Iterator[Draft]:
    if not any(c.lower_ in _FORMER for c in token.lefts):
        yield draft


def _is_denied(token: Token) -> bool:
    """ "Tom isn't my husband", "we have no kids": that there is one is not said."""
    verb = token.head
    negated = verb.pos_ in ("VERB", "AUX") and token.dep_ in ("attr", "dobj") and any(c.dep_ == "neg" for c in verb.children)
    return negated or any(c.lower_ == "no" for c in token.lefts)


def _is_no_more(verb: Token) -> bool:
    """ "is no longer", "isn't ... any more"."""
    return any(c.lower_ in NO_MORE and (c.lower_ == "anymore" or c.nbor(-1).lower_ in ("any", "no")) for c in verb.children if c.i)


def _ended(draft: Draft) -> Draft:
    text = draft.text.replace(" is ", " is no longer ", 1)
    return replace(draft, text=text, holds=False, former=True)


def _draft(someone: Mention, owner: Mention, role: str, tokens: list[Token], ontology: Ontology) -> Draft:
    text = f"{someone.text} is {someone.aliases[0] if someone.aliases else described(owner, role)}"
    if someone.kind is MentionKind.ROLE:
        text = f"{owner.text} has a {someone.text.split(maxsplit=len(owner.text.split()))[-1]}"
    ordered = sorted(set(tokens), key=lambda t: t.i)
    ends = (owner, someone) if role in _BY_OWNER else (someone, owner)
    return Draft(ends[0], relation_of(role, ontology), ends[1], text, ordered, Kind.KIN)


def described(owner: Mention, role: str) -> str:
    return f"{owner.text}'{'' if owner.text.endswith('s') else 's'} {role}"


def relation_of(role: str, ontology: Ontology) -> str:
    """The relation that holds from someone to the one whose `role` they are."""
    if role == PET:
        return "pet_of"
    found = ontology.named(role)
    return found.name if found is not None else f"{role}_of"


def _between(token: Token, someone: Mention) -> list[Token]:
    """The tokens from the owner to the name."""
    words = someone.text.split()
    near = [t for t in token.sent if abs(t.i - token.i) <= 6 and (t.text in words or (t.dep_ == "poss" and t.head in (token, token.head)))]
    return [*near, token]


def _clause(token: Token) -> list[Token]:
    head = token.head
    return [t for t in head.subtree if abs(t.i - token.i) <= 15] if head.pos_ in ("VERB", "AUX") else [token, head]


def _called(token: Token, scene: Scene, owner: Mention, role: str) -> Mention | None:
    """ "Our cat is called Miso", "my sister's name is Mia", "my sister is Mia"."""
    verb, subject = token.head, token
    if token.dep_ == "poss" and verb.lower_ == "name":
        subject, verb = verb, verb.head
    if subject.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in ("be", "call", "name"):
        return None
    name = next((c for c in verb.children if c.dep_ in ("attr", "oprd", "dobj", "acomp") and c.pos_ == "PROPN" and c.i > verb.i), None)
    if name is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    found = mention(name, scene, ANIMAL if role == PET else PERSON)
    return _namely(name, found, owner, role, token) if found is not None else None


def _equated(token: Token, scene: Scene, owner: Mention, role: str) -> Mention | None:
    """ "Pablo is my boyfriend"."""
    verb = token.head
    if token.dep_ != "attr" or verb.lemma_ != "be" or any(c.tag_ == "MD" for c in verb.children):
        return None
    if any(c.dep_ == "neg" for c in verb.children) and not _is_no_more(verb):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or (not is_named(subject) and subject.i not in scene.referents):
        return None
    found = mention(subject, scene, ANIMAL if role == PET else PERSON)
    if (
        found is None
        or (found.text == owner.text and not is_named(subject))
        or (subject.i in scene.referents and found.kind is MentionKind.ROLE)
    ):
        return None
    return _namely(subject, found, owner, role, token)


def _namely(name: Token, found: Mention, owner: Mention, role: str, token: Token) -> Mention:
    """Whoever is named as kin; the speaker only where nobody else of this name can be meant: "Tom is my brother", says Tom."""
    if found.kind is MentionKind.SPEAKER and not (is_named(name) and owner == found):
        return found
    return as_kin(found, owner, role, token)
