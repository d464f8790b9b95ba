import pytest

from tests.extractors.local.spoken import told_in


@pytest.mark.parametrize("text", ["I also work as a translator.", "I work as a translator as well.", "I work as a translator on the side."])
def test_one_job_more_takes_the_place_of_none(text: str) -> None:
    assert told_in(("Ada", "I work as a nurse."), ("Ada", text)) == []


def test_what_is_not_more_of_the_same_stays() -> None:
    assert told_in(("Ada", "I work as a nurse."), ("Ada", "I also live in Porto.")) == ["Ada | lives_in | Porto"]
    assert told_in(("Bo", "I live in Porto."), ("Ada", "I live in Porto too.")) == ["Ada | lives_in | Porto"]
