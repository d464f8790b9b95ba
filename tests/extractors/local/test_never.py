import pytest

from extractors.local.clauses import clauses
from extractors.local.draft import Never
from extractors.local.never import never
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I never lived in Rome.", Never.EVER),
        ("I have never actually lived in Rome.", Never.EVER),
        ("I've never been married to Tom.", Never.EVER),
        ("I didn't live in Rome.", Never.THEN),
        ("I never lived in Rome before 2019.", None),
        ("I didn't live in Rome until 2019.", None),
        ("I don't live in Rome.", None),
        ("I lived in Rome.", None),
    ],
)
def test_it_is_never_said_with_a_limit(text: str, said: Never | None) -> None:
    assert never(next(clauses(scene(text)))) is said
