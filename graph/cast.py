"""Who and what the mentions of some readings are: entities known already, new ones, and those that only a person can tell. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from graph.language import Mention, MentionKind, Namesake, Reading
from graph.model import Entity, Review, ReviewKind
from graph.ontology import Ontology
from graph.resolve import Resolution, Verdict, entity_key, first_name, is_unlike, next_key, normal, resolve
from graph.views import Candidate

UNNAMED_SPEAKER = "User"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where mentions are resolved: the group, the operation's instant, and the rules."""

    group: str
    at: datetime
    ontology: Ontology


@dataclass(frozen=True, slots=True)
class Cast:
    """`of` gives the entity of each mention; ANY mentions have none."""

    of: dict[Mention, str]
    entities: tuple[Entity, ...]
    revised: tuple[Entity, ...]
    mentions: tuple[tuple[str, str], ...]
    reviews: tuple[Review, ...]


def names_in(readings: Sequence[Reading]) -> list[str]:
    """The normalised names to look up before casting."""
    names: dict[str, None] = {}
    for reading in readings:
        for mention in _mentions(reading):
            names.update(dict.fromkeys(_names(mention)))
        if reading.speaker_name:
            names[normal(UNNAMED_SPEAKER)] = None
            names[normal(reading.speaker_name)] = None
    return list(names)


def cast(readings: Sequence[tuple[Reading, datetime]], candidates: Sequence[Candidate], scene: Scene) -> Cast:
    """Casts the mentions of readings (each with the instant it was said) in order, so that later ones meet earlier ones' entities."""
    casting = _Casting(scene, candidates)
    for reading, instant in readings:
        casting.read(reading, instant)
    return casting.done()


def _mentions(reading: Reading) -> Iterator[Mention]:
    """Every mention of a reading, owners before what they own; those of statements first, which say more of whom they mean."""
    stated = (end for statement in reading.statements for end in (statement.subject, statement.object, statement.instead_of) if end)
    for mention in (*stated, *reading.mentions):
        yield from _with_owner(mention)


def _with_owner(mention: Mention) -> Iterator[Mention]:
    if mention.owner:
        yield from _with_owner(mention.owner)
    if mention.kind is not MentionKind.ANY:
        yield mention


def _names(mention: Mention) -> Iterator[str]:
    for name in (mention.text, *mention.aliases):
        yield normal(name)
    if mention.kind in (MentionKind.NAME, MentionKind.FIRST_NAME, MentionKind.SPEAKER):
        yield normal(first_name(mention.text))


def _introduces(mention: Mention) -> bool:
    """ "I'm Kate", says someone who writes under another name: worth knowing, even if nothing else was said of them."""
    return mention.kind is MentionKind.SPEAKER and bool(mention.aliases)


