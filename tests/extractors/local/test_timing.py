import pytest

from extractors.local.timing import When, when
from extractors.local.verbs import predicate
from graph.time import Period, parse_period
from tests.extractors.local.spoken import scene


def told(text: str) -> When:
    spoken = scene(text)
    return when(predicate(next(token for token in spoken.doc if token.dep_ == "ROOT")), spoken.dates)


def period(text: str) -> Period:
    return parse_period(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I moved in March.", When(start=period("2024-03"), dated=True)),
        ("I moved on Monday.", When(start=period("2024-07-08"), dated=True)),
        ("I will move on Monday.", When(start=period("2024-07-15"), dated=True)),
        ("I'm moving on Monday.", When(start=period("2024-07-15"), dated=True)),
        ("I have lived here since 2019.", When(start=period("2019"), vouched=True, dated=True)),
        ("I have lived here for three years.", When(start=period("2021"), vouched=True, dated=True)),
        ("I lived here for three years.", When()),
        ("I lived here until 2014.", When(end=period("2014"), dated=True)),
        ("I lived here from 2010 to 2014.", When(start=period("2010"), end=period("2014"), dated=True)),
        ("I run every Monday.", When(repeats="every Monday")),
        ("I know the class of 2010.", When()),
        ("I live here.", When()),
    ],
)
def test_dates_say_since_when_and_until_when(text: str, meant: When) -> None:
    assert told(text) == meant


def test_a_date_at_the_front_tells_of_all_that_follows() -> None:
    spoken = scene("Last week I sang and danced.")
    danced = next(token for token in spoken.doc if token.lower_ == "danced")
    assert when(predicate(danced), spoken.dates).dated


@pytest.mark.parametrize(
    "text",
    ["Last week I sang and in June I danced.", "In May Tom sang, and in June he danced.", "In 2019 I sang and since June I have danced."],
)
def test_a_date_of_its_own_goes_before_the_one_at_the_front(text: str) -> None:
    spoken = scene(text)
    danced = next(token for token in spoken.doc if token.lower_ == "danced")
    assert when(predicate(danced), spoken.dates).start == period("2024-06")


def test_an_end_of_its_own_goes_with_the_date_at_the_front() -> None:
    spoken = scene("In 2019 I sang and danced until 2021.")
    danced = next(token for token in spoken.doc if token.lower_ == "danced")
    assert when(predicate(danced), spoken.dates) == When(start=period("2019"), end=period("2021"), dated=True)


def test_a_date_belongs_to_its_own_clause() -> None:
    spoken = scene("I quit my job and moved to Oslo in May.")
    quit_ = next(token for token in spoken.doc if token.lower_ == "quit")
    assert when(predicate(quit_), spoken.dates) == When()
