import pytest

from extractors.local.agreement import with_s


@pytest.mark.parametrize(
    ("verb", "form"),
    [("work", "works"), ("watch", "watches"), ("carry", "carries"), ("play", "plays"), ("miss", "misses"), ("echo", "echoes")],
)
def test_the_third_person(verb: str, form: str) -> None:
    assert with_s(verb) == form
