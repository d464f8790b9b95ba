"""Where a read stands: a group and an instant on both clocks, as statements take them."""

import hashlib
from dataclasses import dataclass
from typing import Any

from graph.time import FAR, TICK, AsOf, to_micros

FAR_MICROS = to_micros(FAR)
PRESENT = AsOf(FAR - TICK, FAR - TICK)
"""After everything that was recorded."""


@dataclass(frozen=True, slots=True)
class View:
    """One group as of an instant; times in microseconds."""

    group: str
    valid: int
    known: int

    def params(self, **more: Any) -> dict[str, Any]:
        return {"group": self.group, "valid": self.valid, "known": self.known, **more}


def view_of(group: str, as_of: AsOf) -> View:
    valid, known = (min(to_micros(at), FAR_MICROS - 1) for at in (as_of.valid, as_of.known))
    return View(group, valid, known)


def token_of(group: str) -> str:
    """The one word that marks a group's texts in a full-text index: a letter and digits, which no analyzer takes apart or stems."""
    return "g" + str(int.from_bytes(hashlib.blake2b(group.encode(), digest_size=8).digest()))


def past_token(group: str) -> str:
    """The word that marks what a group showed once: names of superseded versions."""
    return "r" + token_of(group)
