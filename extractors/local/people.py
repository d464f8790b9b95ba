"""Whom words stand for: pronouns by gender and recency, kin and pets by whose they are and what they are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extractors.local.given_names import GIVEN_NAMES, gender_of
from extractors.local.lexicon import FEMALE, HAVING, HE, KIN, MALE, MY, PETS, SHE, WE, YOU, I
from extractors.local.names import ANIMAL, PERSON, is_named, name_span, name_text, type_of_name
from extractors.local.namesakes import NAMING, is_called_too, namesake_in, other_of, unlike
from extractors.local.places import PLACES
from extractors.local.scene import Scene
from extractors.local.verbs import Mood, finite, predicate
from graph.language import Mention, MentionKind, Namesake

PET = "pet"


@dataclass(frozen=True, slots=True)
class Known:
    """Someone spoken of, as far as a pronoun can pick them out."""

    mention: Mention
    gender: str | None


def possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def kin_role(token: Token) -> str | None:
    """What a noun says someone is to another: `sibling` for "sister", `pet` for "cat"; None for other nouns."""
    if _is_in_title(token) or token.pos_ not in ("NOUN", "PROPN") or (token.ent_type_ == "PERSON" and not is_kin_word(token)):
        return None
    for word in (token.lower_, token.lemma_.lower()):
        if word in KIN:
            return KIN[word]
        if word in PETS:
            return PET
    return None


def _is_in_title(token: Token) -> bool:
    """ "The Baker's Daughter", "Jack's Wife Freda" are names, not someone's daughter or wife."""
    titled = token.text[0].isupper() and not token.is_sent_start
    before = [*token.lefts, *(c for c in token.head.lefts if token.dep_ == "compound" and c.i < token.i)]
    return titled and any(c.dep_ == "poss" and c.text[0].isupper() and c.lower_ not in MY for c in before)


def is_kin_word(token: Token) -> bool:
    return any(word in KIN or word in PETS for word in (token.lower_, token.lemma_.lower()))


def is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in ("kids", "children")


def owner_of(token: Token, scene: Scene) -> Mention | None:
    """Whose `token` is: "my", "Ben's", "her" resolved, also shared over "my mom and dad"."""
    possessor = next((c for c in token.children if c.dep_ == "poss"), None)
    if possessor is None and token.dep_ in ("conj", "compound", "appos"):
        possessor = next((c for c in token.head.children if c.dep_ == "poss" and c.i < token.i), None)
    if possessor is not None:
        return possessor_mention(possessor, scene)
    return _of_whom(token, scene) or _had_by(token, scene)


def _had_by(token: Token, scene: Scene) -> Mention | None:
    """ "I adopted a dog", "Jonas has a daughter": whoever comes to have someone by it."""
    verb = token.head
    if token.dep_ != "dobj" or verb.lemma_ not in HAVING or not _is_told(verb):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN"):
        return scene.me
    if subject is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    if subject.lower_ in I or subject.lower_ in WE:
        return scene.me
    return possessor_mention(subject, scene)


def _is_told(verb: Token) -> bool:
    return predicate(finite(verb)).mood == Mood.TOLD and not verb.sent.text.endswith("?")


