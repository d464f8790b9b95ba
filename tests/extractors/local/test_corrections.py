"""What is taken back, and what is merely said after a "no" or a "sorry"."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from extractors.local.extractor import LocalExtractor
from graph.language import Excerpt, Statement
from graph.model import Episode, EpisodeKind

AT = datetime(2025, 6, 15, 20, tzinfo=UTC)


async def read(*messages: str) -> Sequence[Statement]:
    episodes = [Episode(str(n), "g", "s", EpisodeKind.MESSAGE, "user", "Ada", text, AT, AT, AT) for n, text in enumerate(messages)]
    readings = await LocalExtractor().read(Excerpt(episodes, (), ("Ada", "Bo")))
    return [statement for reading in readings for statement in reading.statements]


@pytest.mark.parametrize(
    ("messages", "relation", "wrong", "right"),
    [
        (["Mia was born in Graz.", "No, it was Linz."], "born_in", "Graz", "Linz"),
        (["I live in Porto. Oops, I said Porto but I meant Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Rome. Sorry, I meant Oslo."], "lives_in", "Rome", "Oslo"),
        (["I was born in Porto.", "It wasn't Porto, it was Braga, sorry!"], "born_in", "Porto", "Braga"),
        (["Sorry, I said Mia was born in Graz. It was Linz."], "born_in", "Graz", "Linz"),
        (["My sister Mia works at Acme.", "Actually she works at Bolt."], "works_at", "Acme", "Bolt"),
        (["Mia was born on 4 May.", "Sorry no, not the 4th. Mia was born on 5 May."], "born_on", "4 May 2025", "5 May 2025"),
        (["My son was born on Monday.", "No, not Monday. He was born on Tuesday."], "born_on", "9 June 2025", "10 June 2025"),
        (["I live in Porto.", "No, Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Porto.", "Sorry, no, Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Porto, I mean Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Porto.", "Sorry, Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Porto.", "Scratch that, Tavira."], "lives_in", "Porto", "Tavira"),
        (["I live in Porto.", "Oh sorry, I meant to say Tavira."], "lives_in", "Porto", "Tavira"),
        (["I live in Porto.", "That's wrong, it's Tavira."], "lives_in", "Porto", "Tavira"),
        (["I live in Porto.", "Hm, wait.", "No, it's Braga."], "lives_in", "Porto", "Braga"),
        (["I lived in Porto.", "No, in Braga."], "lives_in", "Porto", "Braga"),
        (["My brother Leo works at Velmar.", "No, at Norte Labs."], "works_at", "Velmar", "Norte Labs"),
        (["I work for Velmar and I live in Porto.", "No, at Norte Labs."], "works_at", "Velmar", "Norte Labs"),
        (["I live in Porto and I work at Larkfield Labs.", "No, Braga."], "lives_in", "Porto", "Braga"),
        (["Leo grew up in Porto. Mia works at Larkfield Labs. No, at Velmar."], "works_at", "Larkfield Labs", "Velmar"),
        (["Leo was born in Graz and grew up in Porto.", "No, in Braga."], "grew_up_in", "Porto", "Braga"),
        (["I visited Spain last year.", "Sorry, Portugal."], "visited", "Spain", "Portugal"),
        (["I speak Spanish.", "No, Italian."], "speaks", "Spanish", "Italian"),
        (["I grew up in Porto.", "Oops, it was Braga."], "grew_up_in", "Porto", "Braga"),
        (["I grew up in Porto.", "Actually it was Braga instead of Porto."], "grew_up_in", "Porto", "Braga"),
        (["I live in Porto.", "Sorry, it was Braga, my bad."], "lives_in", "Porto", "Braga"),
        (
            ["Mia works at Larkfield Labs and lives in Graz.", "She left Larkfield Labs in 2023, I mean Norte Labs."],
            "quit",
            "Larkfield Labs",
            "Norte Labs",
        ),
    ],
)
async def test_a_correction_names_what_it_takes_back(messages: list[str], relation: str, wrong: str, right: str) -> None:
    (correction,) = [statement for statement in await read(*messages) if statement.corrects]
    assert correction.instead_of is not None
    assert (correction.relation, correction.instead_of.text, correction.object.text) == (relation, wrong, right)
    assert right in correction.text
    assert wrong not in correction.text
    assert correction.quote in messages[-1]


async def test_what_is_quoted_as_wrong_is_not_said_again() -> None:
    statements = await read("Sorry, I said Mia was born in Graz. It was Linz.")
    assert [s.object.text for s in statements if s.relation == "born_in"] == ["Linz"]


@pytest.mark.parametrize(
    "messages",
    [
        ["I live in Porto. Sorry Anna!"],
        ["I live in Porto.", "No, I moved to Oslo last week."],
        ["I work at Acme.", "WAIT. both at once?"],
        ["I work at Acme. No way, Bob!"],
        ["Mia lives in Graz.", "No worries, it was fun."],
        ["Mia lives in Graz.", "It's not that bad."],
        ["I live in Rome.", "Actually, was it Oslo?"],
        ["I moved to Milan. Actually, I said Rome but I meant Turin."],
        ["I live in Rome.", "No, sorry, Anna."],
        ["I never said I live in Rome."],
        ["I live in Rome.", "I never lived in Rome before 2019."],
        ["I live in Rome.", "I never lived in Rome until last year."],
        ["I work at Larkfield Labs.", "I never worked at Larkfield Labs as much as now."],
        ["I live in Rome.", "I love Rome, I mean Porto is nice too."],
        ["I live in Rome.", "Next summer I'm going to Greece. No, Croatia."],
        ["I live in Rome. We may go to Greece. No, Croatia."],
        ["I live in Rome and I'm dreaming of a trip. No, Croatia."],
        ["I live in Rome and I'm flying to Greece next week. No, Croatia."],
        ["I live in Rome.", "I had a wonderful time there. No, Croatia."],
        ["I work at Acme.", "Was it the Astoria where they dined? No, Bristol."],
        ["I live in Rome.", "What is your favourite town? No, Porto."],
        ["I live in Rome.", "No, at Velmar Labs."],
        ["I work at Larkfield Labs.", "No, in Porto."],
        ["I live in Rome.", "No, thanks."],
        ["I live in Rome.", "No problem."],
        ["I live in Rome.", "No, I love Porto."],
        ["I live in Rome.", "No, Porto is lovely."],
        ["I live in Rome.", "No, Mia."],
        ["I live in Rome.", "No, it was fun in Porto."],
        ["I live in Rome.", "No, not Porto."],
        ["I live in Rome.", "No, Porto was where we met."],
        ["I grew up in Porto.", "Actually it was Braga that they liked."],
        ["I grew up in Porto.", "No, it was Braga where I met Leo."],
        ["I grew up in Porto.", "Sorry, it was Braga calling."],
        ["I grew up in Porto.", "Actually, that was Braga on the map."],
        ["I grew up in Porto.", "Actually it was Braga, which was louder."],
        ["I grew up in Porto.", "No, it was Braga and Faro."],
        ["I live in Porto.", "wait, it is Braga that Leo likes"],
        ["I live in Porto.", "Oops, it was Netflix."],
        ["I know Leo.", "Oh wait, that was Oskar."],
        ["I know Leo.", "Sorry, that was Oskar at the window."],
        ["I know Leo.", "Sorry, it was a Fiat."],
        ["I know Leo.", "No wait, that was Oskar."],
        ["I work at Velmar.", "Sorry, that was Netflix on TV."],
    ],
)
async def test_what_only_sounds_like_one_takes_nothing_back(messages: list[str]) -> None:
    assert not [statement for statement in await read(*messages) if statement.corrects]


@pytest.mark.parametrize(
    ("messages", "relation"),
    [
        (["I live in Porto.", "No, I never lived in Porto."], "lives_in"),
        (["Mia works at Norte.", "She has never worked at Norte."], "works_at"),
    ],
)
async def test_what_never_was_takes_itself_back(messages: list[str], relation: str) -> None:
    (never,) = [statement for statement in await read(*messages) if statement.corrects]
    assert (never.relation, never.holds, never.instead_of) == (relation, False, never.object)


async def exchange(*said: tuple[str, str]) -> Sequence[Statement]:
    """What is taken back in messages of (speaker, text); an assistant's are not read."""
    episodes = [
        Episode(str(n), "g", "s", EpisodeKind.MESSAGE, "assistant" if name == "Bot" else "user", name, text, AT, AT, AT)
        for n, (name, text) in enumerate(said)
    ]
    readings = await LocalExtractor().read(Excerpt(episodes, (), ("Ada", "Bo")))
    return [statement for reading in readings for statement in reading.statements if statement.corrects]


