"""Chat spelling turned into the English that a parser knows, with the way back to the words as they were written."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extractors.local.repairs import slips
from extractors.local.slang import BY_NEIGHBOUR, CONTRACTIONS, DOUBLED, EMOTICON, SLANG

LINK = "link"
"""Stands for a web address: a noun, so that the sentence around it still parses."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a text give way to `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text, and for each of its characters where the original words behind it start and end."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original behind `text[start:end]`; whole words where the spelling of a word was changed."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.ends[-1] if self.ends else 0
            return at, at
        return self.starts[start], self.ends[min(end, len(self.ends)) - 1]

    def edited(self, edits: Iterable[Edit]) -> "Normalised":
        """The text after `edits`, which come in order and do not overlap."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for edit in edits:
            text += self.text[done : edit.start], edit.words
            starts += self.starts[done : edit.start]
            ends += self.ends[done : edit.start]
            first, last = self.original_span(edit.start, edit.end)
            starts += [first] * len(edit.words)
            ends += [last] * len(edit.words)
            done = edit.end
        if not text:
            return self
        return Normalised("".join((*text, self.text[done:])), (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


def normalise(text: str) -> Normalised:
    """`text` with quotes straight, links and emoji gone, contractions and slang spelt out, and drawn-out letters shortened."""
    count = len(text)
    normalised = Normalised(text, tuple(range(count)), tuple(range(1, count + 1)))
    for edits in PASSES:
        normalised = normalised.edited(edits(normalised.text))
    return normalised


_CHARACTER = re.compile(
    "[\u2018\u2019\u02bc\u00b4`\u201c\u201d\u201e«»\u2026\u00a0\u2007\u202f]|&amp;|&lt;|&gt;|&quot;|&#39;|(?<=\\s)[&+](?=\\s)"
)
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e«»", '"'),
    **dict.fromkeys("\u00a0\u2007\u202f", " "),
    "\u2026": "...",
    "&amp;": "and",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&": "and",
    "+": "and",
}


def characters(text: str) -> Iterator[Edit]:
    """Quotes straight, and &amp; -> and"""
    for match in _CHARACTER.finditer(text):
        yield Edit(match.start(), match.end(), _PLAIN[match[0]])


_LINK = re.compile(r"<?\b(?:https?://|www\.)[^\s<>]*[^\s<>.,!?;:'\")\]]>?", re.IGNORECASE)


def links(text: str) -> Iterator[Edit]:
    """see https://example.org/a?b -> see link"""
    for match in _LINK.finditer(text):
        yield Edit(match.start(), match.end(), LINK)


