"""Whether a mention is an entity known already, a new one, or unsure: by names and aliases, never by likeness alone. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from graph.errors import BadInput
from graph.language import Mention, MentionKind, Namesake
from graph.model import Entity
from graph.ontology import Ontology
from graph.views import Candidate

PERSON = "Person"
"""The type of those who may be meant by a first name alone."""


class Verdict(StrEnum):
    SAME = "SAME"
    NEW = "NEW"
    UNSURE = "UNSURE"


@dataclass(frozen=True, slots=True)
class Resolution:
    """`rename`: the longer name by which the entity is known from now on."""

    verdict: Verdict
    entity: Entity | None
    reason: str
    rename: str | None = None


_PUNCTUATION = re.compile(r"((?<!\w)-(?=\d)|(?<=\d)[.,:/](?=\d))|[^\w'+#&%$€£]|_")
"""Whatever is no part of a name; the first group is what makes a number another number, and stays."""


@lru_cache(32_768)  # the same few names are compared again and again
def normal(name: str) -> str:
    """A name as names are compared: NFKC, case folded, punctuation and space as one blank; the name itself where nothing is left."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).replace("\u2019", "'")
    words = _PUNCTUATION.sub(lambda found: found[1] or " ", folded)
    return " ".join(words.split()) or " ".join(folded.split())


def first_name(name: str) -> str:
    """The first word of a name."""
    return name.split()[0] if name.split() else name


def is_called(entity: Entity, name: str) -> bool:
    """Whether that is its name or an alias of it, in any case."""
    return normal(name) in {normal(known) for known in (entity.name, *entity.aliases)}


def other_name(entity: Entity, name: str, field: str) -> BadInput:
    """For an id and a name that were given together."""
    message = f"the id is that of {entity.name!r}, which is not called {name!r}"
    return BadInput(message, hint="Give the id or the name, or both of one entity.", field=field)