@dataclass
class _Casting:
    scene: Scene
    candidates: Sequence[Candidate]
    of: dict[Mention, str] = field(default_factory=dict)
    known: dict[str, Entity] = field(default_factory=dict)
    fresh: dict[str, None] = field(default_factory=dict)
    changed: dict[str, None] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)
    links: dict[tuple[str, str], None] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    opposite: defaultdict[Mention, set[Mention]] = field(default_factory=lambda: defaultdict(set))
    by_name: defaultdict[str, dict[str, Candidate]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        for candidate in self.candidates:
            self.known[candidate.entity.uuid] = candidate.entity
            if candidate.entity.merged_into is not None:  # it is met under the names of whom it is one with
                continue
            self.by_name[candidate.name].setdefault(candidate.entity.uuid, candidate)
            if candidate.seen_at:
                self.seen[candidate.entity.uuid] = candidate.seen_at

    def read(self, reading: Reading, instant: datetime) -> None:
        if reading.speaker_name:
            self._name_speaker(reading.speaker_name)
        for told in reading.statements:
            self.opposite[told.subject].add(told.object)
            self.opposite[told.object].add(told.subject)
        stated = {end for s in reading.statements for m in (s.subject, s.object, s.instead_of) if m for end in _with_owner(m)}
        for mention in dict.fromkeys(_mentions(reading)):
            uuid = self._settle(mention, create=mention in stated or _introduces(mention))
            if uuid:
                self.seen[uuid] = instant
                self.links[reading.episode, uuid] = None

    def done(self) -> Cast:
        return Cast(
            of=self.of,
            entities=tuple(self.known[uuid] for uuid in self.fresh),
            revised=tuple(self.known[uuid] for uuid in self.changed if uuid not in self.fresh),
            mentions=tuple(self.links),
            reviews=tuple(self.reviews),
        )

    def _settle(self, mention: Mention, create: bool) -> str | None:
        if mention in self.of:
            return self.of[mention]
        resolution = self._resolve(mention)
        if resolution.verdict is Verdict.SAME and resolution.entity:
            uuid = self._learn_more(self.known[resolution.entity.uuid], mention, resolution.rename if create else None)
        elif create:
            uuid = self._create(mention, resolution)
        else:
            return None
        self.of[mention] = uuid
        return uuid

    def _resolve(self, mention: Mention) -> Resolution:
        found: dict[str, Candidate] = {}
        for name in _names(mention):
            for uuid, candidate in self.by_name[name].items():
                found.setdefault(uuid, replace(candidate, entity=self.known[uuid], seen_at=self.seen.get(uuid)))
        for uuid in self._other_ends(mention, found) | self._owners(mention, found):
            del found[uuid]
        resolution = resolve(mention, list(found.values()), self.scene.ontology)
        if resolution.verdict is Verdict.NEW and mention.kind is not MentionKind.ROLE:
            return self._unnamed_until_now(mention, list(found.values())) or resolution
        return resolution

    def _other_ends(self, mention: Mention, found: Mapping[str, Candidate]) -> set[str]:
        """ "Ada Vale is Ada's mother": who is called as the other end of a statement is someone else, unless known by this very name."""
        others = {normal(end.text) for end in self.opposite[mention]}
        names = {uuid: {normal(c.entity.name), *map(normal, c.entity.aliases)} for uuid, c in found.items()}
        return {uuid for uuid, known in names.items() if known & others and normal(mention.text) not in known}

    def _owners(self, mention: Mention, found: Mapping[str, Candidate]) -> set[str]:
        """ "Ada's mother Ada": nobody is their own relative, and nothing its own owner."""
        owner = self.of.get(mention.owner) if mention.owner else None
        return {owner} & found.keys() if owner else set()

    def _unnamed_until_now(self, mention: Mention, found: Sequence[Candidate]) -> Resolution | None:
        """ "My sister" was spoken of before, and now gets her name: the one so far known by that alias alone."""
        aliases = {normal(alias) for alias in mention.aliases}
        unnamed = [c.entity for c in found if normal(c.entity.name) in aliases]
        if len(unnamed) != 1:
            return None
        return Resolution(Verdict.SAME, unnamed[0], f"known as {unnamed[0].name!r} until now", rename=mention.text)

    def _learn_more(self, entity: Entity, mention: Mention, rename: str | None) -> str:
        name = rename or entity.name
        spoken = [mention.text, *mention.aliases, entity.name] if rename else list(mention.aliases)
        known = {normal(name), *(normal(alias) for alias in entity.aliases)}
        aliases = [*entity.aliases, *(alias for alias in dict.fromkeys(spoken) if normal(alias) not in known)]
        type_ = mention.type if self._narrower(mention.type, entity.type) else entity.type
        if (name, tuple(aliases), type_) != (entity.name, entity.aliases, entity.type):
            self._hold(replace(entity, name=name, aliases=tuple(aliases), type=type_, recorded_at=self.scene.at))
            self.changed[entity.uuid] = None
        return entity.uuid

    def _narrower(self, told: str, known: str) -> bool:
        return told != known and self.scene.ontology.is_a(told, known)

    def _create(self, mention: Mention, resolution: Resolution) -> str:
        key = entity_key(mention.text, mention.type)
        taken = {e.key for e in self.known.values() if e.key}
        entity = Entity(
            uuid=str(uuid4()),
            group=self.scene.group,
            name=mention.text,
            type=mention.type,
            key=next_key(key, taken),
            created_at=self.scene.at,
            recorded_at=self.scene.at,
            aliases=tuple(dict.fromkeys(a for a in mention.aliases if normal(a) != normal(mention.text))),
            apart=self._apart(mention) if resolution.verdict is Verdict.NEW else (),
        )
        self.fresh[entity.uuid] = None
        self._hold(entity)
        if resolution.verdict is Verdict.UNSURE:
            self._ask(entity, mention, resolution)
        return entity.uuid

    def _apart(self, mention: Mention) -> tuple[str, ...]:
        """Those of the name whom the words tell the new one apart from."""
        owner, another = self.of.get(mention.owner) if mention.owner else None, mention.namesake is not Namesake.ANY
        namesakes = (self.known[uuid] for uuid in self.by_name[normal(mention.text)])
        return tuple(e.uuid for e in namesakes if another or e.uuid == owner or is_unlike(e, mention))

    def _ask(self, entity: Entity, mention: Mention, resolution: Resolution) -> None:
        rivals = {uuid for name in _names(mention) for uuid in self.by_name[name]} | {entity.uuid}
        self.reviews.append(
            Review(
                uuid=str(uuid4()),
                group=self.scene.group,
                kind=ReviewKind.DUPLICATE,
                reason=resolution.reason,
                opened_at=self.scene.at,
                entities=tuple(sorted(rivals)),
            )
        )

    def _hold(self, entity: Entity) -> None:
        """Makes an entity known under its names to the mentions that follow."""
        self.known[entity.uuid] = entity
        names = [(entity.name, "KEY"), *((alias, "ALIAS") for alias in entity.aliases), (first_name(entity.name), "FIRST_NAME")]
        for name, matched in names:
            self.by_name[normal(name)].setdefault(entity.uuid, Candidate(normal(name), entity, matched))

    def _name_speaker(self, name: str) -> None:
        """The nameless user of a group gives a name; whoever is known by it already stays apart."""
        nameless = [self.known[uuid] for uuid in self.by_name[normal(UNNAMED_SPEAKER)]]
        spoken = Mention(MentionKind.SPEAKER, name, "Person", aliases=(UNNAMED_SPEAKER,))
        if not nameless:
            self._create(spoken, Resolution(Verdict.NEW, None, f"the user says their name is {name!r}"))
        for entity in nameless:
            if entity.name == UNNAMED_SPEAKER:
                self._learn_more(entity, spoken, rename=name)
