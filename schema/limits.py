"""How much one request may ask for. Each refusal is BAD_INPUT and names the limit."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import ASTValidationRule
from strawberry.extensions import MaxAliasesLimiter, QueryDepthLimiter, SchemaExtension

from graph.errors import BadInput
from graph.views import Page


@dataclass(frozen=True, slots=True)
class Limits:
    """`depth`, `aliases` and `tokens` are of the document; the others are the largest arguments of those names, or the longest lists."""

    depth: int = 15
    aliases: int = 50
    tokens: int = 5_000
    first: int = 500
    hops: int = 4
    around: int = 100

    def page(self, first: int | None, after: str | None = None) -> Page:
        """A Page within `first`; None is the default of 50."""
        return Page(self.within("first", 50 if first is None else first, self.first), after)

    def within(self, name: str, value: int, most: int, least: int = 1) -> int:
        """`value`, if it is between `least` and `most`."""
        if not least <= value <= most:
            raise BadInput(f"{name}: {value!r} is out of bounds", hint=f"Use {least} to {most:,}.", field=name)
        return value


class DocumentLimits(SchemaExtension):
    """Adds the rules of `Limits` to each request. They are made once: new ones a request would miss the validation cache."""

    def __init__(self, limits: Limits, rules: tuple[type[ASTValidationRule], ...]) -> None:
        self.limits = limits
        self.rules = rules

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = self.limits.tokens
        self.execution_context.validation_rules += self.rules
        yield


def rules_of(limits: Limits) -> tuple[type[ASTValidationRule], ...]:
    depth = QueryDepthLimiter(max_depth=limits.depth)
    aliases = MaxAliasesLimiter(max_alias_count=limits.aliases)
    return (*depth.validation_rules, *aliases.validation_rules)
