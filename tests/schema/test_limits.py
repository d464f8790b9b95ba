"""A request that asks for too much is refused, and told the limit."""

import pytest

from graph.errors import BadInput
from graph.views import Page
from schema.limits import Limits
from schema.schema import PalimpsestSchema, build_schema
from tests.schema.conftest import Ask


def test_a_page_without_first_has_fifty_items() -> None:
    assert Limits().page(None, "c") == Page(50, "c")


@pytest.mark.parametrize("first", [0, -1, 501])
def test_a_page_out_of_bounds_is_refused_naming_the_limit(first: int) -> None:
    with pytest.raises(BadInput) as refused:
        Limits().page(first)
    assert repr(first) in refused.value.message
    assert "500" in refused.value.hint
    assert refused.value.field == "first"


async def refusal_of(schema: PalimpsestSchema, document: str) -> tuple[str, object]:
    result = await schema.execute(document)
    assert result.errors and result.data is None
    error = result.errors[0]
    return error.message, (error.extensions or {}).get("code")


async def test_a_document_too_deep_is_refused_naming_the_limit() -> None:
    schema = build_schema(Limits(depth=3))
    deep = '{ graph(group: "g") { entities { nodes { facts { nodes { text } } } } } }'
    message, code = await refusal_of(schema, deep)
    assert "maximum operation depth of 3" in message
    assert code == "BAD_INPUT"


async def test_too_many_aliases_are_refused_naming_the_limit() -> None:
    aliases = " ".join(f"a{n}: __typename" for n in range(4))
    message, code = await refusal_of(build_schema(Limits(aliases=3)), f"{{ {aliases} }}")
    assert message == "4 aliases found. Allowed: 3"
    assert code == "BAD_INPUT"


async def test_too_many_tokens_are_refused_naming_the_limit() -> None:
    message, code = await refusal_of(build_schema(Limits(tokens=10)), "{ a b c d e f g h i j k }")
    assert "10 tokens" in message
    assert code == "BAD_INPUT"


@pytest.mark.parametrize("field", ["entities", "facts", "episodes", "sessions", "reviews", "changes"])
async def test_every_list_knows_its_largest_page(ask: Ask, field: str) -> None:
    answer = await ask(f'{{ graph(group: "g") {{ {field}(first: 501) {{ nodes {{ id }} }} }} }}')
    assert answer["errors"][0]["extensions"] == {"code": "BAD_INPUT", "hint": "Use 1 to 500.", "field": "first"}
