"""The local extractor: English chat messages read by a parser and rules, without a network."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from spacy.tokens import Doc

from extractors.local.additions import without_additions
from extractors.local.called_off import called_off
from extractors.local.clauses import clauses
from extractors.local.clauses_apart import told_in_two
from extractors.local.corrections import corrected
from extractors.local.deaths import is_death
from extractors.local.draft import Draft, Kind
from extractors.local.ellipsis import spelt_out
from extractors.local.gate import passes
from extractors.local.kinship import kin
from extractors.local.language import looks_english
from extractors.local.mentions import mentions
from extractors.local.namesakes import is_same
from extractors.local.nlp import load
from extractors.local.normalise import Normalised, normalise
from extractors.local.people import Known, refer
from extractors.local.phrasings import Phrasings
from extractors.local.plain import is_biography, plain, worded
from extractors.local.possessions import possessions
from extractors.local.rather import told_apart
from extractors.local.readings import read_clause
from extractors.local.redated import redated
from extractors.local.remarks import Heard
from extractors.local.rewrite import statements as rewritten_statements
from extractors.local.scene import Scene
from extractors.local.speaking import speaker_name, together
from extractors.local.there import placed
from extractors.local.timing import dates_in
from graph.language import Excerpt, Mention, MentionKind, Reading, Statement
from graph.model import Episode, EpisodeKind
from graph.ontology import Ontology, load_ontology

UNNAMED = "User"
"""Who a user is called that gave no name."""
LOOKED_BACK = 4
"""How many earlier episodes are read again, for pronouns and corrections to refer to."""
REMEMBERED = 24
"""How many earlier readings a correction is compared with."""


class LocalExtractor:
    """Reads English messages of the roles `learn_from`, and text documents; anything else gives an empty Reading."""

    name = "local"

    def __init__(self, ontology: Ontology | None = None, learn_from: Sequence[str] = ("user",)) -> None:
        self.ontology = ontology or load_ontology()
        self.phrasings = Phrasings(self.ontology)
        self.learn_from = tuple(learn_from)
        self._parses: dict[tuple[str, str], tuple[Normalised, Doc]] = {}
        """Of the last episodes read: the next ones of their session look back at them."""

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        """One Reading for each of `excerpt.episodes`, in order. Raises ModelUnavailable where no parser is installed."""
        return await asyncio.to_thread(self._read, excerpt)

    def _read(self, excerpt: Excerpt) -> list[Reading]:
        earlier = list(excerpt.before)[-LOOKED_BACK:]
        talk = Talk(self, excerpt)
        readings = [talk.read(episode, parsed) for episode, parsed in self._parsed([*earlier, *excerpt.episodes])]
        return readings[len(earlier) :]

    def _parsed(self, episodes: Sequence[Episode]) -> Iterator[tuple[Episode, tuple[Normalised, Doc] | None]]:
        """Each episode with its text as parsed, None for those that are not read."""
        known = {e.uuid: self._parses[e.uuid, e.content] for e in episodes if (e.uuid, e.content) in self._parses}
        texts = {
            e.uuid: told_apart(told_in_two(spelt_out(normalise(e.content)))) for e in episodes if e.uuid not in known and self._is_read(e)
        }
        docs = load().pipe([text.text for text in texts.values()]) if texts else iter(())
        known |= {uuid: (text, doc) for (uuid, text), doc in zip(texts.items(), docs, strict=True)}
        self._parses = {(e.uuid, e.content): known[e.uuid] for e in episodes[-LOOKED_BACK:] if e.uuid in known}
        return ((episode, known.get(episode.uuid)) for episode in episodes)

    def _is_read(self, episode: Episode) -> bool:
        if episode.kind is EpisodeKind.JSON:
            return False
        told = episode.kind is EpisodeKind.TEXT or episode.role in self.learn_from
        return told and looks_english(episode.content)


class Talk:
    """Consecutive messages as they are read one after the other: who was spoken of, and what was said."""

    def __init__(self, extractor: LocalExtractor, excerpt: Excerpt) -> None:
        self.ontology = extractor.ontology
        self.phrasings = extractor.phrasings
        self.excerpt = excerpt
        heard = [*excerpt.before, *excerpt.episodes]
        silent = {e.name for e in heard if e.role is not None and e.role not in extractor.learn_from}
        self.speakers = [
            name for name in dict.fromkeys([*excerpt.speakers, *(e.name for e in heard if e.role)]) if name and name not in silent
        ]
        self.known: list[Known] = []
        self.company: Mention | None = None
        self.told: list[Draft] = []
        self.heard: list[Heard] = []

    def read(self, episode: Episode, parsed: tuple[Normalised, Doc] | None) -> Reading:
        if parsed is None:
            self.heard = [*self.heard, Heard(episode.content)][-LOOKED_BACK:]
            return Reading(episode.uuid)
        scene = self._scene(episode, *parsed)
        drafts = [draft for draft in self._drafts(scene) if passes(draft, scene)]
        drafts = called_off(without_additions(drafts, self.told, self.ontology), scene, self.told, self.ontology)
        self.told = [*self.told, *drafts][-REMEMBERED:]
        self.heard = [*self.heard, Heard(episode.content, scene, drafts)][-LOOKED_BACK:]
        stated = [draft.statement(scene) for draft in drafts if episode.role is not None or not _is_first_person(draft)]
        ends = {end.text for statement in stated for end in (statement.subject, statement.object)}
        others = tuple(mention for mention in mentions(scene) if mention.text not in ends)
        name = speaker_name(scene) if episode.role else None
        if name is not None and episode.name:
            others = (replace(scene.me, aliases=(name,)), *others)
        return Reading(episode.uuid, tuple(_distinct(stated)), others, None if episode.name else name)

    def _scene(self, episode: Episode, text: Normalised, doc: Doc) -> Scene:
        speaker = episode.name or UNNAMED
        others = [name for name in self.speakers if name != speaker]
        at = self._at(episode.said_at)
        scene = Scene(speaker, others[0] if len(others) == 1 and episode.role else None, at, doc, episode.content, text, dates_in(doc, at))
        referents, self.known = refer(scene, self.known)
        scene = replace(scene, referents=referents)
        company, self.company = together(scene, self.company)
        return replace(scene, company=company)

    def _at(self, said: datetime) -> datetime:
        """When it was said, in the calendar of the message, or of the group where the message has none."""
        zone = self.excerpt.zone
        return said.astimezone(zone) if zone is not None and not said.utcoffset() else said

    def _told(self, scene: Scene) -> list[Draft]:
        """What a message tells by itself, whatever it takes back of what was told before."""
        drafts = [*kin(scene, self.ontology), *possessions(scene)]
        for clause in clauses(scene):
            drafts += [draft for draft in read_clause(clause, scene, self.ontology) if is_death(draft, scene)]
        drafts = self._with_plain(drafts, scene)
        return [d for d in drafts if d.relation != "named" or not (d.subject.role or d.subject == scene.me)]

    def _drafts(self, scene: Scene) -> list[Draft]:
        drafts = corrected(placed(self._told(scene), scene, self.told, self.heard), scene, self.told, self.heard, self.ontology)
        return redated(drafts, scene, self.heard, self._reread)

    def _reread(self, scene: Scene, text: str) -> list[Draft]:
        """What a message would have told, had it said `text`."""
        normalised = normalise(text)
        doc = load()(normalised.text)
        again = Scene(scene.speaker, scene.other, scene.at, doc, text, normalised, dates_in(doc, scene.at))
        referents, _ = refer(again, self.known)
        again = replace(again, referents=referents)
        return [draft for draft in self._told(again) if passes(draft, again)]

    def _with_plain(self, drafts: list[Draft], scene: Scene) -> list[Draft]:
        """Plain sentences of record instead of what clauses made of them; in words of their own only where clauses say nothing sure."""
        of_record = [draft for draft in plain(scene, self.ontology, self.phrasings) if is_death(draft, scene)]
        if of_record:
            read = {token.i for draft in of_record for token in draft.tokens}
            return [*of_record, *(draft for draft in drafts if read.isdisjoint(token.i for token in draft.tokens))]
        kept = [draft for draft in drafts if passes(draft, scene)]
        if not is_biography(scene) and any(draft.kind not in (Kind.WORLD, Kind.OPEN) or not draft.holds for draft in kept):
            return drafts
        own = worded(scene, self.ontology)
        return (
            drafts if own is None or not is_death(own, scene) or any(_says_as_much(draft, own, self.ontology) for draft in kept) else [own]
        )


def _says_as_much(draft: Draft, own: Draft, ontology: Ontology) -> bool:
    """Whether it says a known relation of the same two ends, or of an office ("harbour master of Port Vale") who holds it."""
    ends, others = ({each.subject.text, each.object.text} for each in (draft, own))
    office = draft.relation == "held_by" and own.subject.text in draft.subject.text and draft.object.text == own.object.text
    return draft.holds and draft.relation in ontology.relations and (ends == others or office)


def _is_first_person(draft: Draft) -> bool:
    """Documents have no speaker: what they say of "I" is nobody's."""
    ends = (draft.subject, draft.object, draft.subject.owner, draft.object.owner)
    return any(end is not None and end.kind is MentionKind.SPEAKER for end in ends)


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Each triple once, as first said."""
    kept: list[Statement] = []
    for statement in statements:
        if not any(_says_again(statement, before) for before in kept):
            kept.append(statement)
    return kept


def _says_again(one: Statement, other: Statement) -> bool:
    same = (one.relation, one.holds) == (other.relation, other.holds)
    return same and is_same(one.subject, other.subject) and is_same(one.object, other.object)


def statements(text: str, speaker: str, at: datetime, others: Sequence[str] = ()) -> list[str]:
    """All of a message as third-person statements, before any gate: what `speaker` said to `others` at `at`."""
    normalised = normalise(text)
    doc = load()(normalised.text)
    scene = Scene(speaker, others[0] if len(others) == 1 else None, at, doc, text, normalised, dates_in(doc, at))
    referents, _ = refer(scene, ())
    return rewritten_statements(replace(scene, referents=referents))
