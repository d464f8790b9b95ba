from graph.recall.passage import LONGEST, PIECE, passage

SENTENCES = " ".join(f"Sentence number {n} says little." for n in range(100))


def test_a_short_text_is_shown_whole() -> None:
    assert passage("Two words", ["words"], "[...]") == "Two words"


def test_of_a_long_text_the_passage_with_the_words_is_shown() -> None:
    text = SENTENCES + " The heron nests by the old mill. " + SENTENCES
    shown = passage(text, ["heron", "mill"], "[...]")
    assert "The heron nests by the old mill." in shown
    assert len(shown) <= PIECE + 12


def test_a_passage_is_cut_at_sentence_ends_and_marked() -> None:
    shown = passage(SENTENCES + " A heron. " + SENTENCES, ["heron"], "[...]")
    assert shown.startswith("[...] ")
    assert shown.endswith(". [...]")


def test_the_beginning_is_shown_where_no_word_is_found() -> None:
    assert passage(SENTENCES, ["heron"], "[...]").startswith("Sentence number 0")


def test_a_sentence_longer_than_a_passage_is_cut_inside() -> None:
    assert len(passage("a" * 2 * LONGEST, [], "[...]")) <= PIECE + 12
