"""What a sentence says once and means twice: "I moved to Graz in 2020 and to Linz in 2021", "I live in Graz and work at Norte"."""

import re
from collections.abc import Iterator

from extractors.local.lexicon import MONTHS
from extractors.local.normalise import Edit, Normalised

_MONTH = "(?:" + "|".join(month.title() for month in sorted(MONTHS)) + ")"
_PART = r"(?:(?:early|late|mid|the|spring|summer|autumn|fall|winter|end|start|beginning|of)[ -])*"
_DAY = rf"(?:{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?|\d{{4}})"
_TIME = (
    rf"(?:(?:in|on|since|until|till|from|around) {_PART}{_DAY}(?: (?:to|until|till) {_PART}{_DAY})?"
    r"|(?:last|this|next) (?:year|month|week|spring|summer|autumn|fall|winter)|[\w-]+ (?:years?|months?|weeks?) ago)\b"
)
_NOT_IN_NAME = (
    "and|then|in|on|at|to|for|from|since|until|till|around|last|this|next"
    "|my|our|his|her|their|your|i|he|she|we|they|you|who|which|where|that"
)
_NAME = rf"(?:(?:the|a|an|my|our|his|her) [\w'&-]+|[A-Z][\w'&.-]*)(?: (?!(?:{_NOT_IN_NAME})\b)[\w'&-]+){{0,4}}?"
_AND = r"(?:, and then|, and later|, and|, then|, later| and then| and later| and| then|,) "
_WHO = r"(?:I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er) [\w-]+(?: [A-Z][\w-]+)?|[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
_WITH_PREPOSITION = (
    "moved|relocated|emigrated|lived|resided|stayed|settled|worked|interned|taught|studied|started|went|travelled|traveled|flew"
)
_WITH_OBJECT = "joined|visited|left|quit|married|divorced|bought|sold"
_SAID = re.compile(rf"\b(?P<who>{_WHO}) (?:(?:first|then|just|later|finally|also) )?(?P<verb>{_WITH_PREPOSITION}|{_WITH_OBJECT})\b")
SENTENCE = re.compile(r"(?:[^.!?;\n]|\.(?=\w))+")
_DATED = re.compile(_TIME, re.IGNORECASE)
_FURTHER = re.compile(
    rf"(?P<and>{_AND})(?P<early>{_TIME},? )?(?:(?P<preposition>(?:back )?(?:to|in|at|for|as) ))?"
    rf"(?P<name>{_NAME})(?P<late> {_TIME})?(?=,| and | then |$)"
)


def spelt_out(text: Normalised) -> Normalised:
    """I moved to Graz in 2020 and to Linz in 2021 -> I moved to Graz in 2020 and I moved to Linz in 2021"""
    dated = text.edited(_left_out(text.text))
    return dated.edited(_subjects(dated.text))


def _left_out(text: str) -> Iterator[Edit]:
    for sentence in SENTENCE.finditer(text):
        for edit in _in_sentence(sentence[0]):
            yield Edit(sentence.start() + edit.start, sentence.start() + edit.end, edit.words)


def _in_sentence(sentence: str) -> Iterator[Edit]:
    for said in _SAID.finditer(sentence):
        after = sentence[said.end() :]
        follower = _SAID.search(after)
        after = after[: follower.start()] if follower else after
        bare = said["verb"] in _WITH_OBJECT.split("|")
        done = 0
        while (further := _FURTHER.search(after, done)) is not None:
            done = further.end()
            if _goes_on(sentence[: said.start()], after[: further.start()], further, bare):
                yield from _said_again(said, further)


def _goes_on(before: str, first: str, further: re.Match[str], bare: bool) -> bool:
    """Whether it is the same said of another time: both are dated, and with the same preposition."""
    dated = _DATED.search(first) or (_DATED.search(before) and further["early"])
    if not dated or not (further["early"] or further["late"]) or bare != (further["preposition"] is None):
        return False
    if bare:
        return further["late"] is not None
    return f" {further['preposition'].split()[-1]} " in _DATED.sub("", first)


def _said_again(said: re.Match[str], further: re.Match[str]) -> Iterator[Edit]:
    who = said["who"]
    if who.split()[0].lower() in _SMALL:
        who = who[0].lower() + who[1:]
    at = said.end() + (further.start("preposition") if further["preposition"] else further.start("name"))
    joiner = said.end() + further.start("and")
    if "and" not in further["and"]:
        yield Edit(joiner, joiner, " and" if further["and"][0] == " " else ", and")
    yield Edit(at, at, f"{who} {said['verb']} ")


_SMALL = frozenset("he she we they my our his her".split())


_LED = (
    r"(?:(?:[Hh]i|[Hh]ey|[Hh]ello|[Ww]ell|[Ss]o|[Aa]nd|[Bb]ut|[Yy]es|[Yy]eah|[Oo]h|[Nn]ow|[Cc]urrently|[Aa]lso|[Tt]oday"
    r"|[Tt]hese days),? (?:[A-Z]\w+, )?)*"
)
_BARE = r"(?: (?:now|currently|also|both|still))*"
_HOMES = rf"{_BARE} (?:live|work|study|teach) (?:in|at|for|as|near) (?=[A-Z]|an? |the |my )"
_BEING = rf"(?:'m|'re| am| are){_BARE} (?=an? |the |from |in |at |near |\d)"
_FIRST = re.compile(
    rf"\s*{_LED}(?P<who>I|[Ww]e|[Tt]hey)(?:(?P<home>{_HOMES})|{_BEING}|{_BARE} (?:live|work|study|teach|play|volunteer|coach) (?!to\b))"
)
"""Only what is told outright: an auxiliary, a denial or a verb above it would have to be said again, too."""
_TURN = re.compile(
    r"n't\b|\b(?:I|we|they|he|she|you|it|who|which|that|if|when|to|not|never|can|could|will|would|should|might|may|must|want|wants)\b",
    re.IGNORECASE,
)
"""What may stand between a subject and a further verb that is not its own."""
_WORKING = r"work (?:at|for|as)\b"
_DOING = (
    rf"(?:{_WORKING}|work (?:in|on|with|from|remotely)\b|live (?:in|at|near|with)\b|study [a-z]|play [a-z]|volunteer (?:at|for|with)\b"
    r"|coach [a-z]|teach [a-z])"
)
_NEXT = re.compile(rf"(?P<and>, and |,? and also | and |, )(?P<verb>(?:also )?(?:{_DOING}))")


def _subjects(text: str) -> Iterator[Edit]:
    """I live in Graz and work at Norte -> I live in Graz and I work at Norte: the bare verb may be taken for a noun"""
    for sentence in SENTENCE.finditer(text):
        first = _FIRST.match(sentence[0])
        if first is None:
            continue
        for further in _NEXT.finditer(sentence[0], first.end()):
            if _TURN.search(sentence[0], first.end(), further.start()):
                break
            if first["home"] or re.match(rf"(?:also )?{_WORKING}", further["verb"]):
                yield from _subject_again(first["who"], further, sentence.start())


def _subject_again(who: str, further: re.Match[str], start: int) -> Iterator[Edit]:
    joiner, at = start + further.start("and"), start + further.start("verb")
    if further["and"][0] == " ":  # "Norte and I" are not two
        yield Edit(joiner, joiner, ",")
    yield Edit(at, at, f"{'' if 'and' in further['and'] else 'and '}{who if who == 'I' else who.lower()} ")
