"""Texts compared without regard to case: "STRASSE" contains "straße"."""

SIGMA, FINAL_SIGMA = "\N{GREEK SMALL LETTER SIGMA}", "\N{GREEK SMALL LETTER FINAL SIGMA}"


def contains(text: str, part: str) -> str:
    """Whether a text contains a part of it, whatever the case of either."""
    return f"{_folded(text)} CONTAINS {_folded(part)}"


def _folded(text: str) -> str:
    """Lower case comes first for a capital ẞ, whose upper case is itself; where a word ends is not for a part of it to say."""
    return f"replace(toLower(toUpper(toLower({text}))), '{FINAL_SIGMA}', '{SIGMA}')"