_EMOJI = (
    "[\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f\u20e3\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_DECORATION = re.compile(rf"\s*(?:{_EMOJI}|{EMOTICON.pattern})(?:\s*(?:{_EMOJI}|{EMOTICON.pattern}))*\s*")
_OPENS_SENTENCE = re.compile(
    r"(?:I|I'm|We|My|Our|He|She|It|It's|They|You|Your|The|This|That|And|But|So|What|How|Can|Just|Had|Got|Have|Thanks)\b"
)


def emoji(text: str) -> Iterator[Edit]:
    """Fun day 🎉🎉 We swam :) -> Fun day. We swam"""
    for match in _DECORATION.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if not before or not after:
            yield Edit(match.start(), match.end(), "")
        elif before[-1].isalnum() and _OPENS_SENTENCE.match(after):
            yield Edit(match.start(), match.end(), ". ")
        else:
            spaced = match[0][0].isspace() or match[0][-1].isspace()
            yield Edit(match.start(), match.end(), " " if spaced and after[0] not in ".,!?;:" else "")


_DRAWN_OUT = re.compile(r"(?<!\w)(?=[^\W\d_]*([^\W\d_])\1\1)[^\W\d_]+(?!\w)", re.IGNORECASE)
_RUN = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_NUMERAL = re.compile(r"[IVXLCDM]+")
_SHOUTED = re.compile(r"([!?])[!?]+")


def drawn_out(text: str) -> Iterator[Edit]:
    """sooo cooool -> so cool"""
    for match in _DRAWN_OUT.finditer(text):
        if not _NUMERAL.fullmatch(match[0]):
            double = _RUN.sub(r"\1\1", match[0])
            yield Edit(match.start(), match.end(), double if double.lower() in DOUBLED else _RUN.sub(r"\1", match[0]))


def shouted(text: str) -> Iterator[Edit]:
    """Really?!! -> Really?"""
    for match in _SHOUTED.finditer(text):
        yield Edit(match.start(), match.end(), "?" if "?" in match[0] else "!")


def settled_by_neighbour(text: str) -> Iterator[Edit]:
    """ill be there, how r u -> I'll be there, how are u"""
    found = sorted(
        (Edit(match.start(), match.end(), _like(match[0], words)) for pattern, words in BY_NEIGHBOUR for match in pattern.finditer(text)),
        key=lambda edit: edit.start,
    )
    done = 0
    for edit in found:
        if edit.start >= done:
            done = edit.end
            yield edit


_SPELT_OUT = {**CONTRACTIONS, **SLANG}
_WORD = re.compile(
    rf"(?<![\w'@#/.-])(?:{'|'.join(sorted(map(re.escape, _SPELT_OUT), key=len, reverse=True))})(?![\w'/@-]|\.\w)", re.IGNORECASE
)


def words(text: str) -> Iterator[Edit]:
    """im gonna tell ur ppl -> I'm going to tell your people"""
    for match in _WORD.finditer(text):
        if not _is_initials(match[0]):
            yield Edit(match.start(), match.end(), _like(match[0], _SPELT_OUT[match[0].lower()]))


_SMALL_I = re.compile(r"(?<![\w.'@#/&-])i(?=\s|$|'(?:m|d|ll|ve|s|re)\b|[,!?;:)]|\.(?!\w))")


def small_i(text: str) -> Iterator[Edit]:
    """i think i'm late -> I think I'm late"""
    for match in _SMALL_I.finditer(text):
        yield Edit(match.start(), match.end(), "I")


FIRST = "\u2160"
"""Stands for the "I" behind a ruler's name, so that nothing takes it for the speaker."""
_NUMBERED = re.compile(
    r"(?<=[^\W\d_] )I(?='s\b| (?:is|has|does)\b| of [A-Z\u00c0-\u00de]|[.)]?$)|(?<=[IVX] and )I(?='s\b| (?:is|was|has|of)\b|[.)]?$)"
)
_LARGE = re.compile(r"[A-Z\u00c0-\u00de][^\W\d_]*[a-z\u00df-\u00ff]\Z|[IVX]+ and\Z")


def numbered(text: str) -> Iterator[Edit]:
    """Matilda I's mother, Charles I of England: the first of that name"""
    for match in _NUMBERED.finditer(text):
        before = text[: match.start() - 1].split(" ")
        if _LARGE.match(before[-1]) or (before[-1] == "and" and len(before) > 1 and _LARGE.match(f"{before[-2]} and")):
            yield Edit(match.start(), match.end(), FIRST)


def slips_of_the_tongue(text: str) -> Iterator[Edit]:
    """Mara moved to Milan, no, Turin -> Mara moved to Turin"""
    for start, end, meant in slips(text):
        yield Edit(start, end, meant)


_SPACES = re.compile(r"^\s+|\s+$|[ \t]{2,}|\t")


def spaces(text: str) -> Iterator[Edit]:
    """Blanks at the ends go, runs of them become one; line breaks stay."""
    for match in _SPACES.finditer(text):
        yield Edit(match.start(), match.end(), " " if match.start() > 0 and match.end() < len(text) else "")


PASSES: tuple[Callable[[str], Iterator[Edit]], ...] = (
    characters,
    links,
    emoji,
    drawn_out,
    shouted,
    settled_by_neighbour,
    words,
    small_i,
    numbered,
    slips_of_the_tongue,
    spaces,
)
"""In this order: each sees the text that the ones before it left."""


def _is_initials(word: str) -> bool:
    """Whether capitals make it a name rather than slang: "BC", "UR"; "IM" and "DONT" are shouted contractions."""
    return word.isupper() and word.lower() not in CONTRACTIONS


def _like(written: str, words: str) -> str:
    """`words` with a capital where the written word has one, all of them where it is shouted."""
    if len(written) > 1 and written.isupper():
        return words.upper()
    return words[0].upper() + words[1:] if written[0].isupper() else words
