import pytest

from extractors.local import nlp
from graph.errors import ModelUnavailable


def test_the_model_is_loaded_once() -> None:
    assert nlp.load() is nlp.load()


def test_it_parses_tags_and_names() -> None:
    doc = nlp.load()("Rosa Lima lives in Porto.")
    assert [token.dep_ for token in doc][:3] == ["compound", "nsubj", "ROOT"]
    assert {entity.text for entity in doc.ents} == {"Rosa Lima", "Porto"}


def test_a_missing_model_is_named_with_what_to_do() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        nlp.load_one_of(("en_nowhere_sm",))
    assert "'en_nowhere_sm'" in caught.value.message
    assert "pip install" in caught.value.hint
