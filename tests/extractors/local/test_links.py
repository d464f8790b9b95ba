import pytest

from extractors.local.links import LONGEST_TOPIC, MOST_LINKS, MOST_TOPICS, runs, topics

CAPITAL = (frozenset({"capit"}), "has_capital")
OF_ORIGIN = (frozenset({"countri", "origin"}), "country_of_origin")
COUNTRY = (frozenset({"countri"}), "country")
BORN = (frozenset({"born", "citi"}), "born_in")
PHRASES = {"capit": [CAPITAL], "countri": [OF_ORIGIN, COUNTRY], "origin": [OF_ORIGIN], "born": [BORN], "citi": [BORN]}


def relations(*stems: str | None) -> list[tuple[str, ...]]:
    return [run.relations for run in runs(stems, PHRASES, {})]


def test_relations_come_in_the_order_of_the_text() -> None:
    assert relations("capit", None, None, "countri") == [("has_capital",), ("country",)]


def test_the_fullest_phrase_takes_its_words() -> None:
    assert relations("countri", None, "origin") == [("country_of_origin",)]
    assert relations("countri", None, "origin", None, "countri") == [("country_of_origin",), ("country",)]


def test_a_phrase_may_be_interrupted_but_not_for_long() -> None:
    assert relations("citi", None, "author", "born") == [("born_in",)]
    assert relations("citi", "one", "two", "born") == []
    assert relations("citi", *[None] * 8, "born") == []


def test_phrases_of_the_same_words_are_one_link() -> None:
    both = {"wrote": [(frozenset({"wrote"}), "author_of"), (frozenset({"wrote"}), "written_by")]}
    assert [run.relations for run in runs(["wrote"], both, {})] == [("author_of", "written_by")]


def test_the_name_of_a_type_is_a_link_too() -> None:
    (named,) = runs(["countri"], PHRASES, {"countri": "Country"})
    assert (named.relations, named.types) == (("country",), ("Country",))
    (unnamed,) = runs(["languag"], PHRASES, {"languag": "Language"})
    assert (unnamed.relations, unnamed.types) == ((), ("Language",))
    assert [run.types for run in runs(["countri", None, "origin"], PHRASES, {"countri": "Country"})] == [()]


def test_the_number_of_links_is_bounded() -> None:
    assert len(runs(["capit"] * 100, PHRASES, {})) == MOST_LINKS


@pytest.mark.parametrize(
    ("telling", "found"),
    [
        ([0, 2], ("harbour of lights", "harbour", "lights")),
        ([1], ("of",)),
        ([], ()),
    ],
)
def test_topics_begin_and_end_with_words_that_tell(telling: list[int], found: tuple[str, ...]) -> None:
    assert topics(["harbour", "of", "lights"], telling) == found


def test_the_number_and_length_of_topics_are_bounded() -> None:
    words = [f"w{n}" for n in range(100)]
    found = topics(words, range(100))
    assert len(found) == MOST_TOPICS
    assert max(len(topic.split()) for topic in found) == LONGEST_TOPIC
