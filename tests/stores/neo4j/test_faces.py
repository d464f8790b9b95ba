"""Which labels Graphiti sees."""

import re

import pytest

from graph.stores.neo4j.faces import labels_of
from graph.stores.neo4j.queries.schema import MIGRATIONS


@pytest.mark.parametrize(
    ("type", "labels"), [("Person", ["Person"]), ("_x1", ["_x1"]), ("", []), ("Ort", ["Ort"]), ("a b", []), ("Person\n", [])]
)
def test_a_type_is_a_label_where_graphiti_can_read_it(type: str, labels: list[str]) -> None:
    assert labels_of(type) == labels


def test_no_type_is_taken_for_what_the_schema_names() -> None:
    named = {label for statements in MIGRATIONS for text in statements for label in re.findall(r"FOR \(n:(\w+)\)", text)}
    assert len(named) > 10
    assert {label for label in named if labels_of(label)} == set()
