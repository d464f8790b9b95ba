"""Arguments that many fields share."""

from typing import Annotated

import strawberry

First = Annotated[int | None, strawberry.argument(description="How many at most.")]
After = Annotated[str | None, strawberry.argument(description="Only those after the item with this cursor.")]
