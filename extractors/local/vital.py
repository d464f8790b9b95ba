"""Births and deaths with their dates: the date is what is told, so it is the object."""

from collections.abc import Iterator
from dataclasses import replace

from extractors.local.clauses import Clause
from extractors.local.dates import Role, period_in_words
from extractors.local.draft import Draft, Kind
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.opened import Frame
from extractors.local.timing import When
from extractors.local.verbs import Tense
from graph.language import Mention, MentionKind

_VITAL = {"bear": "born_on", "born": "born_on", "die": "died_on", "pass": "died_on"}


def vital(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "Lina was born on Wednesday": true ever since, so that another date told later takes its place."""
    relation = _VITAL.get(clause.phrase.lemma)
    if subject.type == "Place" and subject.text.lower() in GIVEN_NAMES:  # cities are neither born nor do they die
        subject = replace(subject, type="Person")
    if relation is None or clause.phrase.negated or (clause.phrase.lemma == "pass" and clause.phrase.particle != "away"):
        return
    if clause.phrase.tense not in (Tense.PAST, Tense.PERFECT) or subject.type not in ("Person", "Animal"):
        return
    found = next((d.found for d in frame.scene.dates.of(clause.phrase) if d.found.period and d.found.role is Role.AT), None)
    if found is not None and found.period is not None:
        words = period_in_words(found.period, found.zone).removeprefix("on ").removeprefix("in ")
        yield replace(
            frame.draft(subject, relation, Mention(MentionKind.VALUE, words, "Date"), Kind.STATE),
            when=When(start=found.period, vouched=True, dated=True),
        )
