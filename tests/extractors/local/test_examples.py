from extractors.local.examples import examples


def test_a_kind_has_its_examples_and_those_of_the_kinds_in_it() -> None:
    assert "judo" in examples()["martial"]
    assert {"tennis", "judo"} <= set(examples()["sport"])
    assert examples()["hobby"] == examples()["activity"]


def test_every_example_is_one_word_in_lower_case_and_stands_once() -> None:
    for asked, named in examples().items():
        assert asked == asked.lower()
        assert all(word.isalpha() and word.islower() for word in named), asked
        assert len(named) == len(set(named)), asked
