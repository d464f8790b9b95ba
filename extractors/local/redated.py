"""Dates that are corrected: "I moved to Oslo in May." - "No, in June." is read as the first sentence with the other date."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from spacy.tokens import Span

from extractors.local.dates import Found, Role, find
from extractors.local.draft import Draft
from extractors.local.remarks import Heard, Remark, remark_before
from extractors.local.scene import Scene

Reread = Callable[[Scene, str], Sequence[Draft]]
"""What would have been read, had a message said these words instead."""

_CUE = re.compile(
    r"(?:(?:oh|ah|um+|hm+|well)\W+)?(?:(?:no|nope|sorry|actually|correction|oops|wait|scratch that|my (?:mistake|bad))\W+)+"
    r"(?:(?:it|that) (?:was|is)|it's|that's|I meant?|make (?:it|that))?\s*|(?:(?:it|that) was(?: actually)?|I meant?|make that)\s+",
    re.IGNORECASE,
)
_SOFT = re.compile(r"(?:it|that) was\s+\Z", re.IGNORECASE)
""" "It was Sunday" by itself tells more of what was said; "it was in April, not March" puts it right."""
_NOT = re.compile(r",?\s+(?:not\s+.*|actually|sorry|though)\Z", re.IGNORECASE | re.DOTALL)
_LEAD = re.compile(r"(?:(?:in|on|at|since|until|till|from)\s+)?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DAY = re.compile(r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\Z", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b")
_RELATIVE = re.compile(r"\b(?:yesterday|today|tonight|tomorrow|last|next|this|ago)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_ONE_DAY = re.compile(rf"(?:(?:last|this|next)\s+)?{_WEEKDAY.pattern}|yesterday|today|tonight|tomorrow", re.IGNORECASE)
_ON = re.compile(r"\b\d{1,2}\b|\d(?:st|nd|rd|th)\b|day\b", re.IGNORECASE)


def redated(drafts: Sequence[Draft], scene: Scene, heard: Sequence[Heard], reread: Reread) -> list[Draft]:
    """The drafts with those whose date is corrected in the same message put right, and corrections of those of the message before."""
    result = list(drafts)
    for sentence in scene.doc.sents:
        said = date_alone(sentence, scene.at)
        remark = remark_before(sentence[:], scene, result, heard) if said else None
        if remark is None or said is None:
            continue
        here = remark.scene is scene
        words = list(remark.span if here else sentence)
        again = [replace(draft, tokens=words) for draft in _again(said, remark, reread) if remark.is_about(draft, scene.speaker)]
        if here:
            result = [d for d in result if not any(_is_same(d, new) for new in again)] + again
        else:
            result += list(_corrections(again, remark.drafts))
    return result


def date_alone(sentence: Span, at: datetime) -> str | None:
    """The words of a date that is all a sentence says after "no," or "sorry,": it corrects a date, and no name."""
    text = sentence.text.strip().rstrip(".!")
    cue = _CUE.match(text)
    words = _NOT.sub("", text[cue.end() :]).strip() if cue is not None else ""
    if (
        cue is None
        or (_SOFT.match(cue[0]) and _NOT.search(text) is None)
        or not any(c.isdigit() or c.isalpha() for c in words)
        or len(words.split()) > 5
    ):
        return None
    return words if any(_spans(lead + words, at) for lead in ("", "in ", "on ")) else None


def _spans(words: str, at: datetime) -> bool:
    found = find(words, at)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(words)) and found[0].role in (Role.AT, Role.SINCE, Role.UNTIL)


def _again(said: str, remark: Remark, reread: Reread) -> Iterator[Draft]:
    """The drafts of the remark as they are with the other date; none where it had no date, or several."""
    span = remark.span
    dated = [d.found for d in remark.scene.dates.all if span.start_char <= d.found.start and d.found.end <= span.end_char]
    if len(dated) != 1 or dated[0].period is None or dated[0].role not in (Role.AT, Role.SINCE, Role.UNTIL):
        return
    if not _may_replace(said, _split(dated[0].words)[1]):
        return
    text = remark.scene.doc.text
    words = _put_right(dated[0], said)
    new = reread(remark.scene, text[span.start_char : dated[0].start] + words + text[dated[0].end : span.end_char])
    yield from (draft for draft in new if any(_is_same(draft, old) for old in remark.drafts))


def _may_replace(said: str, old: str) -> bool:
    """A mere weekday takes the place of one day of those about now, of no other date: which week it is in is not said."""
    return not _WEEKDAY.search(said) or any(c.isdigit() for c in said) or _ONE_DAY.fullmatch(old) is not None


def _put_right(found: Found, said: str) -> str:
    """The words of a date with what was said put in: "in May 2020" and "June" are "in June 2020", with "2021" "in May 2021"."""
    lead, new = _split(said)
    old_lead, old = _split(found.words)
    year, day = _YEAR.search(old), _DAY.match(new)
    if _YEAR.fullmatch(new):
        new = _YEAR.sub(new, old) if year else new if _RELATIVE.search(old) else f"{old} {new}"
    elif day and _DAY_OF_MONTH.search(_YEAR.sub("", old)):
        new = _DAY_OF_MONTH.sub(day[1], old, count=1)
    elif year and not _YEAR.search(new) and not _RELATIVE.search(new):
        new = f"{new} {year[0]}"
    if found.role is Role.AT and not lead:
        lead = "" if _RELATIVE.search(new) else "on " if _ON.search(new) else "in "
    return (lead if found.role is Role.AT else old_lead) + new


def _split(words: str) -> tuple[str, str]:
    lead = _LEAD.match(words)
    end = lead.end() if lead is not None else 0
    return words[:end], words[end:]


def _is_same(one: Draft, other: Draft) -> bool:
    """Whether both tell of one thing, at whatever time; a date may be what is told."""
    same = (one.subject.text, one.relation, one.holds) == (other.subject.text, other.relation, other.holds)
    return same and (one.object.text == other.object.text or one.object.type == other.object.type == "Date")


def _corrections(again: Sequence[Draft], told: Sequence[Draft]) -> Iterator[Draft]:
    for draft in again:
        old = next(old for old in told if _is_same(draft, old))
        if (draft.when, draft.object.text) != (old.when, old.object.text):
            yield replace(draft, corrects=True, instead_of=old.object)
