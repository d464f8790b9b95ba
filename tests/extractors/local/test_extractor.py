from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from extractors.local.extractor import LocalExtractor, statements
from graph.language import Excerpt, Reading
from graph.model import Episode, EpisodeKind
from tests.extractors.local.spoken import AT, episode, line


async def read(*episodes: Episode, before: tuple[Episode, ...] = (), speakers: tuple[str, ...] = ("Ada", "Bo")) -> list[Reading]:
    return list(await LocalExtractor().read(Excerpt(episodes, before, speakers)))


async def test_each_episode_has_its_reading_in_order() -> None:
    found = await read(episode("I live in Porto.", number=1), episode("ok", number=2), episode("I live in Kiel.", "Bo", number=3))
    assert [(reading.episode, len(reading.statements)) for reading in found] == [("e1", 1), ("e2", 0), ("e3", 1)]


@pytest.mark.parametrize("role", ["assistant", "system", "tool"])
async def test_other_roles_make_no_statements(role: str) -> None:
    (reading,) = await read(episode("I live in Porto.", role=role))
    assert reading == Reading("e0")


async def test_the_roles_learnt_from_can_be_chosen() -> None:
    excerpt = Excerpt([episode("I live in Porto.", role="assistant")], (), ("Ada",))
    (reading,) = await LocalExtractor(learn_from=("user", "assistant")).read(excerpt)
    assert [line(s) for s in reading.statements] == ["Ada | lives_in | Porto"]


@pytest.mark.parametrize(
    "text",
    [
        "Ich wohne seit Mai in Kiel und arbeite bei Larkfield.",
        "J'habite à Porto depuis 2019.",
        "私は東京に住んでいます。",
        "",
        "🎉🎉",
        "   ",
    ],
)
async def test_what_is_not_english_gives_an_empty_reading(text: str) -> None:
    assert await read(episode(text)) == [Reading("e0")]


async def test_a_speaker_without_a_name_is_the_user() -> None:
    (reading,) = await read(episode("I live in Porto.", name=None), speakers=())
    assert reading.statements[0].subject.text == "User"
    assert reading.statements[0].text == "User lives in Porto"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, I'm Anna Brown.", "Anna Brown"),
        ("My name is Greta.", "Greta"),
        ("Call me Lena.", "Lena"),
        ("I'm Ada.", None),
        ("I'm not Anna.", None),
        ("I'm tired.", None),
    ],
)
async def test_a_speaker_may_give_their_name(text: str, name: str | None) -> None:
    """Without one they are named by it; who writes under another name is known by it too."""
    (reading,) = await read(episode(text, name=None if name else "Ada"))
    assert reading.speaker_name == name
    (named,) = await read(episode(text, name="Ada"))
    assert named.speaker_name is None
    assert [mention.aliases for mention in named.mentions if mention.aliases] == ([(name,)] if name else [])


async def test_a_quote_is_the_very_words_of_the_message() -> None:
    text = "omg 🎉  im living in Porto since May!! and my sis Mia is great"
    (reading,) = await read(episode(text))
    home = next(s for s in reading.statements if s.relation == "lives_in")
    assert home.quote == "im living in Porto since May"
    for statement in reading.statements:
        assert text[slice(*statement.span)] == statement.quote


async def test_statements_stand_alone_with_their_dates_in_words() -> None:
    (reading,) = await read(episode("I moved to Lisbon last week and my brother Tom helped me."))
    assert reading.statements[1].text == "Ada moved to Lisbon in the week of 1 July 2024"


async def test_documents_tell_of_others_but_of_no_speaker() -> None:
    text = "Priya Nair founded Tidewater Books. I live in Porto."
    (reading,) = await read(episode(text, "notes.md", role=None, kind=EpisodeKind.TEXT), speakers=())
    assert [line(s) for s in reading.statements] == ["Priya Nair | founder_of | Tidewater Books"]
    assert reading.speaker_name is None


