"""The printed schema is the committed one, every part of it is described, and its rules are made once."""

from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLNamedType, GraphQLSchema, build_schema, is_introspection_type, is_specified_scalar_type
from strawberry.extensions.validation_cache import _get_validate_cache

from schema.schema import CACHED_DOCUMENTS, PalimpsestSchema, printed
from tests.schema.conftest import Ask

COMMITTED = Path(__file__).parents[2] / "schema" / "schema.graphql"
PAGE = {"first", "after"}


def test_the_printed_schema_is_the_committed_one() -> None:
    assert printed() == COMMITTED.read_text(encoding="utf-8"), "renew it: .venv/bin/python -m schema.print > schema/schema.graphql"


def ours(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    return (kind for kind in schema.type_map.values() if not is_introspection_type(kind) and not is_specified_scalar_type(kind))


def undescribed(kind: GraphQLNamedType) -> Iterator[str]:
    if not kind.description:
        yield kind.name
    for name, part in {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}.items():
        if not part.description:
            yield f"{kind.name}.{name}"
        yield from (f"{kind.name}.{name}({given})" for given, argument in getattr(part, "args", {}).items() if not argument.description)


def test_every_type_field_argument_and_value_is_described() -> None:
    schema = build_schema(printed())
    assert [name for kind in ours(schema) for name in undescribed(kind)] == []


def test_connections_and_lists_page_alike() -> None:
    schema = build_schema(printed())
    for kind in ours(schema):
        for name, field in getattr(kind, "fields", {}).items():
            if str(getattr(field, "type", "")).endswith("Connection!"):
                assert field.args.keys() >= PAGE, f"{kind.name}.{name}"


async def test_the_same_document_is_validated_once(schema: PalimpsestSchema, ask: Ask) -> None:
    cache = _get_validate_cache(CACHED_DOCUMENTS)
    document = "{ validatedOnce: __typename }"
    await ask(document)
    before = cache.cache_info()  # type: ignore[attr-defined]
    await ask(document)
    after = cache.cache_info()  # type: ignore[attr-defined]
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)


async def test_introspection_needs_no_rights(schema: PalimpsestSchema, ask: Ask) -> None:
    answer = await ask("{ __schema { queryType { name } mutationType { name } } }", None)
    assert answer == {"data": {"__schema": {"queryType": {"name": "Query"}, "mutationType": {"name": "Mutation"}}}, "errors": []}
