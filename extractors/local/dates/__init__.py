"""Time expressions of English chat, found and resolved against the day of their message."""

from extractors.local.dates.find import find
from extractors.local.dates.found import Found, Role, Tense
from extractors.local.dates.render import in_words, period_in_words

__all__ = ["Found", "Role", "Tense", "find", "in_words", "period_in_words"]