@pytest.mark.parametrize(
    "said",
    [
        [("Ada", "I live in Porto."), ("Bo", "How nice!"), ("Ada", "Sorry, Braga.")],
        [("Bo", "Ada lives in Porto."), ("Ada", "No, Braga.")],
        [("Ada", "I live in Porto."), ("Bot", "Noted."), ("Ada", "No, Braga.")],
        [("Ada", "I live in Porto."), ("Bot", "Thank you, I will remember that you live in Porto."), ("Ada", "No, Braga.")],
    ],
)
async def test_what_was_said_last_is_corrected_across_messages(said: list[tuple[str, str]]) -> None:
    (correction,) = await exchange(*said)
    assert correction.instead_of is not None
    assert (correction.subject.text, correction.instead_of.text, correction.object.text) == ("Ada", "Porto", "Braga")


@pytest.mark.parametrize(
    "said",
    [
        [("Ada", "I live in Porto."), ("Bo", "I live in Graz."), ("Ada", "No, Braga.")],
        [("Bo", "I live in Graz."), ("Ada", "No, Braga.")],
        [("Ada", "I live in Porto."), ("Bo", "Where did you go last year?"), ("Ada", "No, Braga.")],
        [("Ada", "I live in Porto."), ("Bo", "They say that Faro is worth a journey."), ("Ada", "No, Braga.")],
        [("Ada", "I live in Porto."), ("Bot", "Is that the prettiest town?"), ("Ada", "No, Braga.")],
        [("Ada", "I live in Porto."), ("Bot", "The largest city of the country is Lisbon."), ("Ada", "No, Braga.")],
    ],
)
async def test_what_was_not_said_last_stays(said: list[tuple[str, str]]) -> None:
    assert await exchange(*said) == []


