from graph.stores.neo4j.words import plain_words


def test_accents_and_punctuation_go_and_the_words_stay() -> None:
    assert plain_words("Zürich, d'Ávila & Ørsted's naïve_plan") == "Zurich d Avila Ørsted s naive plan"
    assert plain_words('+token:g1^5 "dog*" \\') == "token g1 5 dog"
    assert plain_words("한국어 日本 день ﬁne") == "한국어 日本 день fine"


def test_what_has_no_word_is_nothing() -> None:
    assert [plain_words(text) for text in ("", " ", "😀", '"*?', "\x00")] == [""] * 5