def _of_whom(token: Token, scene: Scene) -> Mention | None:
    """ "a friend of mine", "the sister of Ben"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return scene.me if inner.lower_ == "mine" else _person_named(inner)
    return None


def _person_named(token: Token) -> Mention | None:
    found = named(token) if is_named(token) else None
    return found if found is not None and found.type == PERSON else None


def possessor_mention(token: Token, scene: Scene) -> Mention | None:
    word = token.lower_
    if word in MY:
        return scene.me
    if word in YOU or word == "your":
        return scene.you
    if word in HE or word in SHE:
        return scene.referents.get(token.i)
    if kin_role(token):
        return kin_mention(token, scene)
    return named(token) if is_named(token) else None


def named(token: Token, type: str | None = None) -> Mention:
    """The mention that a proper name makes."""
    span = name_span(token)
    text = name_text(span)
    if text.islower() and text in PLACES:
        text = text.title()
    found = type or type_of_name(text, token.ent_type_)
    short = found == PERSON and " " not in text
    namesake = namesake_in(span[0]) if found == PERSON else Namesake.ANY
    aliases = () if namesake is Namesake.ANY else (other_of(text),)
    return Mention(MentionKind.FIRST_NAME if short else MentionKind.NAME, text, found, aliases=aliases, namesake=namesake)


def kin_mention(token: Token, scene: Scene) -> Mention | None:
    """ "my sister Mia" is Mia, also known as "Anna's sister"; "my sister" is "Anna's sister"; without an owner only a name counts."""
    role = kin_role(token)
    if role is None:
        return None
    owner, name = owner_of(token, scene), kin_name(token)
    type = ANIMAL if role == PET else PERSON
    if owner is None:
        return None if name is None else Mention(MentionKind.NAME, name, type, role=None)
    if name is None or (owner == scene.you and name == owner.text):  # "your kids, John": who is spoken to is called by name
        return Mention(MentionKind.ROLE, described_as(owner, token), type, owner, None if is_plural(token) else role)
    return as_kin(Mention(MentionKind.NAME, name, type), owner, role, token)


def as_kin(found: Mention, owner: Mention, role: str, token: Token) -> Mention:
    """Who is named, as the kin of an owner that the noun `token` says."""
    return Mention(
        MentionKind.NAME,
        found.text,
        ANIMAL if role == PET else PERSON,
        owner,
        role,
        aliases=(described_as(owner, token),),
        namesake=Namesake.ANOTHER if is_called_too(token) else found.namesake,
        unlike=tuple(f"{possessive(owner.text)} {word}" for word in unlike(token.lower_)),
    )


def kin_called(token: Token, scene: Scene) -> Mention | None:
    """ "my sister Mia", by the token of the name; None where no noun beside it says whose kin that is."""
    span = name_span(token)
    beside = [c for t in span for c in t.children if c.dep_ == "appos"]
    if span.start > token.sent.start:
        beside.append(span[0].nbor(-1))
    for noun in beside:
        kin = kin_mention(noun, scene) if kin_role(noun) and not is_plural(noun) else None
        if kin is not None and kin.owner is not None and kin.text == name_text(span):
            return kin
    return None


def described_as(owner: Mention, token: Token) -> str:
    """ "Anna's older sister": the owner, the words that tell one from another, the noun."""
    telling = [c.lower_ for c in token.lefts if c.dep_ in ("amod", "compound") and not is_named(c) and c.lower_ in TELLING]
    return " ".join((possessive(owner.text), *telling, token.lower_))


TELLING = frozenset(
    "older younger elder big little youngest oldest eldest twin best guinea ex former step half foster grand great host".split()
)


def kin_name(token: Token) -> str | None:
    """What the one that `token` names by role is called, where the words around it say so."""
    for candidate in _name_places(token):
        if _is_gone_to(candidate, token):
            continue
        if candidate.text[0].isupper() and (is_named(candidate) or candidate.pos_ == "PROPN" or candidate.lower_ in GIVEN_NAMES):
            return name_text(name_span(candidate)) if is_named(candidate) else candidate.text
    return None


def _is_gone_to(name: Token, token: Token) -> bool:
    """ "In 2021 to Ghent my sister came": what stands before the noun as a place does, where nobody is called so."""
    if name.i > token.i or name.i == name.sent.start or name.lower_ in GIVEN_NAMES:
        return False
    return name.nbor(-1).lower_ in _WHERE and not any(t.text == "," for t in name.doc[name.i : token.i])


_WHERE = frozenset("to in from at near into".split())


def _name_places(token: Token) -> list[Token]:
    places = [c for c in token.children if c.dep_ == "appos" and not is_kin_word(c)]
    if token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.pos_ == "PROPN" and token.head.i == token.i + 1:
        places.append(token.head)
    if token.dep_ == "appos":
        places.append(token.head)
    if (before := _set_off(token)) is not None:
        places.append(before)
    for child in token.children:
        if child.dep_ in ("acl", "relcl") and child.lower_ in NAMING:
            places += [c for c in child.children if c.dep_ in ("oprd", "dobj", "attr", "npadvmod", "nmod", "advcl")]
            if not places and child.i + 1 < len(token.doc):
                places.append(child.nbor())
    if not places and token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN" and token.nbor().text[0].isupper():
        places.append(token.nbor())
    return places


def _set_off(token: Token) -> Token | None:
    """ "Tom, my brother, works": the name before a role between commas."""
    first, doc = token.left_edge.i, token.doc
    if first < 2 or token.i + 1 >= len(doc) or doc[first - 1].text != "," or doc[token.i + 1].text != ",":
        return None
    return doc[first - 2] if doc[first - 2].pos_ == "PROPN" and first - 2 >= token.sent.start else None


def refer(scene: Scene, known: Sequence[Known]) -> tuple[dict[int, Mention], list[Known]]:
    """Whom each he, she, his and her of the message stands for, and who has been spoken of by its end, oldest first."""
    referents: dict[int, Mention] = {}
    spoken = list(known)
    for token in scene.doc:
        gender = "m" if token.lower_ in HE else "f" if token.lower_ in SHE else None
        if gender is not None:
            found = _latest(spoken, gender, scene)
            if found is not None:
                referents[token.i] = found
            continue
        own = next((k.mention for k in spoken if is_own_namesake(k.mention, scene)), None) if token.text == scene.speaker else None
        if own is not None:
            referents[token.i] = own
            continue
        someone = _introduced(token, scene, referents)
        if someone is not None:
            spoken = [k for k in spoken if k.mention.text != someone.mention.text] + [someone]
    return referents, spoken[-12:]


def _latest(spoken: Sequence[Known], gender: str, scene: Scene) -> Mention | None:
    participants = (scene.speaker, scene.other)
    for someone in reversed(spoken):
        if someone.gender in (gender, None) and (someone.mention.text not in participants or is_own_namesake(someone.mention, scene)):
            return someone.mention
    return None


def is_own_namesake(mention: Mention, scene: Scene) -> bool:
    """ "My brother Tom", says Tom."""
    return mention.text == scene.speaker and mention.owner == scene.me


def _introduced(token: Token, scene: Scene, referents: Mapping[int, Mention]) -> Known | None:
    role = kin_role(token)
    if role is not None and not is_plural(token):
        return _kin_introduced(token, role, scene, referents)
    named_before = naming(token, referents)
    if named_before is not None:
        return named_before
    if token.ent_type_ == "PERSON" or (token.lower_ in GIVEN_NAMES and is_named(token)):
        if not is_named(token) or token.dep_ == "compound" or scene.is_time(token) or _is_whereabouts(token):
            return None
        mention = named(token)
        return Known(mention, gender_of(mention.text)) if mention.type == PERSON else None
    return None


def _is_whereabouts(token: Token) -> bool:
    """ "in Kiel": a name that the tagger takes for someone's, where only a place can stand."""
    moved = token.head.lower_ == "to" and token.head.head.lemma_ in MOVING
    return token.dep_ == "pobj" and (moved or token.head.lower_ in ("in", "near")) and token.lower_ not in GIVEN_NAMES