@pytest.mark.parametrize(
    ("text", "relation", "wrong", "right", "former"),
    [
        ("I never lived in Graz, it was Linz.", "lives_in", "Graz", "Linz", True),
        ("No, I never lived in Graz. It was Linz.", "lives_in", "Graz", "Linz", True),
        ("Mia has never lived in Graz, only in Linz.", "lives_in", "Graz", "Linz", True),
        ("Mia never lived in Graz but in Linz.", "lives_in", "Graz", "Linz", True),
        ("I never lived in Graz, I lived in Linz.", "lives_in", "Graz", "Linz", True),
        ("I have never worked at Velmar, it was Tundrix.", "works_at", "Velmar", "Tundrix", True),
        ("I didn't live in Graz, it was Linz.", "lives_in", "Graz", "Linz", True),
        ("Mia did not work at Velmar but at Tundrix.", "works_at", "Velmar", "Tundrix", True),
        ("I've never been married to Leo, it was Oskar.", "married_to", "Leo", "Oskar", True),
        ("We never moved to Graz, it was Linz.", "moved_to", "Graz", "Linz", True),
        ("I never visited Greece, it was Croatia.", "visited", "Greece", "Croatia", False),
        ("I didn't visit Greece. It was Croatia.", "visited", "Greece", "Croatia", False),
        ("I never worked at Velmar. It was Tundrix, actually.", "works_at", "Velmar", "Tundrix", True),
    ],
)
async def test_what_never_was_names_what_was_so_instead(text: str, relation: str, wrong: str, right: str, former: bool) -> None:
    never, instead = await read(text)
    assert (never.relation, never.object.text, never.holds, never.instead_of) == (relation, wrong, False, never.object)
    assert (instead.relation, instead.object.text, instead.instead_of) == (relation, right, never.object)
    assert (instead.holds, instead.former, instead.corrects) == (not former, former, True)
    assert wrong not in instead.text and "never" not in instead.text


@pytest.mark.parametrize(
    "text", ["I never lived in Graz, it was great.", "I never lived in Graz, that was Mia.", "I never lived in Graz. Was it Linz?"]
)
async def test_what_never_was_may_leave_open_what_was(text: str) -> None:
    (never,) = await read(text)
    assert (never.object.text, never.holds, never.corrects) == ("Graz", False, True)


@pytest.mark.parametrize(
    "text",
    [
        "I never lived in Graz. It was Vienna that I liked.",
        "I never lived in Graz. It was Vienna calling.",
        "I never lived in Graz. It was a Fiat.",
        "I never married Leo. That was Lena.",
        "I never lived in Graz. It was Leo.",
        "I never lived in Graz, it was May.",
        "I never lived in Graz, only near Vienna.",
        "I never lived in Graz, only in Vienna and Linz.",
        "I never worked at Velmar. It was Tundrix I wrote to.",
        "I have never played chess. It was Carlsen who did.",
    ],
)
async def test_what_cannot_be_instead_is_not(text: str) -> None:
    (never,) = await read(text)
    assert (never.holds, never.corrects, never.instead_of) == (False, True, never.object)


@pytest.mark.parametrize(
    "text",
    [
        "I didn't marry Leo in Porto, it was Faro.",
        "I never married Leo in Porto, it was Faro.",
        "No, I didn't marry Leo in Porto, it was Faro.",
        "I didn't visit Vienna. It was Corona.",
        "I didn't visit Vienna. It was Christmas.",
        "I never visited Greece, only Croatia and Malta.",
    ],
)
async def test_what_may_not_be_about_the_thing_denied_takes_nothing_back(text: str) -> None:
    assert not [statement for statement in await read("I live in Braga.", text) if statement.corrects]


@pytest.mark.parametrize("text", ["I didn't live in Graz.", "I didn't live in Graz until 2019.", "I wasn't married to Leo."])
async def test_what_was_not_so_then_tells_nothing_alone(text: str) -> None:
    assert await read(text) == []


async def test_what_was_not_said_tells_nothing() -> None:
    assert await read("I never said I live in Lisbon.") == []
