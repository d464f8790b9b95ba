"""Fields with a resolver. Each has a description: it is part of the product."""

from collections.abc import Callable
from typing import TypeVar, cast

import strawberry

F = TypeVar("F", bound=Callable[..., object])


def field(description: str) -> Callable[[F], F]:
    """Makes a method the resolver of the field of its name, and keeps the method's type."""
    return cast(Callable[[F], F], strawberry.field(description=description))
