"""Records made fast are the records that the class makes."""

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from graph.model import Assertion, Entity, Episode, Fact
from graph.stores.making import maker
from graph.views import EpisodeNode
from tests.stores.builders import assertion, day, entity, fact, message


@pytest.mark.parametrize(
    "made",
    [
        fact("f", "anna", "lives_in", "rome", day(1), invalid_at=day(2), assertions=("a",)),
        assertion("a", "anna", "lives_in", "rome", day(1), span=(0, 3)),
        entity("anna", day(1), aliases=("Ann",)),
        message("hello", metadata={"by": "phone"}),
        EpisodeNode("e", "s", "Anna", day(1), None, "f", 3, asks=True),
    ],
    ids=lambda made: type(made).__name__,
)
def test_it_is_one_of_its_class_with_every_field_in_its_place(made: Any) -> None:
    again = maker(type(made))(*(getattr(made, field.name) for field in fields(made)))
    assert again == made
    assert type(again) is type(made)
    assert repr(again) == repr(made)
    assert replace(again) == made
    with pytest.raises(FrozenInstanceError):
        again.uuid = "other"


@pytest.mark.parametrize("cls", [Fact, Assertion, Entity, Episode, EpisodeNode])
def test_one_of_too_few_fields_is_not_made(cls: Any) -> None:
    with pytest.raises(TypeError):
        maker(cls)("a")
