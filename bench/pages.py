"""Tables of the results for readers of the documentation: the bench writes its own part of a page and leaves the rest."""

from collections.abc import Iterable, Sequence
from pathlib import Path

QUALITY = Path(__file__).parent.parent / "docs" / "quality.md"

Made = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""Title, columns and rows of a table."""


def write_part(name: str, tables: Iterable[Made], page: Path = QUALITY) -> None:
    """Replaces what stands between the marks of `name`. Raises ValueError for a page without them."""
    begin, end = f"<!-- begin {name}: written by bench/{name} -->", f"<!-- end {name} -->"
    text = page.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page.name!r} lacks the marks {begin!r} and {end!r}; put them where the tables are to stand")
    written = "\n\n".join(markdown(*table) for table in tables)
    page.write_text(f"{before}{begin}\n\n{written}\n\n{end}{after}", encoding="utf-8")


def markdown(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The first column is text, the others are numbers."""
    lines = [columns, ["---", *("--:" for _ in columns[1:])], *([_cell(value) for value in row] for row in rows)]
    return f"**{title}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