def distinct(names: Iterable[str], but: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in their order, each once however it is written, without those of `but`."""
    known = {normal(name) for name in but}
    found: dict[str, str] = {}
    for name in names:
        if normal(name) not in known:
            found.setdefault(normal(name), name)
    return tuple(found.values())


def entity_key(name: str, type: str) -> str:
    """What makes an entity one of its kind in its group."""
    return f"{normal(name)}|{type}"


def next_key(key: str, taken: Collection[str]) -> str:
    """The key itself, or for a namesake the first of key#2, key#3, ... that is free."""
    number = 1
    while (numbered := key if number == 1 else f"{key}#{number}") in taken:
        number += 1
    return numbered


def resolve(mention: Mention, candidates: Sequence[Candidate], ontology: Ontology) -> Resolution:
    """Which of the candidates (all that share a name with it) the mention is; UNSURE where it may be several, never by likeness."""
    compatible = [c for c in candidates if ontology.compatible(mention.type, c.entity.type) and not is_unlike(c.entity, mention)]
    if mention.namesake is not Namesake.ANY:
        return _another(mention, compatible)
    if mention.kind is MentionKind.SPEAKER:
        compatible = [c for c in compatible if _is_person(c)]
    exact, alias = (_called(compatible, mention.text, matched) for matched in ("KEY", "ALIAS"))
    short = [c for c in alias if _is_first_name(mention.text, c.entity)]
    called = _own_key(exact, mention) or _of_type(exact, mention) or [c for c in alias if c not in short]
    if found := _chosen(called, mention, "of this name"):
        return found
    return _by_part(mention, compatible) or Resolution(Verdict.NEW, None, f"nothing is known as {mention.text!r}")


def is_unlike(entity: Entity, mention: Mention) -> bool:
    """Whether it is known as what the mention cannot be: "Ada's daughter", where Ada's mother is meant."""
    return bool(mention.unlike) and not {normal(alias) for alias in entity.aliases}.isdisjoint(map(normal, mention.unlike))


def _another(mention: Mention, candidates: Sequence[Candidate]) -> Resolution:
    """Whoever was told apart before in the same words, else someone new; unsure where several of the name may be meant.

    "Another Ada" is the one of this session; "the other Ada" and "my aunt, another Ada" may have been told of long ago.
    """
    akin = [c for c in candidates if _akin(c, mention)]
    told = [c for c in akin if c.seen_at is not None or mention.owner or mention.namesake is Namesake.OTHER]
    if len(told) == 1:
        return Resolution(Verdict.SAME, told[0].entity, f"the other one of this name: {mention.text!r}")
    named = {c.entity.uuid: c.entity for c in candidates if c.name == normal(mention.text)}
    if len(named) > 1:
        return Resolution(Verdict.UNSURE, None, f"{mention.text!r} may be any of several of this name")
    return Resolution(Verdict.NEW, None, f"said to be another {mention.text!r}")


def _called(candidates: Sequence[Candidate], name: str, matched: str) -> list[Candidate]:
    return [c for c in candidates if c.matched == matched and c.name == normal(name)]


def _own_key(exact: Sequence[Candidate], mention: Mention) -> list[Candidate]:
    """Of namesakes, the first one of the name is who speaks under it."""
    return [c for c in exact if mention.kind is MentionKind.SPEAKER and c.entity.key == entity_key(mention.text, c.entity.type)]


def _of_type(exact: Sequence[Candidate], mention: Mention) -> list[Candidate]:
    """Those of exactly the mention's type before those of another that it may be."""
    return [c for c in exact if c.entity.type == mention.type] or list(exact)


def _is_first_name(name: str, entity: Entity) -> bool:
    """Whether it is a person's given name alone, which others may have too."""
    return entity.type == PERSON and normal(entity.name) != normal(name) == normal(first_name(entity.name))


def _by_part(mention: Mention, candidates: Sequence[Candidate]) -> Resolution | None:
    """A given name for a longer one, or a longer one for what was only a given name."""
    given = normal(first_name(mention.text))
    if mention.kind in (MentionKind.THING, MentionKind.VALUE, MentionKind.ROLE):
        return None
    if normal(mention.text) == given:
        if mention.kind is MentionKind.NAME and mention.type != PERSON:  # "Tern", beside a "Tern Vale" who may be a person
            return None
        return _chosen([c for c in candidates if c.name == given and _is_first_name(given, c.entity)], mention, "with this first name")
    people = {c.entity.uuid: c for c in candidates if _is_person(c)}
    namesakes = [c for c in people.values() if normal(first_name(c.entity.name)) == given]
    bare = [c for c in namesakes if not _has_surname(c.entity) and not _apart(c, mention)]
    alike = [c for c in bare if _akin(c, mention)]
    known = alike or (bare if len(namesakes) == 1 and mention.type == PERSON else [])
    if mention.kind is MentionKind.SPEAKER or len(known) != 1:
        return None
    return Resolution(Verdict.SAME, known[0].entity, f"known by the first name {known[0].entity.name!r} until now", rename=mention.text)


def _has_surname(entity: Entity) -> bool:
    given = normal(first_name(entity.name))
    return any(normal(name).startswith(f"{given} ") for name in (entity.name, *entity.aliases))


def _is_person(candidate: Candidate) -> bool:
    return candidate.entity.type == PERSON


def _akin(candidate: Candidate, mention: Mention) -> bool:
    """Whether both are known as the same ("Ada's cousin"): the second piece of evidence beside a shared name."""
    return not {normal(a) for a in candidate.entity.aliases}.isdisjoint(normal(a) for a in mention.aliases)


def _apart(candidate: Candidate, mention: Mention) -> bool:
    """Whether each is known as something, and not as the same: "Ada's cousin" Leo, and Leo, "Bo's colleague"."""
    return bool(candidate.entity.aliases and mention.aliases) and not _akin(candidate, mention)


def _chosen(found: Sequence[Candidate], mention: Mention, how: str) -> Resolution | None:
    """The only one, else the one known as the same, else the one last spoken of in this session; otherwise unsure."""
    if not found:
        return None
    akin = [c for c in found if _akin(c, mention)]
    if len(akin) == 1 or len(found) == 1:
        one = (akin or found)[0]
        return Resolution(Verdict.SAME, one.entity, f"the only one {how}: {mention.text!r}")
    seen = [c for c in akin or found if c.seen_at is not None]
    if seen:
        last = max(seen, key=lambda c: (c.seen_at is not None and c.seen_at.timestamp(), c.entity.uuid))
        return Resolution(Verdict.SAME, last.entity, f"the one {how} last spoken of: {mention.text!r}")
    named = ", ".join(sorted(c.entity.name for c in found))
    return Resolution(Verdict.UNSURE, None, f"{mention.text!r} may be any of several {how}: {named}")
