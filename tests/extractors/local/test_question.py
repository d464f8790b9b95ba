from datetime import UTC, datetime

import pytest

from extractors.local.question import MOST_NAMES, MOST_TERMS, LocalQuestionReader, content_terms, find_names, stem
from graph.language import Asks
from graph.ontology import load_ontology

AT = datetime(2025, 3, 12, 10, tzinfo=UTC)
READER = LocalQuestionReader(load_ontology())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Where does Anna live?", ("Anna",)),
        ("Where does Anna's sister Mia live?", ("Anna", "Anna's sister", "Mia")),
        ("Where does Anna\N{RIGHT SINGLE QUOTATION MARK}s older sister live?", ("Anna", "Anna's older sister")),
        ("Did Anna Berg and Tom O'Brien meet?", ("Anna Berg", "Tom O'Brien")),
        ("Who painted the Museum of Modern Art?", ("Museum of Modern Art",)),
        ('Who is the author of "the long way"?', ("the long way",)),
        ("What happened in May on Monday?", ()),
        ("what is for dinner?", ()),
        ("", ()),
    ],
)
def test_names_are_found_as_written(text: str, names: tuple[str, ...]) -> None:
    assert READER.question(text, AT).names == names


def test_speakers_are_known_in_any_case() -> None:
    assert find_names("where does ben live", ["Ben", "Be"]) == ("Ben",)


def test_terms_are_the_content_words_each_once() -> None:
    assert content_terms("What is the name of Anna's dog, the dog that Anna has?") == ("name", "anna", "dog")


def test_a_long_text_has_bounded_names_and_terms() -> None:
    question = READER.question(" ".join(f"Person{n} likes thing{n}." for n in range(200)), AT)
    assert len(question.names) <= MOST_NAMES
    assert len(question.terms) == MOST_TERMS


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Where does Anna live?", "lives_in"),
        ("Who does Ben work for?", "works_at"),
        ("Who is Anna married to?", "married_to"),
        ("What does Ben like?", "likes"),
    ],
)
def test_words_point_to_relations(text: str, relation: str) -> None:
    assert relation in READER.question(text, AT).relations


def test_a_negation_is_another_relation() -> None:
    assert "dislikes" not in READER.question("What does Ben like?", AT).relations


def test_what_is_left_out_is_no_example_either() -> None:
    question = READER.question("Which sports besides tennis does Anna play?", AT)
    assert "tennis" not in question.examples["sports"]
    assert "swimming" in question.examples["sports"]
    assert question.wanted.split() == ["Which", "sports", "does", "Anna", "play?"]
    assert READER.question("Which sports does Anna play?", AT).wanted == "Which sports does Anna play?"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("When did Anna move?", Asks.WHEN),
        ("How long has Anna lived there?", Asks.WHEN),
        ("In which year did they meet?", Asks.WHEN),
        ("Who is Mia?", Asks.WHO),
        ("Where is it?", Asks.WHERE),
        ("Which city does she live in?", Asks.WHERE),
        ("How many dogs has Ben?", Asks.HOW_MANY),
        ("What does Ben like?", Asks.WHAT),
        ("Tell me of Anna", Asks.WHAT),
    ],
)
def test_what_is_asked_for(text: str, asks: Asks) -> None:
    assert READER.question(text, AT).asks is asks


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Where does Anna live?", False),
        ("Where will Anna live?", False),
        ("Where did Anna live before Milan?", True),
        ("Where was Anna living?", True),
        ("Who used to be her boss?", True),
        ("Where was Anna born?", False),
        ("Who was the novel written by?", False),
        ("Where was Anna born before it was corrected?", True),
        ("Where does Anna work since last week?", True),
    ],
)
def test_a_question_about_the_past_is_told_from_one_about_now(text: str, past: bool) -> None:
    assert READER.question(text, AT).past is past


def test_periods_are_relative_to_the_asking() -> None:
    (week,) = READER.question("What happened last week?", AT).periods
    assert (week.first, week.end) == (datetime(2025, 3, 3, tzinfo=UTC), datetime(2025, 3, 10, tzinfo=UTC))


def test_a_month_without_a_year_may_be_of_any_late_year() -> None:
    periods = READER.question("What did Anna do in May?", AT).periods
    assert {(period.first.year, period.first.month) for period in periods} >= {(2024, 5), (2020, 5)}
    assert len({period.first.year for period in READER.question("What did Anna do in May 2022?", AT).periods}) == 1


def test_before_a_date_is_no_period() -> None:
    assert READER.question("Where did Anna live before 2020?", AT).periods == ()


def test_words_of_one_stem_are_one() -> None:
    assert stem("painting") == stem("painted") == stem("paints")


