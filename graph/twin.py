"""Two entities of near names, which may be one: what else is known of both decides, and where that does not, a person. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from graph.model import Entity, Episode, Fact
from graph.ontology import ANY_TYPE, Ontology, Side
from graph.resolve import PERSON, Verdict
from graph.spelling import Nearness, differing, is_one_given, is_proper, likeness, near_keys, nearness

TELLING = (PERSON, "Animal", "Organization", "Building", "Work", "Event")
"""Types of which two that share one are seldom two; a city, a food or a pastime many share."""
_PARENTS = ("parent_of", "child_of", "has_mother", "mother_of", "has_father", "father_of")
KIN = frozenset((*_PARENTS, "sibling_of", "grandparent_of", "grandchild_of", "relative_of"))
"""What brothers and sisters share: no evidence that they are one."""
SAME_SENSE = 0.8
"""The cosine from which on names mean about the same."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two entities by uuid, and the names of theirs that are near."""

    one: str
    other: str
    names: tuple[str, str]
    how: Nearness


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entity: the facts that touch it, and the messages that name it."""

    entity: Entity
    facts: Sequence[Fact] = ()
    episodes: Sequence[Episode] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two have in common, in words without content, since these outlive what is forgotten: `strong` is seldom by chance;
    `session`: both were
    spoken of in one; `contrary` cannot be of one; `told_apart`: someone spoke of both at once. `facts` are those it rests on.
    """

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    told_apart: bool = False
    facts: tuple[str, ...] = ()


def pairs(touched: Sequence[Entity], found: Iterable[Entity], ontology: Ontology) -> list[Near]:
    """The pairs of near names among those of whom something was just told, and between them and those that were found."""
    all_ = {e.uuid: e for e in (*found, *touched)}
    keys = {e.uuid: set(near_keys(e.name, e.type)) for e in all_.values()}
    met: dict[frozenset[str], Near] = {}
    for one in touched:
        for other in all_.values():
            near = None if keys[one.uuid].isdisjoint(keys[other.uuid]) else _near(one, other, ontology)
            if near is not None:
                met.setdefault(frozenset((near.one, near.other)), near)
    return list(met.values())


def _near(one: Entity, other: Entity, ontology: Ontology) -> Near | None:
    ends = tuple(sorted((one.merged_into or one.uuid, other.merged_into or other.uuid)))
    if ends[0] == ends[1] or are_apart(one, other) or not ontology.compatible(one.type, other.type):
        return None
    type_ = one.type if ontology.is_a(one.type, other.type) else other.type
    how = nearness(one.name, other.name, type_)
    return Near(ends[0], ends[1], (one.name, other.name), how) if how else None


def are_apart(one: Entity, other: Entity) -> bool:
    """Whether a person said that they are two."""
    return other.uuid in one.apart or one.uuid in other.apart


def review_of(one: str, other: str) -> str:
    """The one review that may ask about two: what was answered is not asked again."""
    return str(uuid5(NAMESPACE_OID, "|".join(sorted((one, other)))))


def evidence(one: Known, other: Known, ends: Mapping[str, Entity], ontology: Ontology) -> Evidence:
    """What their facts and messages tell; `ends` are the entities at the other ends of the facts."""
    ours, theirs = _links(one, ontology), _links(other, ontology)
    shared = [link for link in ours if link in theirs and link[2] in ends and link[0] not in KIN]
    strong = [link for link in shared if _is_telling(link, ends[link[2]], ontology)]
    contrary = _contrary(one, other, ontology)
    sessions = {e.session for e in one.episodes if e.session} & {e.session for e in other.episodes if e.session}
    return Evidence(
        strong=tuple(_words(link, ontology) for link in strong),
        weak=tuple(_words(link, ontology) for link in shared if link not in strong),
        session=("both were spoken of in one session",) if sessions else (),
        contrary=tuple(_contrast(fact.relation, ontology) for fact, _ in contrary),
        facts=tuple(
            dict.fromkeys((*(f.uuid for link in shared for f in (ours[link], theirs[link])), *(f.uuid for pair in contrary for f in pair)))
        ),
    )


Link = tuple[str, bool, str]
"""A relation, whether the entity is its subject, and who is at the other end."""


def _links(known: Known, ontology: Ontology) -> dict[Link, Fact]:
    found: dict[Link, Fact] = {}
    for fact in known.facts:
        is_subject = fact.subject == known.entity.uuid
        other = fact.object if is_subject else fact.subject
        found.setdefault((fact.relation, is_subject or ontology.relation(fact.relation).symmetric, other), fact)
    return found


