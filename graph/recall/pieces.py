"""What a rendered context is made of: facts with the words behind them, messages, and how times are to be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from graph.model import Assertion, Episode, Fact, FactStatus
from graph.recall.when import instant_in_words, interval_in_words
from graph.recall.wording import Wording
from graph.time import AsOf, Precision

WHOLE = 0.8
"""From this share of a message's characters on, its quote is as good as the message."""


@dataclass(frozen=True, slots=True)
class Style:
    """What every line needs: the instant, the words, the calendar, the question's terms, and which relations are events."""

    as_of: AsOf
    wording: Wording
    zone: tzinfo
    terms: tuple[str, ...] = ()
    events: frozenset[str] = frozenset()

    def day(self, at: datetime) -> str:
        """The date of a saying, in the offset it was said in."""
        return instant_in_words(at, Precision.SAID, self.wording, at.tzinfo or self.zone)

    def interval(self, fact: Fact) -> str:
        return interval_in_words(fact, self.as_of, self.wording, self.zone, fact.relation in self.events)

    def superseded(self, fact: Fact) -> bool:
        return fact.relation not in self.events and fact.status(self.as_of) is FactStatus.ENDED


@dataclass(frozen=True, slots=True)
class Quote:
    """Words behind a fact: by whom and when, and from which episode where it is from one."""

    words: str
    by: str
    said: datetime
    episode: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FactPiece:
    """A fact to show, with the names of its ends and the words it came from."""

    fact: Fact
    subject: str
    object: str
    quotes: tuple[Quote, ...] = ()

    def quotes_outside(self, episodes: frozenset[str]) -> tuple[Quote, ...]:
        """Its quotes, without those whose whole episode is shown anyway."""
        return tuple(quote for quote in self.quotes if quote.episode not in episodes)


def quotes_of(fact: Fact, assertions: Sequence[Assertion], episodes: Mapping[str, Episode]) -> tuple[Quote, ...]:
    """The first saying of a fact that has words, and where it ended the last that said so."""
    spoken = sorted((said for said in assertions if said.quote), key=lambda said: (said.said, said.uuid))
    held = [said for said in spoken if said.holds][:1]
    ended = [said for said in spoken if not said.holds][-1:] if fact.invalid_at is not None else []
    return tuple(_quote(said, episodes.get(said.episode or "")) for said in [*held, *ended])


def _quote(said: Assertion, episode: Episode | None) -> Quote:
    words = " ".join((said.quote or "").split())
    if episode is None:
        return Quote(words, said.actor, said.said, said.episode)
    return Quote(words, episode.name or episode.role or "", episode.said_at, episode.uuid, len(words) >= WHOLE * len(episode.content))
