"""How stores that remember vectors name the texts."""

from hashlib import sha256

REMEMBERED = 4_096
"""How many vectors a store remembers of a group; the oldest go."""


def hash_of(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
