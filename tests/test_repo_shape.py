"""Functions and files stay small enough to be read at once."""

import ast
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PACKAGES = ("graph", "extractors", "schema", "api", "bench")
LONGEST_FUNCTION, LONGEST_FILE = 60, 400


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def function_lengths(path: Path) -> dict[str, int]:
    """Lines of each function, by file and name."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)]
    return {f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1 for node in found}


def test_no_function_is_longer_than_sixty_lines_and_half_of_ours_are_under_ten() -> None:
    lengths = {name: lines for path in sources(*PACKAGES, "tests") for name, lines in function_lengths(path).items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    assert median(lines for name, lines in lengths.items() if not name.startswith("tests/")) < 10


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    counted = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources(*PACKAGES, "tests")}
    assert {name: lines for name, lines in counted.items() if lines >= LONGEST_FILE} == {}


def test_no_text_is_left_to_do() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK:")
    found = [f"{path.relative_to(ROOT)}: {mark}" for path in sources(*PACKAGES, "tests") for mark in marks if mark in path.read_text()]
    assert found == []
