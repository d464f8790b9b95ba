"""Facts and messages as text of a template, cut to a token budget; deterministic."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from math import log
from typing import TypeAlias

from graph.model import Episode, Tokenizer
from graph.recall.budget import Chosen, EpisodeCost, FactCost, Offer, fill, without_last
from graph.recall.lines import episode_json, episode_text, fact_json, fact_text, quote_json, quote_text
from graph.recall.pieces import FactPiece, Quote, Style

FRAME = 8
"""Tokens kept for what stands around and between the pieces."""
DEARER = 0.05
"""What a message must be better to be shown before one of a third of its length: where room is short, short ones tell more for it."""
HEADED = 40
"""Characters that a message takes besides its content: who said it, and a part of its day's heading."""


WriteFact: TypeAlias = Callable[[FactPiece, Sequence[Quote], Style], str]


@dataclass(frozen=True, slots=True)
class Template:
    """A form of the text: one fact, a quote of it, and one message (None: not shown), and how they are put together."""

    fact: WriteFact | None
    quote: Callable[[Quote, Style], str]
    episode: Callable[[Episode, Style], str] | None
    compose: Callable[[list[str], list[tuple[Episode, str]], Style], str]
    headed: bool = False
    """Days stand above their messages."""


def compose_text(facts: list[str], episodes: list[tuple[Episode, str]], style: Style) -> str:
    """Facts under a heading, then messages by day under another; a heading only where something follows."""
    blocks = [f"{style.wording.facts}:\n" + compose_facts(facts, [], style)] if facts else []
    if episodes:
        blocks.append(f"{style.wording.messages}:\n" + compose_chat([], episodes, style))
    return "\n\n".join(blocks)


def compose_facts(facts: list[str], episodes: list[tuple[Episode, str]], style: Style) -> str:
    """What several facts say in the same words ("Ann and Ben are going to move", of either) stands once."""
    return "\n".join(dict.fromkeys(facts))


def compose_chat(facts: list[str], episodes: list[tuple[Episode, str]], style: Style) -> str:
    """Messages in the order they were said, each day under its date."""
    ordered = sorted(episodes, key=lambda pair: (pair[0].instant, pair[0].uuid))
    days = groupby(ordered, key=lambda pair: day_heading(pair[0], style))
    return "\n".join(line for day, pairs in days for line in [day, *(text for _, text in pairs)])


def compose_json(facts: list[str], episodes: list[tuple[Episode, str]], style: Style) -> str:
    return f'{{"facts":[{",".join(facts)}],"episodes":[{",".join(text for _, text in episodes)}]}}'


def day_heading(episode: Episode, style: Style) -> str:
    return f"[{style.day(episode.said_at)}]"


TEMPLATES: Mapping[str, Template] = {
    "default": Template(fact_text, quote_text, episode_text, compose_text, headed=True),
    "facts": Template(fact_text, quote_text, None, compose_facts),
    "chat": Template(None, quote_text, episode_text, compose_chat, headed=True),
    "json": Template(fact_json, quote_json, episode_json, compose_json),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """`chosen` is exactly what `text` shows; `tokens` is the length of `text`."""

    text: str
    tokens: int
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class Draft:
    """All that could be shown, best first, and how."""

    facts: Mapping[str, FactPiece]
    episodes: Mapping[str, Episode]
    template: Template
    style: Style
    tokenizer: Tokenizer
    scores: Mapping[str, float] = field(default_factory=dict)
    """Of each message; without them they are taken in their order."""
    answering: Container[str] | None = None
    """The facts that say what is asked for; None: all of them."""

    def render(self, budget: int) -> Rendered:
        """The best of it as text of at most `budget` tokens."""
        frame = sum(map(self._count, (self.style.wording.facts, self.style.wording.messages))) + FRAME
        chosen = self._best_first(fill(self._offers(), self._episode_costs(), max(0, budget - frame), *self._share()))
        while True:
            text = self._compose(chosen)
            tokens = self.tokenizer.count(text)
            if tokens <= budget:
                return Rendered(text, tokens, chosen)
            if not (chosen.facts or chosen.episodes):
                return Rendered("", 0, chosen)
            chosen = without_last(chosen)

    def _best_first(self, chosen: Chosen) -> Chosen:
        shown = frozenset(chosen.episodes)
        return replace(chosen, episodes=tuple(uuid for uuid in self.episodes if uuid in shown))

    def _by_worth(self) -> list[str]:
        """By score less what the length costs."""
        if not self.scores:
            return list(self.episodes)
        worth = {uuid: self.scores[uuid] - DEARER * log(HEADED + len(episode.content)) for uuid, episode in self.episodes.items()}
        return sorted(worth, key=lambda uuid: -worth[uuid])

    def _share(self) -> tuple[float, ...]:
        return () if self.template.episode and self.episodes else (1.0,)

    def _compose(self, chosen: Chosen) -> str:
        shown = frozenset(chosen.episodes)
        facts, episodes = [], []
        if self.template.fact is not None:
            pieces = [self.facts[uuid] for uuid in chosen.facts]
            quotes = [() if uuid in chosen.bare else self.facts[uuid].quotes_outside(shown) for uuid in chosen.facts]
            facts = [self.template.fact(*pair, self.style) for pair in zip(pieces, quotes, strict=True)]
        if self.template.episode is not None:
            records = [self.episodes[uuid] for uuid in chosen.episodes]
            episodes = [(episode, self.template.episode(episode, self.style)) for episode in records]
        return self.template.compose(facts, episodes, self.style)

    def _offers(self) -> Iterator[Offer]:
        write = self.template.fact
        if write is not None:
            for uuid in self.facts:
                yield Offer(uuid, partial(self._fact_cost, write, uuid), self.answering is None or uuid in self.answering)

    def _fact_cost(self, write: WriteFact, uuid: str) -> FactCost:
        piece, quotes = self.facts[uuid], dict[str, int]()
        for quote in piece.quotes:
            cost = self._count(self.template.quote(quote, self.style))
            quotes[quote.episode or ""] = quotes.get(quote.episode or "", 0) + cost
        whole = frozenset(quote.episode for quote in piece.quotes if quote.whole and quote.episode)
        return FactCost(self._count(write(piece, (), self.style)), quotes, whole)

    def _episode_costs(self) -> Iterator[EpisodeCost]:
        write = self.template.episode
        if write is None:
            return
        headings: dict[str, int] = {"": 0}
        for uuid in self._by_worth():
            episode = self.episodes[uuid]
            day = day_heading(episode, self.style) if self.template.headed else ""
            if day not in headings:
                headings[day] = self._count(day)
            yield EpisodeCost(uuid, self._count(write(episode, self.style)), day, headings[day])

    def _count(self, text: str) -> int:
        """The tokens of a line that follows another."""
        return self.tokenizer.count(f"\n{text}")
