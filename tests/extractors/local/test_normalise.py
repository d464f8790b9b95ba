import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.local.normalise import FIRST, normalise
from extractors.local.slang import CONTRACTIONS, SLANG


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("im gonna tell ur ppl abt it", "I'm going to tell your people about it"),
        ("Dont worry, ive got this", "Don't worry, I've got this"),
        ("DONT shout", "DON'T shout"),
        ("how r u", "how are you"),
        ("r u there?", "are you there?"),
        ("ur so kind, is this ur dog", "you're so kind, is this your dog"),
        ("ill be late n tired", "I'll be late and tired"),
        ("she was ill", "she was ill"),
        ("id love to", "I'd love to"),
        ("its a shame about its tail", "it's a shame about its tail"),
        ("i think i'm lost", "I think I'm lost"),
        ("i. e. or i.e. this", "I. e. or i.e. this"),
        ("I gotta run, I've gotta run", "I have to run, I've got to run"),
        ("wanna come w/ us?", "want to come with us?"),
        ("goin' out, tell 'em", "going out, tell them"),
        ("soooo coooool", "so cool"),
        ("yesss, realllly happyyy", "yes, really happy"),
        ("World War III", "World War III"),
        ("What?!! No!!!", "What? No!"),
        ("\u201cit\u2019s\u201d fine\u2026", '"it\'s" fine...'),
        ("kids & work, R&B, 1 &lt; 2 &amp; more", "kids and work, R&B, 1 < 2 and more"),
        ("see https://example.org/a?b=1.", "see link."),
        ("write to bob@example.org", "write to bob@example.org"),
        ("love it \U0001f60d\U0001f60d", "love it"),
        ("Fun day \U0001f389 We swam :)", "Fun day. We swam"),
        ("my \U0001f436 Max", "my Max"),
        ("great \U0001f44d\U0001f3fd!", "great!"),
        ("10:30 at the (old) pier", "10:30 at the (old) pier"),
        ("  two   spaces\nand a line ", "two spaces\nand a line"),
        ("the BC coast", "the BC coast"),
        ("Tern I's mother met Tern II and I.", f"Tern {FIRST}'s mother met Tern II and {FIRST}."),
        ("Tern I of Farland and I swam, then Tern and I", f"Tern {FIRST} of Farland and I swam, then Tern and I"),
        ("Yesterday I was ill. Then I left.", "Yesterday I was ill. Then I left."),
        ("", ""),
        ("\U0001f602", ""),
    ],
)
def test_chat_is_spelt_out(text: str, normal: str) -> None:
    assert normalise(text).text == normal


@pytest.mark.parametrize("text", ["We moved to Porto in May 2021.", "Anna's sister can't swim; he'll teach her.", "It costs $20, or 15%."])
def test_plain_english_stays_as_it_is(text: str) -> None:
    normalised = normalise(text)
    assert normalised.text == text
    assert normalised.original_span(3, 9) == (3, 9)


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("omg \U0001f602 im moving 2day", "I'm moving", "im moving"),
        ("i dont like it", "don't", "dont"),
        ("soooo happy & tired", "so happy and", "soooo happy &"),
        ("look: https://example.org/x ok", "link", "https://example.org/x"),
        ("my \U0001f436 Max", "my Max", "my \U0001f436 Max"),
    ],
)
def test_a_part_leads_back_to_the_words_as_written(text: str, part: str, original: str) -> None:
    normalised = normalise(text)
    at = normalised.text.index(part)
    start, end = normalised.original_span(at, at + len(part))
    assert text[start:end] == original


def test_an_empty_part_lies_between_characters() -> None:
    assert normalise("im in").original_span(4, 4) == (3, 3)
    assert normalise("im").original_span(3, 3) == (2, 2)
    assert normalise("").original_span(0, 0) == (0, 0)


@given(
    st.text()
    | st.lists(st.sampled_from(["im", "u", "sooo", "\U0001f602", "i", "w/", "http://a.b/c", "&", ":)", "ok", "!!!", "  "])).map(" ".join)
)
def test_every_part_of_any_text_leads_back_into_it(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.starts) == len(normalised.ends) == len(normalised.text)
    assert list(normalised.starts) == sorted(normalised.starts)
    for start in range(len(normalised.text)):
        first, last = normalised.original_span(start, len(normalised.text))
        assert 0 <= first < last <= len(text)


@given(st.text(alphabet=st.characters(whitelist_categories=["Ll", "Lu", "Nd", "Po"]), max_size=40))
def test_what_was_not_changed_reads_the_same(text: str) -> None:
    normalised = normalise(text)
    for at, char in enumerate(normalised.text):
        start, end = normalised.original_span(at, at + 1)
        if end - start == 1 and normalised.text == text:
            assert text[start:end] == char


@pytest.mark.parametrize("word", [*CONTRACTIONS, *(word for word in SLANG if word not in ("w/", "b-day"))])
def test_every_listed_word_is_spelt_out(word: str) -> None:
    assert normalise(f"Well {word} then").text == f"Well {({**CONTRACTIONS, **SLANG})[word]} then"
