from itertools import pairwise

from extractors.local.slang import CONTRACTIONS, DOUBLED, EMOTICON, SLANG


def test_words_are_listed_in_lower_case_and_once() -> None:
    words = [*CONTRACTIONS, *SLANG]
    assert words == [word.lower() for word in words]
    assert len(words) == len(set(words))


def test_contractions_only_lack_an_apostrophe() -> None:
    assert all(full.replace("'", "").lower() == short for short, full in CONTRACTIONS.items())


def test_doubled_words_have_a_double_letter() -> None:
    assert all(any(a == b for a, b in pairwise(word)) for word in DOUBLED)


def test_emoticons_stand_alone() -> None:
    assert all(EMOTICON.search(text) for text in ("fine :)", "<3", "ok ;-) then", "lol", "XD"))
    assert not any(EMOTICON.search(text) for text in ("at 10:30", "note:(see)", "lollipop", "http://x"))