def test_a_term_that_asks_for_a_kind_brings_words_that_name_one() -> None:
    found = READER.question("Which sports does Anna like?", AT).examples
    assert found.keys() == {"sports"}
    assert "tennis" in found["sports"]
    assert not READER.question("Who is Anna?", AT).examples


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Which sports besides tennis does Anna play?", ("sports", "anna", "play")),
        ("Besides painting and pottery, what does Anna like?", ("anna", "like")),
        ("Who does Anna know other than Ben?", ("anna", "know")),
        ("Which activity besides yoga at the studio?", ("activity", "studio")),
        ("How many people other than Ben work at Acme?", ("people", "work", "acme")),
        ("Which hobby other than painting does Mia have?", ("hobby", "mia")),
        ("Which countries besides the United States has Anna seen?", ("countries", "anna", "seen")),
        ("Aside from tennis, chess and golf what does Anna play?", ("anna", "play")),
        ("Besides playing tennis, which sports does Anna do?", ("sports", "anna")),
        ("Besides Ben's sister Mia, who plays chess?", ("plays", "chess")),
        ("What has Anna read besides The Lord of the Rings?", ("anna", "read")),
        ('What has Anna read besides "The Long Way"?', ("anna", "read")),
        ("Apart from Ben and Mia, who plays chess?", ("plays", "chess")),
        ("What sets Anna apart from Ben?", ("sets", "anna", "apart", "ben")),
        ("Who lives apart from her husband?", ("lives", "apart", "husband")),
        ("What is besides the barn", ("besides", "barn")),
    ],
)
def test_what_is_left_out_is_not_looked_for(text: str, terms: tuple[str, ...]) -> None:
    assert READER.question(text, AT).terms == terms


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("When did Anna move?", Asks.WHEN),
        ("when anna moved to rome", Asks.WHEN),
        ("Tell me when Anna moved", Asks.WHEN),
        ("And when?", Asks.WHEN),
        ("When in May did Anna move?", Asks.WHEN),
        ("When's the last time Anna did yoga?", Asks.WHEN),
        ("When and where did Anna meet Ben?", Asks.WHEN),
        ("Do you remember when Anna moved?", Asks.WHEN),
        ("What did Anna say when she heard the news?", Asks.WHAT),
        ("What does Anna remember when she hears the song?", Asks.WHAT),
        ("Who gave Anna the ring when she was younger?", Asks.WHO),
        ("When Anna moved, where did she live?", Asks.WHERE),
        ("What did Anna find when the storm was over?", Asks.WHAT),
    ],
)
def test_when_asks_for_a_date_only_where_it_asks(text: str, asks: Asks) -> None:
    assert READER.question(text, AT).asks is asks


def test_words_by_which_one_asks_say_less() -> None:
    question = READER.question("Which activities did Anna mention recently besides pottery?", AT)
    assert question.vague == {"activities": 0.6, "mention": 0.4, "recently": 0.4}


def test_words_of_an_understood_date_say_little() -> None:
    assert READER.question("What did Anna bake on 3 June 2023?", AT).vague == {"3": 0.3, "june": 0.3, "2023": 0.3}
    assert READER.question("What did Anna bake last summer?", AT).vague == {}
    assert "month" not in {word for word, part in READER.question("What did Anna bake last month?", AT).vague.items() if part == 0.3}
    assert READER.question("What did Anna bake before 3 June 2023?", AT).vague == {}


@pytest.mark.parametrize(
    ("text", "done", "named"),
    [
        ("What did Anna bake?", True, False),
        ("Which city has Anna seen?", True, True),
        ("What does Anna bake?", False, False),
        ("What did Anna plan to bake?", False, False),
        ("What has Anna planned for May?", False, False),
        ("What pets does Anna have?", False, False),
        ("What is the name of her cat?", False, True),
    ],
)
def test_what_was_done_and_what_has_a_name_are_asked_for(text: str, done: bool, named: bool) -> None:
    question = READER.question(text, AT)
    assert (question.done, question.named) == (done, named)


def test_the_relations_of_a_chain_are_named_one_after_another() -> None:
    links = READER.question("What is the capital of the country where the author of Harbour Lights was born?", AT).links
    assert [set(link.relations) & {"has_capital", "country", "written_by", "born_in"} for link in links] == [
        {"has_capital"},
        {"country"},
        {"written_by"},
        {"born_in"},
    ]
    assert [link.types for link in links] == [(), ("Country",), (), ()]
    assert links[0].words == ("capital",)


def test_words_of_a_longer_name_are_no_link() -> None:
    assert READER.question("Who directs the Capital Theatre Company?", AT).links[0].words == ("directs",)
    assert [link.words for link in READER.question("Who is married to the CEO of Tidewater Books?", AT).links] == [("married",), ("ceo",)]


def test_topics_may_be_names_in_any_case() -> None:
    assert "All of Me" in READER.question("Who sang All of Me?", AT).topics
    assert "Gran Turismo 4" in READER.question("Who developed Gran Turismo 4?", AT).topics
    assert READER.question("Which sport is goalkeeper associated with?", AT).topics[0] != "sport"
    assert "goalkeeper" in READER.question("Which sport is goalkeeper associated with?", AT).topics


def test_who_made_something_is_not_asked_of_the_past() -> None:
    assert not READER.question("Who was responsible for the development of the ferry app?", AT).past