async def test_json_documents_are_not_read() -> None:
    assert await read(episode('{"home": "I live in Porto"}', role=None, kind=EpisodeKind.JSON)) == [Reading("e0")]


async def test_earlier_episodes_tell_whom_a_pronoun_means() -> None:
    earlier = episode("My sister Mia called.", number=1)
    (reading,) = await read(episode("She lives in Kiel.", number=2), before=(earlier,))
    assert [line(s) for s in reading.statements] == ["Mia | lives_in | Kiel"]


async def test_an_extractor_remembers_no_conversation() -> None:
    extractor = LocalExtractor()
    await extractor.read(Excerpt([episode("My sister Mia called.", number=1)], (), ("Ada",)))
    (reading,) = await extractor.read(Excerpt([episode("She lives in Kiel.", number=2)], (), ("Ada",)))
    assert reading.statements == ()


async def test_you_is_the_other_of_two_and_nobody_among_more() -> None:
    (two,) = await read(episode("Your sister Mia lives in Kiel."))
    (more,) = await read(episode("Your sister Mia lives in Kiel."), speakers=("Ada", "Bo", "Cy"))
    assert [line(s) for s in two.statements] == ["Mia | sibling_of | Bo", "Mia | lives_in | Kiel"]
    assert [line(s) for s in more.statements] == ["Mia | lives_in | Kiel"]


async def test_an_assistant_is_not_you() -> None:
    earlier = episode("How can I help?", "Helper", role="assistant", number=1)
    (reading,) = await read(episode("Your sister Mia lives in Kiel.", number=2), before=(earlier,), speakers=("Ada", "Helper"))
    assert [line(s) for s in reading.statements] == ["Mia | lives_in | Kiel"]


@pytest.mark.parametrize(("offset", "day"), [(0, 9), (10, 10)])
async def test_days_are_those_of_the_message(offset: int, day: int) -> None:
    said = datetime(2024, 7, 10, 20, tzinfo=UTC).astimezone(timezone(timedelta(hours=offset)))
    at = Episode("e", "g", "s", EpisodeKind.MESSAGE, "user", "Ada", "I moved to Kiel yesterday.", said, said, said)
    (reading,) = await read(at)
    start = reading.statements[0].start
    assert start is not None
    assert start.first == datetime(2024, 7, day, tzinfo=said.tzinfo)


async def test_the_group_says_the_day_of_a_message_in_utc() -> None:
    excerpt = Excerpt([episode("I moved to Kiel today.")], (), ("Ada",), ZoneInfo("Asia/Tokyo"))
    (reading,) = await LocalExtractor().read(excerpt)
    start = reading.statements[0].start
    assert start is not None
    assert start.first == datetime(2024, 7, 11, tzinfo=ZoneInfo("Asia/Tokyo"))


async def test_the_same_triple_is_told_once_a_message() -> None:
    (reading,) = await read(episode("I live in Porto. Yes, I live in Porto!"))
    assert [line(s) for s in reading.statements] == ["Ada | lives_in | Porto"]


async def test_the_later_of_two_contrary_statements_comes_last() -> None:
    (reading,) = await read(episode("I live in Porto. Wait, I live in Braga now."))
    assert [s.object.text for s in reading.statements] == ["Porto", "Braga"]


async def test_confidence_falls_with_the_kind_and_with_doubt() -> None:
    text = "I live in Porto. I think Dana works at Larkfield Labs. I broke my wrist on Thursday."
    (reading,) = await read(episode(text))
    assert [s.confidence for s in reading.statements] == [0.9, 0.7, 0.6]


def test_statements_keep_more_than_facts_do() -> None:
    text = "Hey Bo! I had a lovely chat with my mom yesterday. How are you? The stars were bright."
    assert statements(text, "Ada", AT, ["Bo"]) == ["Ada had a lovely chat with Ada's mom on 9 July 2024", "The stars were bright"]
