"""Two of one name: the words that tell of another one ("another Anna Berg", "also called Anna"), and the kin that cannot be the same."""

import re
from functools import cache

from spacy.tokens import Token

from extractors.local.lexicon import FEMALE, KIN, MALE
from graph.language import Mention, Namesake

_FURTHER = frozenset("different second third further".split())
_TOO = re.compile(r"(?:[^|,.;!?]+\|){1,3}(?:too|as\|well)\b")
"""After a name of one to three words."""
NAMING = frozenset(("named", "called"))
_FAMILY = frozenset("parent sibling child grandparent grandchild spouse partner relative".split())
_BECOMING = frozenset(("spouse", "partner"))
"""One becomes the other."""


def namesake_in(first: Token) -> Namesake:
    """What stands before a name, whose `first` word is given: "another Anna", "a different Anna Berg", "the other Anna"."""
    before = [first.nbor(-n).lower_ for n in (1, 2) if first.i - n >= first.sent.start]
    if (
        before[:1] == ["another"]
        or (before[1:] and before[0] in _FURTHER and before[1] in ("a", "an", "some"))
        or before == ["other", "some"]
    ):
        return Namesake.ANOTHER
    return Namesake.OTHER if before == ["other", "the"] else Namesake.ANY


def other_of(name: str) -> str:
    """What another of a name is known as from then on."""
    return f"the other {name}"


def is_called_too(noun: Token) -> bool:
    """ "my boss is also called Anna", "my boss's name is Anna too", "a colleague named Anna as well"."""
    words = [t.lower_ for t in noun.sent if t.i > noun.i]
    verb = next((n for n, word in enumerate(words[:6]) if word in NAMING or (n and words[n - 1] == "name" and word in ("is", "was"))), None)
    if verb is None:
        return False
    after = "|".join(words[verb + 1 : verb + 6])
    return "also" in words[max(verb - 1, 0) : verb + 2] or _TOO.match(after) is not None


def is_same(one: Mention, other: Mention) -> bool:
    """Whether two mentions of a message name one and the same, as far as their words tell: Anna's mother Anna is not Anna."""
    if one.text != other.text:
        return False
    kin = one.owner == other or other.owner == one or (one.owner is not None and one.owner == other.owner and one.role != other.role)
    return not kin and one.namesake is other.namesake


@cache
def unlike(noun: str) -> tuple[str, ...]:
    """The words for kin that who is called by `noun` cannot be to the same person: a mother is no father, and no daughter."""
    if KIN.get(noun) not in _FAMILY:
        return ()
    return tuple(word for word, role in KIN.items() if role in _FAMILY and _excludes(noun, word))


def _excludes(noun: str, other: str) -> bool:
    genders = {"f" if word in FEMALE else "m" for word in (noun, other) if word in FEMALE | MALE}
    roles = {KIN[noun], KIN[other]}
    return len(genders) > 1 or (len(roles) > 1 and not roles <= _BECOMING)
