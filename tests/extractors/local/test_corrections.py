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
        (["I live in Porto.", "No, Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Porto.", "Sorry, no, Braga."], "lives_in", "Porto", "Braga"),
        (["I live in Porto, I mean Braga."], "lives_in", "Porto", "Braga"),
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


async def test_what_was_not_said_tells_nothing() -> None:
    assert await read("I never said I live in Lisbon.") == []
