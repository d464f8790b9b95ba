"""The schema, built once: its types, its scalars, its limits and its way with errors."""

from graphql import GraphQLError, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, Undefined
from strawberry import Schema
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from schema.errors import told
from schema.limits import DocumentLimits, Limits, rules_of
from schema.mutation import Mutation
from schema.query import Query
from schema.scalars import SCALARS

CACHED_DOCUMENTS = 128
FIELDED = (GraphQLObjectType, GraphQLInterfaceType)


class PalimpsestSchema(Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        errors[:] = [told(error) for error in errors]


def build_schema(limits: Limits) -> PalimpsestSchema:
    rules = rules_of(limits)
    schema = PalimpsestSchema(
        query=Query,
        mutation=Mutation,
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[
            lambda: ParserCache(maxsize=CACHED_DOCUMENTS),
            lambda: ValidationCache(maxsize=CACHED_DOCUMENTS),
            lambda: DocumentLimits(limits, rules),
        ],
    )
    _drop_null_defaults(schema)
    return schema


def _drop_null_defaults(schema: PalimpsestSchema) -> None:
    """What may be left out has no default, rather than the default null: the printed schema reads better, and means the same."""
    for kind in schema._schema.type_map.values():
        arguments = [a for f in kind.fields.values() for a in f.args.values()] if isinstance(kind, FIELDED) else []
        fields = kind.fields.values() if isinstance(kind, GraphQLInputObjectType) else ()
        for optional in (*arguments, *fields):
            if optional.default_value is None:
                optional.default_value = Undefined


def printed() -> str:
    """The schema in GraphQL's own language, as schema.graphql holds it."""
    return build_schema(Limits()).as_str() + "\n"
