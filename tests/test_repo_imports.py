"""The import contracts cover every module: a new one must say on which side it stands."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONTRACTS = {
    contract["name"]: contract for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
PURE = CONTRACTS["the core is pure"]
DATABASES = CONTRACTS["only the stores touch a database"]
EXTRACTORS = CONTRACTS["extractors know the vocabulary, and nothing that keeps or decides"]
VOCABULARY = {"graph.asof", "graph.errors", "graph.language", "graph.model", "graph.ontology", "graph.time", "graph.views"}


def modules() -> set[str]:
    """The modules and packages right under graph/."""
    files = {f"graph.{path.stem}" for path in (ROOT / "graph").glob("*.py") if path.stem != "__init__"}
    return files | {f"graph.{path.parent.name}" for path in (ROOT / "graph").glob("*/__init__.py")}


def test_every_module_is_pure_or_is_what_the_pure_ones_may_not_import() -> None:
    pure, other = set(PURE["source_modules"]), set(PURE["forbidden_modules"])
    assert pure | other == modules()
    assert not pure & other


def test_no_module_but_the_stores_touches_a_database() -> None:
    assert {"api", "schema", "extractors", "graph.stores.base"} | (modules() - {"graph.stores"}) == set(DATABASES["source_modules"])


def test_extractors_know_the_vocabulary_alone() -> None:
    assert {name for name in EXTRACTORS["forbidden_modules"] if name.startswith("graph.")} == modules() - VOCABULARY


def test_the_architecture_page_names_every_module() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    assert [name for name in sorted(modules()) if f"`{name.removeprefix('graph.')}`" not in page] == []