MOVING = frozenset("move relocate emigrate".split())


def naming(token: Token, referents: Mapping[int, Mention]) -> Known | None:
    """ "Her name is Hazel": the one meant by "her", from now on known by that name."""
    if token.dep_ not in ("attr", "oprd", "acomp") or token.pos_ != "PROPN":
        return None
    subject = next((c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    pronoun = next((c for c in subject.children if c.dep_ == "poss"), None) if subject.lower_ == "name" else subject
    is_called = token.head.lemma_ in ("call", "name")
    if pronoun is None or pronoun.i not in referents or not (subject.lower_ == "name" or is_called):
        return None
    meant = referents[pronoun.i]
    if meant.kind != MentionKind.ROLE:
        return None
    name = name_text(name_span(token)) if is_named(token) else token.text
    mention = Mention(MentionKind.NAME, name, meant.type, meant.owner, meant.role, aliases=(meant.text,))
    return Known(mention, "m" if pronoun.lower_ in HE else "f")


def _kin_introduced(token: Token, role: str, scene: Scene, referents: Mapping[int, Mention]) -> Known | None:
    mention = kin_mention(token, replace(scene, referents=referents))
    if mention is None:
        return None
    gender = (
        "f"
        if token.lower_ in FEMALE
        else "m"
        if token.lower_ in MALE
        else gender_of(mention.text)
        if mention.kind == MentionKind.NAME
        else None
    )
    return Known(mention, gender)
