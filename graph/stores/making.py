"""Records made of what a store kept: in a fraction of the time, and without the checks that they passed when they were first made."""

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def maker(cls: Callable[P, T]) -> Callable[P, T]:
    """Makes records of a frozen dataclass with slots; every field is given, in order.

    A frozen one sets each field through `object.__setattr__`, which is most of what a record costs. A twin that is not frozen has the
    same slots: it is filled at once, and then becomes one of the class.
    """
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    twin: Any = make_dataclass(f"_{cls.__name__}", names, eq=False, repr=False, slots=True)

    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        record = twin(*args, **kwargs)
        record.__class__ = cls
        return record  # type: ignore[no-any-return]

    return made