def _is_telling(link: Link, end: Entity, ontology: Ontology) -> bool:
    """By its type or, where that is not known well, by what such a relation leads to ("works at")."""
    relation, is_subject, _ = link
    expected = ontology.relation(relation).object if is_subject else ontology.relation(relation).subject
    types = (end.type,) if ontology.is_a(end.type, "City") or ontology.is_a(end.type, "Region") else (end.type, *expected)
    return is_proper(end.name) and any(ontology.is_a(type_, telling) for type_ in types for telling in TELLING)


def _contrary(one: Known, other: Known, ontology: Ontology) -> list[tuple[Fact, Fact]]:
    """Facts of which one entity has one at a time, and these two others."""
    ours, theirs = ([f for f in known.facts if _is_single(f, known.entity, ontology)] for known in (one, other))
    return [(f, g) for f in ours for g in theirs if f.relation == g.relation and f.object != g.object and _meet(f, g)]


def _is_single(fact: Fact, entity: Entity, ontology: Ontology) -> bool:
    return fact.subject == entity.uuid and ontology.relation(fact.relation).exclusive is Side.SUBJECT


def _meet(one: Fact, other: Fact) -> bool:
    return (one.invalid_at is None or other.valid_at < one.invalid_at) and (other.invalid_at is None or one.valid_at < other.invalid_at)


def _words(link: Link, ontology: Ontology) -> str:
    relation, is_subject, _ = link
    return (
        f"the same is said of both{_label(relation, ontology)}"
        if is_subject
        else f"both are said to be that of the same{_label(relation, ontology)}"
    )


def _contrast(relation: str, ontology: Ontology) -> str:
    return f"but of one that is different{_label(relation, ontology)}"


def _label(relation: str, ontology: Ontology) -> str:
    """Of a relation that no ontology knows the name is made of the words that were said, which may have to be forgotten."""
    known = ontology.relations.get(relation)
    return f" ({known.label})" if known else ""


@dataclass(frozen=True, slots=True)
class Twin:
    """`meant` is the cosine of the names' embeddings, where both have one."""

    near: Near
    type: str
    evidence: Evidence
    meant: float | None = None

    def verdict(self) -> Verdict:
        """SAME with enough in common, UNSURE where that asks for a person, NEW (two) where nothing speaks for one."""
        how, known = self.near.how, self.evidence
        if known.told_apart:
            return Verdict.NEW
        if known.contrary or how in (Nearness.NEAR, Nearness.SENSE):
            in_sense = how is not Nearness.SENSE or (self.meant or 0.0) >= SAME_SENSE
            return Verdict.UNSURE if known.strong and in_sense else Verdict.NEW
        return Verdict.SAME if self._is_confirmed() else Verdict.UNSURE

    def _is_confirmed(self) -> bool:
        """Of things a slip of a letter, or several words in other spellings, need more than one spelled otherwise."""
        if self.type in (PERSON, ANY_TYPE):
            return self._is_one_person()
        strong, weak = len(self.evidence.strong), len(self.evidence.weak) + len(self.evidence.session)
        if self.near.how is Nearness.SLIP or differing(*self.near.names) > 1:
            return strong >= 2 or (strong == 1 and weak >= 1)
        return strong >= 1 or weak >= 2

    def _is_one_person(self) -> bool:
        """Never by a given name alone, which many have; of whom it is not known what they are, they may be people."""
        strong, session = len(self.evidence.strong), bool(self.evidence.session)
        enough = strong >= 2 or (strong == 1 and session)
        return enough and self.near.how is Nearness.SOUND and is_one_given(*self.near.names)

    def reason(self) -> str:
        one, other = self.near.names
        alike = f"{one!r} and {other!r} are {HOW[self.near.how]} ({likeness(one, other):.0%} of the letters)"
        meant = f", and alike in meaning ({self.meant:.2f})" if self.meant is not None and self.near.how is Nearness.SENSE else ""
        known = self.evidence
        shared = (*known.strong, *known.weak, *known.session) or ("nothing else is known of both",)
        return "; ".join((alike + meant, *shared, *known.contrary))


HOW = {
    Nearness.SOUND: "one name in two spellings",
    Nearness.SLIP: "one letter apart",
    Nearness.NEAR: "spelled alike",
    Nearness.SENSE: "names with a word in common",
}
