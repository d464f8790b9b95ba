"""Everything that can go wrong, as callers see it.

PalimpsestError
├── BadInput            BAD_INPUT          the caller's value is not usable; nothing was changed
├── NotFound            NOT_FOUND          no such thing, or not yours
├── Conflict            CONFLICT           it contradicts what is already so
│   ├── StaleVersion                       the group moved on since a Delta was computed; compute it again
│   └── SetUpOtherwise                     the group was written with other settings than this service has: trying again does not help
├── Unauthenticated     UNAUTHENTICATED    no valid key was sent
├── Forbidden           FORBIDDEN          the key does not reach this group or scope
├── StoreUnavailable    STORE_UNAVAILABLE  the database did not answer, or cannot be used
│   ├── StoreBusy                          another process holds the store's file
│   └── StoreAway                          the database does not answer now; it may later
└── ModelUnavailable    MODEL_UNAVAILABLE  a language model or an embedder did not answer as it should, or is not installed
    └── ModelAway                          it does not answer now; it may later
"""

from typing import ClassVar


class PalimpsestError(Exception):
    """An error a caller can act on: what happened (naming the value), and what to do about it."""

    code: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, *, hint: str = "", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field


class BadInput(PalimpsestError):
    code = "BAD_INPUT"


class NotFound(PalimpsestError):
    code = "NOT_FOUND"


class Conflict(PalimpsestError):
    code = "CONFLICT"


class StaleVersion(Conflict):
    pass


class SetUpOtherwise(Conflict):
    pass


class Unauthenticated(PalimpsestError):
    code = "UNAUTHENTICATED"


class Forbidden(PalimpsestError):
    code = "FORBIDDEN"


class StoreUnavailable(PalimpsestError):
    code = "STORE_UNAVAILABLE"


class StoreBusy(StoreUnavailable):
    pass


class StoreAway(StoreUnavailable):
    pass


class ModelUnavailable(PalimpsestError):
    code = "MODEL_UNAVAILABLE"


class ModelAway(ModelUnavailable):
    pass
