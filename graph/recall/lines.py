"""One fact or message as a line of text, or as an object for a program to read."""

import json
from collections.abc import Sequence

from graph.model import Episode
from graph.recall.passage import passage
from graph.recall.pieces import FactPiece, Quote, Style


def fact_text(piece: FactPiece, quotes: Sequence[Quote], style: Style) -> str:
    """The fact in words, its interval, and below it the words it came from."""
    mark = f" [{style.wording.ended}]" if style.superseded(piece.fact) else ""
    line = f"- {_in_one_line(piece.fact.text).rstrip(' .')} ({style.interval(piece.fact)}){mark}"
    return "\n".join([line, *(quote_text(quote, style) for quote in quotes)])


def quote_text(quote: Quote, style: Style) -> str:
    by = _in_one_line(quote.by)
    source = f"{by}, {style.day(quote.said)}" if by else style.day(quote.said)
    return f'  "{_in_one_line(quote.words)}" - {source}'


def episode_text(episode: Episode, style: Style) -> str:
    """Who said what; of a long text the passage that the question needs. Further lines are set in, so that none passes for another
    message.
    """
    content = passage(episode.content.strip(), style.terms, style.wording.cut)
    said = "\n  ".join(content.splitlines())
    speaker = _in_one_line(episode.name or episode.role or "")
    return f"{speaker}: {said}" if speaker else said


def _in_one_line(text: str) -> str:
    """What people are called and what is believed comes from messages: a line break in it would begin a line of our own."""
    return " ".join(text.split())


def fact_json(piece: FactPiece, quotes: Sequence[Quote], style: Style) -> str:
    fact, end = piece.fact, piece.fact.end_as_known(style.as_of.known)
    return _dump(
        {
            "text": fact.text,
            "subject": piece.subject,
            "relation": fact.relation,
            "object": piece.object,
            "when": style.interval(fact),
            "validAt": fact.valid_at.isoformat(),
            "invalidAt": end.isoformat() if end else None,
            "status": fact.status(style.as_of),
            "quotes": [_quote_value(quote) for quote in quotes],
        }
    )


def quote_json(quote: Quote, style: Style) -> str:
    return _dump(_quote_value(quote))


def _quote_value(quote: Quote) -> dict[str, object]:
    return {"words": quote.words, "by": quote.by, "saidAt": quote.said.isoformat()}


def episode_json(episode: Episode, style: Style) -> str:
    content = passage(episode.content, style.terms, style.wording.cut)
    return _dump({"by": episode.name or episode.role, "saidAt": episode.said_at.isoformat(), "content": content})


def _dump(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
