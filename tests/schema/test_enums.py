"""The enums of the schema are those of the vocabulary, value by value."""

from enum import Enum

import pytest
from graphql import GraphQLEnumType, build_schema

from schema import enums
from schema.schema import printed


@pytest.mark.parametrize("name", enums.__all__)
def test_every_value_is_shown_under_its_own_name(name: str) -> None:
    kind: type[Enum] = getattr(enums, name)
    shown = build_schema(printed()).type_map[name]
    assert isinstance(shown, GraphQLEnumType)
    assert list(shown.values) == [value.name for value in kind]
