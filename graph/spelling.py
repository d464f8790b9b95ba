"""How near two names are written, and the keys under which near ones meet. Pure; likeness proposes, and never decides alone."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from rapidfuzz.distance import OSA

from graph.resolve import PERSON, normal

MOST_WORDS = 5
"""Longer names are compared as a whole only."""


class Nearness(StrEnum):
    """SOUND: the same name by another spelling ("Katherine", "Catherine") · SLIP: one letter of a long word is another, missing or out
    of place ("Katherine", "Katherien") · NEAR: one word is alike ("Anna", "Anne") · SENSE: the words differ, and mean about the same.
    """

    SOUND = "SOUND"
    SLIP = "SLIP"
    NEAR = "NEAR"
    SENSE = "SENSE"


ALIKE = 0.75
"""The share of letters that a NEAR word has in common at least."""
LONG = 7
"""Letters of a word in which one that differs is a slip; of shorter ones it makes another name ("Marion", "Martin")."""
ENDS = 3
"""So many letters at one end of a LONG word a slip of one letter leaves as they are."""

_BARE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_INITIALS = str.maketrans("kqszpy", "ccccfi")
"""Initials that may be heard as others are one."""
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ch|ck|q"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"y"), "i"),
    (re.compile(r"ou(?=r)"), "o"),
    (re.compile(r"(?<=[aou])e(?=[^aeiou])"), ""),
    (re.compile(r"(?<=.)h(?![aeiou])|(?<=[^aeiou])h"), ""),
    (_DOUBLED, r"\1"),
)
"""What is written in several ways and heard as one, in this order."""


def is_proper(name: str) -> bool:
    """Whether it is a name and no common word, which stands for itself however it is spelled."""
    return any(word[0].isupper() for word in name.split())


def near_keys(name: str, type: str) -> tuple[str, ...]:
    """A few keys, of which two names share one where they are nearly written alike; none for common words."""
    words = _words(name) if is_proper(name) else []
    if not words:
        return ()
    sounds = [sound(word) for word in words]
    keys = ["~" + "".join(sorted(_skeleton(word) for word in sounds))]
    if 1 < len(words) <= MOST_WORDS:
        for number, word in enumerate(sounds):
            others = sorted(other[0].translate(_INITIALS) for place, other in enumerate(words) if place != number)
            keys.append(f"{word}+{''.join(others)}")
    elif len(words[0]) >= LONG:
        keys += [f"^{words[0][:ENDS]}", f"${words[0][-ENDS:]}"]
    if type != PERSON:
        keys.append(f"={max(sounds, key=len)}")
    return tuple(dict.fromkeys(keys))


def nearness(one: str, other: str, type: str) -> Nearness | None:
    """How near two names are; None where they are not, and where a number or a short word tells them apart ("Chat 1", "Chat 2")."""
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs or _marks(ours) != _marks(theirs):
        return None
    if sound("".join(ours)) == sound("".join(theirs)):
        return Nearness.SOUND
    if len(ours) != len(theirs):
        return _in_sense(ours, theirs, type)
    pairs = [pair for pair in _aligned(ours, theirs) if sound(pair[0]) != sound(pair[1])]
    if not pairs:
        return Nearness.SOUND
    if len(pairs) > 1:
        return _in_sense(ours, theirs, type)
    if _is_slip(*pairs[0], type):
        return Nearness.SLIP
    return Nearness.NEAR if OSA.normalized_similarity(*pairs[0]) >= ALIKE else _in_sense(ours, theirs, type)


def likeness(one: str, other: str) -> float:
    """The share of letters that two names have in common, 0 to 1."""
    ours, theirs = _words(one), _words(other)
    orders = ((ours, theirs), (sorted(ours), sorted(theirs)))
    return max(float(OSA.normalized_similarity(" ".join(first), " ".join(second))) for first, second in orders)


def differing(one: str, other: str) -> int:
    """How many words of two names are not written alike."""
    ours, theirs = set(_words(one)), set(_words(other))
    return max(len(ours - theirs), len(theirs - ours))


def is_one_given(one: str, other: str) -> bool:
    """Whether two names of people that sound the same differ in one word at most by more than accents, doubled letters and "h": by the
    given name of one family, or by the family of one given name.
    """
    ours, theirs = ([_DOUBLED.sub(r"\1", word.replace("h", "")) for word in _words(name)] for name in (one, other))
    return len(ours) == len(theirs) > 1 and sum(a != b for a, b in _aligned(ours, theirs)) <= 1


def sound(word: str) -> str:
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def _words(name: str) -> list[str]:
    """The words that tell a name from others, without accents."""
    plain = unicodedata.normalize("NFKD", normal(name).translate(_BARE).replace("'", ""))
    words = "".join(letter for letter in plain if not unicodedata.combining(letter)).split()
    return [word for word in words if word not in ("the", "of", "and")] or words


def _skeleton(word: str) -> str:
    return (word[:1] + re.sub(r"[aeiou]", "", word[1:])).replace("v", "f")


def _marks(words: Iterable[str]) -> list[str]:
    """What stands for itself in a name: numbers, initials, "II"."""
    return sorted(word for word in words if len(word) <= 2 or any(letter.isdigit() for letter in word))


def _aligned(ours: list[str], theirs: list[str]) -> list[tuple[str, str]]:
    """Word by word, in the order given or, where that fits better, in that of the alphabet ("Lee, Katherine")."""
    orders = (list(zip(ours, theirs, strict=True)), list(zip(sorted(ours), sorted(theirs), strict=True)))
    return min(orders, key=lambda pairs: sum(sound(one) != sound(other) for one, other in pairs))


def _is_slip(one: str, other: str, type: str) -> bool:
    """A person's name that ends otherwise is another one ("Christina", "Christine"; "Daniel", "Daniela")."""
    once = OSA.distance(one, other) == 1 and one[0] == other[0]
    return once and min(len(one), len(other)) >= LONG and (type != PERSON or one[-2:] == other[-2:])


def _in_sense(ours: list[str], theirs: list[str], type: str) -> Nearness | None:
    """Names that share a long word; not of people, whose families share it."""
    shared = {sound(word) for word in ours} & {sound(word) for word in theirs}
    return Nearness.SENSE if type != PERSON and any(len(word) >= LONG - 2 for word in shared) else None
