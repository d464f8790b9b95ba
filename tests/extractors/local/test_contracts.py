from datetime import UTC, datetime

import pytest

from extractors.local.extractor import LocalExtractor
from graph.language import Excerpt, MentionKind, Statement
from graph.model import Episode, EpisodeKind

AT = datetime(2025, 2, 10, 20, tzinfo=UTC)


async def read(text: str) -> list[Statement]:
    episode = Episode("e", "g", "s", EpisodeKind.MESSAGE, "user", "Ada", text, AT, AT, AT)
    (reading,) = await LocalExtractor().read(Excerpt([episode], (), ("Ada", "Bo")))
    return [statement for statement in reading.statements if statement.relation == "works_at"]


@pytest.mark.parametrize(
    ("text", "who", "where", "day"),
    [
        ("My contract at Larkfield Labs ends on 28 February.", "Ada", "Larkfield Labs", "2025-02-28"),
        ("My internship ended last Friday.", "Ada", "", "2025-02-07"),
        ("Tom's job at Larkfield Labs finished yesterday.", "Tom", "Larkfield Labs", "2025-02-09"),
    ],
)
async def test_a_job_that_ends_is_over_from_its_date_on(text: str, who: str, where: str, day: str) -> None:
    (statement,) = await read(text)
    assert (statement.subject.text, statement.object.text, statement.holds) == (who, where, False)
    assert (statement.object.kind is MentionKind.ANY) is (where == "")
    assert statement.start is not None
    assert statement.start.first.date().isoformat() == day


@pytest.mark.parametrize("text", ["My contract doesn't end until May.", "The contract ends in May.", "My day ends at six."])
async def test_what_does_not_end_a_job(text: str) -> None:
    assert await read(text) == []
