"""What `find` promises of any text: nothing where no time is told, and periods that fit the words where one is."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.local.dates import Role, Tense, find
from extractors.local.dates.find import RULES
from graph.errors import BadInput
from graph.time import Precision
from tests.extractors.local.dates.said import AT, heard, shorthand


@pytest.mark.parametrize(
    "text",
    [
        "You may borrow my bike.",
        "We marched through the town.",
        "The soldiers march at dawn.",
        "Wait a second, please.",
        "Give me five minutes.",
        "I'll be there in a minute",
        "He sat by the window.",
        "The sun was blinding.",
        "My mon ami is here.",
        "May I come in?",
        "It may well rain.",
        "I met April at the bakery.",
        "June is my aunt.",
        "A letter for May arrived.",
        "August Wilson wrote it.",
        "My cat Summer sleeps all day.",
        "I fall asleep quickly.",
        "Don't fall for it.",
        "The spring in my sofa broke.",
        "I sprang up; spring water is great.",
        "She wed her partner.",
        "He is in second place.",
        "We live on the third floor.",
        "She came first.",
        "on the second attempt I passed",
        "I was 12 at that time.",
        "at age 12 I moved",
        "My son is 3 years old.",
        "A 5 year old told me.",
        "It's a two-week course.",
        "I've got 20 euros.",
        "The total was 2019 dollars.",
        "I walked 2000 steps.",
        "Over 1900 people came.",
        "Room 2021 is upstairs.",
        "Call 555-2019 now",
        "Pi is 3.14.",
        "The score was 3-2.",
        "I need 1/2 cup of milk.",
        "We're open 24/7.",
        "9/11 changed things.",
        "I'd give it 9/10.",
        "Version 2.0.19 is out.",
        "ISO 2023-13-45 is nonsense.",
        "On 30 February nothing happens.",
        "since then I sleep better",
        "Since when do you cook?",
        "since I was a kid",
        "Back then I was shy.",
        "the following day we left",
        "The next day it rained.",
        "the day before, he had called",
        "One day I'll sail.",
        "Some day soon, I hope.",
        "These days I read more.",
        "Lately I'm tired.",
        "I recently quit.",
        "Talk soon!",
        "See you later.",
        "Now I feel fine.",
        "Right now I'm in Rome.",
        "I live here now.",
        "Not now, please.",
        "I'm currently unemployed.",
        "Happy Friday!",
        "TGIF! It's Friday",
        "A lazy Sunday is the best.",
        "I take my Tuesday class seriously.",
        "Have a great weekend!",
        "Merry Christmas!",
        "Happy New Year!",
        "We bought a Christmas tree.",
        "I love Halloween.",
        "She works the night shift.",
        "It was a long night.",
        "We had a wonderful day.",
        "Good morning!",
        "Good night, sleep tight",
        "Week after week, nothing.",
        "It takes years.",
        "The years fly by.",
        "a year is a long time",
        "Rome wasn't built in a day.",
        "I haven't eaten meat in three years.",
        "The best pizza in years!",
        "I learned to drive in two weeks.",
        "It was my first time in ten years",
        "I read 1984 by Orwell.",
        "The '16 Finals were great.",
        "In the 4th quarter we scored.",
        "He is in his 20s.",
        "She's in her early thirties.",
        "The temperature hit 90.",
        "Mad March hare",
        "Julian and Augustus",
        "Decide for yourself.",
        "Augment, marching, mayor, sunny, monkey",
        "The second hand shop",
        "The last day of school",
        "Last but not least",
        "Next time, call me.",
        "Next door lives a painter.",
        "This is the last one.",
        "I was last in line.",
    ],
)
def test_nothing_is_found_where_no_time_is_told(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on Monday", "AT 2025-03-03", "AT 2025-03-10"),
        ("this Tuesday", "AT 2025-03-04", "AT 2025-03-11"),
        ("this weekend", "AT 2025-03-01..2025-03-02", "AT 2025-03-08..2025-03-09"),
        ("over the weekend", "AT 2025-03-01..2025-03-02", "AT 2025-03-08..2025-03-09"),
        ("in May", "AT 2024-05", "AT 2025-05"),
        ("in March", "AT 2025-03", "AT 2025-03"),
        ("on the 3rd", "AT 2025-03-03", "AT 2025-04-03"),
        ("on June 9th", "AT 2024-06-09", "AT 2025-06-09"),
        ("in the summer", "AT 2024-06-01..2024-08-31", "AT 2025-06-01..2025-08-31"),
        ("for Christmas", "AT 2024-12-24..2024-12-26", "AT 2025-12-24..2025-12-26"),
        ("until May", "UNTIL 2024-05", "UNTIL 2025-05"),
        ("on Feb 29", "AT 2024-02-29", None),
        ("in three days", None, "AT 2025-03-09"),
    ],
)
def test_the_tense_says_which_one(text: str, past: str | None, future: str | None) -> None:
    for tense, meaning in ((Tense.PAST, past), (Tense.FUTURE, future)):
        assert [shorthand(found) for found in find(text, AT, tense)] == ([meaning] if meaning else [])


def test_words_around_tell_the_tense_where_the_caller_does_not() -> None:
    assert heard("She left on Monday. We will leave on Monday.") == ["on Monday = AT 2025-03-03", "on Monday = AT 2025-03-10"]


def test_a_message_may_tell_several_times() -> None:
    text = "I moved in last week, after two years in Porto, and I start at Corvo on 1 April; I've been a cook since 2015."
    assert heard(text) == ["last week = AT 2025-02-24..2025-03-02", "on 1 April = AT 2025-04-01", "since 2015 = SINCE 2015"]


def test_curly_apostrophes_and_long_dashes_count_as_plain_ones() -> None:
    assert heard("closed 2019\u20132021, the \u201980s") == [
        "2019\u20132021 = SPAN 2019 > 2021",
        "the \u201980s = AT 1980-01-01..1989-12-31",
    ]


def test_days_are_those_of_the_speaker() -> None:
    late = datetime(2025, 3, 6, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    found = find("yesterday", late)[0]
    assert found.period is not None
    assert found.period.first == datetime(2025, 3, 5, 8, tzinfo=UTC)
    assert found.period.end == datetime(2025, 3, 6, 8, tzinfo=UTC)
    assert found.period.precision is Precision.DAY


def test_a_day_on_which_clocks_change_is_as_long_as_it_was() -> None:
    monday = datetime(2025, 3, 31, 12, tzinfo=ZoneInfo("Europe/Madrid"))
    found = find("yesterday", monday)[0]
    assert found.period is not None
    assert found.period.end - found.period.first == timedelta(hours=23)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("yesterday at 3pm", Precision.MINUTE),
        ("last weekend", Precision.DAY),
        ("two weeks ago", Precision.MONTH),
        ("in May", Precision.MONTH),
        ("last summer", Precision.MONTH),
        ("in Q3 2024", Precision.MONTH),
        ("in 2019", Precision.YEAR),
        ("in the 90s", Precision.YEAR),
    ],
)
def test_precision_is_the_nearest_to_the_length(text: str, precision: Precision) -> None:
    found = find(text, AT, Tense.PAST)[0]
    assert found.period is not None
    assert found.period.precision is precision


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(BadInput):
        find("yesterday", datetime(2025, 3, 6))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("text", ["next year", "in two decades", "a decade ago", "tomorrow", "last week", "since Christmas"])
@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)])
def test_days_beyond_the_calendar_are_not_found_rather_than_an_error(text: str, at: datetime) -> None:
    assert len(find(text, at)) <= 1


_EXAMPLES = [example for rule in RULES for example in rule.examples]
_TEXTS = st.lists(
    st.one_of(st.sampled_from(_EXAMPLES), st.text(max_size=6), st.sampled_from(["and", "to", "from", "I", "at 5pm", "-"])), max_size=6
)
_TIMES = st.builds(datetime.fromtimestamp, st.integers(min_value=-(10**9), max_value=7 * 10**9), st.timezones() | st.just(UTC))


@given(st.text(), _TIMES)
def test_any_text_is_read_without_error(text: str, at: datetime) -> None:
    find(text, at)


@given(_TEXTS, _TIMES, st.sampled_from([None, *Tense]))
def test_what_is_found_fits_the_text_and_the_calendar(parts: list[str], at: datetime, tense: Tense | None) -> None:
    text = " ".join(parts)
    last = 0
    for found in find(text, at, tense):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.words
        last = found.end
        assert (found.until is not None) == (found.role is Role.SPAN)
        assert found.period is not None or found.role in (Role.FOR, Role.REPEATED)
        if found.period:
            assert found.period.first < found.period.end
            assert found.zone is at.tzinfo
        if found.period and found.until:
            assert found.period.first <= found.until.first


@given(
    st.sampled_from(
        ["yesterday", "last Friday", "two weeks ago", "this weekend", "on Monday", "next week", "in three days", "the week before last"]
    ),
    st.integers(min_value=-200, max_value=200),
    st.integers(min_value=0, max_value=6 * 24),
)
def test_weeks_later_means_weeks_later(words: str, weeks: int, hours: int) -> None:
    at = AT + timedelta(hours=hours)
    here, there = find(words, at, Tense.FUTURE)[0].period, find(words, at + timedelta(weeks=weeks), Tense.FUTURE)[0].period
    assert here is not None
    assert there is not None
    assert there.first - here.first == timedelta(weeks=weeks) == there.end - here.end


@given(st.sampled_from(["today", "yesterday", "last month", "in 2019", "last Monday"]), st.integers(min_value=-12 * 60, max_value=14 * 60))
def test_periods_begin_at_midnight_of_the_offset(words: str, minutes: int) -> None:
    at = AT.astimezone(timezone(timedelta(minutes=minutes)))
    period = find(words, at)[0].period
    assert period is not None
    first, end = period.first.astimezone(at.tzinfo), period.end.astimezone(at.tzinfo)
    assert (first.hour, first.minute, end.hour, end.minute) == (0, 0, 0, 0)
