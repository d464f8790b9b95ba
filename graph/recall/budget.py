"""Fills a token budget: facts first, then the messages that carry the rest, nothing twice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

FACTS_SHARE = 0.3
"""Of the budget, how much facts may take, so that messages have room."""
BESIDE = 1 / 3
"""Of what facts may take, how much those may that are only near what is asked."""
MISSES = 5
"""After so many messages that did not fit, no smaller one is looked for; nor a fact that answers nothing."""


@dataclass(frozen=True, slots=True)
class FactCost:
    """Tokens of a fact's line, and of the quotes under it by the episode they are from."""

    line: int
    quotes: Mapping[str, int] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    """Episodes of which the quote is as good as all of it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact that may be shown, and what it costs, which is only asked for while there is room for it."""

    uuid: str
    cost: Callable[[], FactCost]
    answers: bool = True
    """Whether it says what is asked for, rather than something beside it."""


@dataclass(frozen=True, slots=True)
class EpisodeCost:
    """Tokens of an episode, and of the heading of its day, which is paid once."""

    uuid: str
    line: int
    day: str = ""
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown, best first. A fact's quotes are shown unless their episode is, or the fact is among the `bare`."""

    facts: tuple[str, ...] = ()
    episodes: tuple[str, ...] = ()
    truncated: bool = False
    bare: frozenset[str] = frozenset()


def fill(facts: Iterable[Offer], episodes: Iterable[EpisodeCost], room: int, share: float = FACTS_SHARE) -> Chosen:
    """The best of both that fit into `room` tokens, facts into a `share` of it, and those of them that answer nothing into a part of that,
    unless all messages fit beside them. Costs are only asked for while there is room.

    Messages that are quoted whole under a shown fact come last: they are shown themselves only where all others fit.
    """
    ledger = _Ledger(room, int(room * share), int(room * share * (BESIDE if share < 1 else 1)))
    complete = ledger.take_facts(facts)
    quoted: list[EpisodeCost] = []
    order: list[str] = []
    for episode in episodes:
        order.append(episode.uuid)
        if episode.uuid in ledger.whole:
            quoted.append(episode)
        elif not ledger.take(episode):
            complete = False
            if ledger.missed >= MISSES:
                break
    if ledger.missed == 0:
        for episode in quoted:
            ledger.take(episode)
        ledger.take_passed_over()
    complete = complete and not ledger.passed_over and not ledger.bare
    episodes_shown = tuple(uuid for uuid in order if uuid in ledger.episodes)
    return Chosen(ledger.shown_facts(), episodes_shown, not complete, frozenset(ledger.bare))


@dataclass(slots=True)
class _Ledger:
    left: int
    share: int
    """Of what is left, how much facts may still take."""
    beside: int
    """And of that, those that answer nothing."""
    missed: int = 0
    facts: dict[str, bool] = field(default_factory=dict)
    """By rank, with whether each is shown."""
    passed_over: list[Offer] = field(default_factory=list)
    """Those that answer nothing, for which there was no room yet."""
    bare: set[str] = field(default_factory=set)
    """Facts shown without the quotes for which there was no room."""
    episodes: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    """Episodes quoted whole under a shown fact."""
    days: set[str] = field(default_factory=set)
    refunds: dict[str, int] = field(default_factory=dict)
    """Tokens that come back when an episode is shown in place of its quotes."""

    def take_facts(self, offers: Iterable[Offer]) -> bool:
        """The first facts that fit, with their quotes; the very first may take all there is, and stands alone where its quotes do not fit.
        Whether there was room for all that answer.
        """
        for offer in offers:
            if not offer.answers and len(self.passed_over) >= MISSES:
                self._pass_over(offer)
                continue
            fact = offer.cost()
            cost = self._cost(fact)
            if self.facts and not offer.answers and cost > min(self.beside, self.left):
                self._pass_over(offer)
            elif not self.facts and fact.line <= self.left < cost:
                self.bare.add(offer.uuid)
                self._take_fact(offer.uuid, FactCost(fact.line), fact.line)
            elif cost > self.left or (self.facts and cost > self.share):
                return False
            else:
                self.beside -= 0 if offer.answers else cost
                self._take_fact(offer.uuid, fact, cost)
        return True

    def _pass_over(self, offer: Offer) -> None:
        self.passed_over.append(offer)
        self.facts[offer.uuid] = False

    def take_passed_over(self) -> None:
        """What was passed over for the messages, where these have all they need."""
        for place, offer in enumerate(self.passed_over):
            fact = offer.cost()
            cost = self._cost(fact)
            if cost > min(self.left, self.share):
                self.passed_over = self.passed_over[place:]
                return
            self._take_fact(offer.uuid, fact, cost)
        self.passed_over = []

    def shown_facts(self) -> tuple[str, ...]:
        return tuple(uuid for uuid, is_shown in self.facts.items() if is_shown)

    def _cost(self, fact: FactCost) -> int:
        return fact.line + sum(cost for episode, cost in fact.quotes.items() if episode not in self.episodes)

    def _take_fact(self, uuid: str, fact: FactCost, cost: int) -> None:
        self.left -= cost
        self.share -= cost
        self.facts[uuid] = True
        self.whole |= fact.whole
        for episode, quote in fact.quotes.items():
            self.refunds[episode] = self.refunds.get(episode, 0) + quote

    def take(self, episode: EpisodeCost) -> bool:
        """Shows the episode if it fits."""
        heading = 0 if episode.day in self.days else episode.heading
        cost = episode.line + heading - self.refunds.get(episode.uuid, 0)
        if cost > self.left:
            self.missed += 1
            return False
        self.left -= cost
        self.episodes.add(episode.uuid)
        self.days.add(episode.day)
        return True


def without_last(chosen: Chosen) -> Chosen:
    """One item less: the last message, or where there is none the last fact."""
    if chosen.episodes:
        return replace(chosen, episodes=chosen.episodes[:-1], truncated=True)
    return replace(chosen, facts=chosen.facts[:-1], truncated=True)
