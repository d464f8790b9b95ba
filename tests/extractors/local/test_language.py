import pytest

from extractors.local.language import looks_english


@pytest.mark.parametrize(
    "text",
    [
        "I live in Porto.",
        "ok",
        "lol",
        "Moved to Porto!",
        "Café tomorrow at ten?",
        "Priya Nair founded Tidewater Books.",
        "Die Woche originates from Farland.",
    ],
)
def test_english(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ich wohne in Kiel und arbeite bei einer Bank.",
        "Vivo en Madrid con mi hermana.",
        "J'habite à Porto avec ma soeur.",
        "De tram is te laat en het regent.",
        "Moro em Lisboa com a minha irmã.",
        "Я живу в Москве.",
        "東京に住んでいます",
        "🎉 123",
        "",
    ],
)
def test_other_languages_and_none(text: str) -> None:
    assert not looks_english(text)
