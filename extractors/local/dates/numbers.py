"""How many: "two", "a couple of", "2-3", "a year and a half"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.local.dates.words import one_of

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


@dataclass(frozen=True, slots=True)
class Amount:
    """Between `low` and `high`, which are equal where the words are exact."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def whole(self) -> bool:
        return self.low == int(self.low) and self.high == int(self.high)

    def times(self, factor: float) -> "Amount":
        return Amount(self.low * factor, self.high * factor)


_WORDS: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_ONES.split())},
    **{word: 20 + 10 * number for number, word in enumerate(_TENS.split())},
}
_VAGUE: Mapping[str, Amount] = {
    **dict.fromkeys(("a couple of", "a couple", "couple of", "couple"), Amount(2, 2)),
    **dict.fromkeys(("a few", "few"), Amount(2, 5)),
    **dict.fromkeys(("several", "a handful of"), Amount(3, 7)),
    **dict.fromkeys(("a dozen", "dozen"), Amount(12, 12)),
    **dict.fromkeys(("half a", "half an"), Amount(0.5, 0.5)),
    **dict.fromkeys(("a", "an"), Amount(1, 1)),
}
_TEN_AND_ONE = rf"(?:{_TENS.replace(' ', '|')})[-\s](?:{'|'.join(_ONES.split()[1:10])})"
_ONE_NUMBER = rf"(?:\d{{1,3}}(?:\.5)?|{_TEN_AND_ONE}|{one_of(_WORDS)})"
_AMOUNT = rf"(?:{_ONE_NUMBER}\s*(?:-|to|or)\s*{_ONE_NUMBER}|{_ONE_NUMBER}(?:\s+and\s+a\s+half)?|{one_of(_VAGUE)})"
AMOUNT = _AMOUNT.replace(" ", r"\s+")
ROUGHLY = (
    r"(?:(?:about|around|almost|nearly|(?:just\s+|a\s+little\s+)?(?:over|under)|like|just|exactly|only|some|roughly|maybe|approximately"
    r"|at\s+least|more\s+than|less\s+than|close\s+to)\s+)?"
)

_COMPOUND = re.compile(_TEN_AND_ONE)
_RANGE = re.compile(rf"({_ONE_NUMBER})\s*(?:-|to|or)\s*({_ONE_NUMBER})", re.IGNORECASE)
_HALF = re.compile(rf"({_ONE_NUMBER})\s+and\s+a\s+half", re.IGNORECASE)


def amount(words: str) -> Amount:
    """What words matched by AMOUNT say. Raises ValueError for "zero"."""
    words = " ".join(words.lower().split())
    if words in _VAGUE:
        return _VAGUE[words]
    if _COMPOUND.fullmatch(words):
        return _positive(_number(words), _number(words))
    if match := _RANGE.fullmatch(words):
        low, high = sorted((_number(match[1]), _number(match[2])))
        return _positive(low, high)
    if match := _HALF.fullmatch(words):
        return _positive(_number(match[1]) + 0.5, _number(match[1]) + 0.5)
    return _positive(_number(words), _number(words))


def _number(word: str) -> float:
    if word[0].isdigit():
        return float(word)
    return sum(_WORDS[part] for part in re.split(r"[-\s]", word))


def _positive(low: float, high: float) -> Amount:
    if low <= 0:
        raise ValueError("no amount of time")
    return Amount(low, high)
