"""The examples are correct against the schema and the data beside them."""

import re
from collections import Counter
from itertools import takewhile
from pathlib import Path

from graphql import build_schema, parse, validate

from schema.schema import printed
from tests.journeys.test_story import MESSAGES

EXAMPLES = Path(__file__).parents[2] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")


def test_the_example_query_is_valid() -> None:
    query = parse((EXAMPLES / "ask.graphql").read_text(encoding="utf-8"))
    assert validate(build_schema(printed()), query) == []


def test_the_readme_counts_what_is_there() -> None:
    sessions = Counter(message.session for message in MESSAGES)
    assert f"{len(MESSAGES)} messages" in README
    assert f"{len(sessions)} sessions" in README


def test_the_readme_says_of_each_fact_and_plan_in_which_session_it_was_told() -> None:
    told = [cells[-1] for cells in _rows("| fact |")] + [cells[1] for cells in _rows("| plan |")]
    assert len(told) > 25
    days = {day for cell in told for day in re.findall(r"\d{4}-\d\d-\d\d", cell)}
    assert days <= {message.session for message in MESSAGES}


def _rows(header: str) -> list[list[str]]:
    """The cells of the rows of the table that begins with `header`."""
    lines = README.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(header)) + 2
    rows = takewhile(lambda line: line.startswith("|"), lines[start:])
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
