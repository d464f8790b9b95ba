"""Documents, settings, requirements and packages agree with each other."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

import api
import extractors
import graph
import schema
from api.cli import COMMANDS
from api.demo import demo_file
from api.settings import PREFIX, TABLE, env_example, settings_table

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
RENEW_ENV = "renew it: .venv/bin/python -c 'from api.settings import env_example; print(env_example(), end=\"\")' > .env.example"
RENEW_TABLE = "renew the table: .venv/bin/python -c 'from api.settings import settings_table; print(settings_table())'"


def read(name: str) -> str:
    return (ROOT / name).read_text()


def test_the_example_environment_is_the_settings_table() -> None:
    assert read(".env.example") == env_example(), RENEW_ENV


def test_the_operations_page_holds_the_settings_table() -> None:
    assert settings_table() in read("docs/operations.md"), RENEW_TABLE


@pytest.mark.parametrize("name", ["README.md", "docs/operations.md", "docker-compose.yml", "Dockerfile", "CONTRIBUTING.md"])
def test_documents_name_only_settings_that_exist(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z0-9_]*[A-Z0-9]", read(name))) - {"PALIMPSEST_PUBLISH"}
    assert named <= {setting.variable for setting in TABLE}


@pytest.mark.parametrize("name", ["run", "test", "build"])
def test_requirements_name_exact_versions_with_hashes_and_no_address(name: str) -> None:
    text = read(f"requirements/{name}.txt")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    requirements = re.findall(r"^[a-z0-9][^\n]*\\\n(?:    --hash[^\n]*\n)+", text, re.MULTILINE)
    assert len(requirements) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert all("==" in requirement for requirement in requirements)


def test_every_dependency_is_locked() -> None:
    locked = {name.replace("_", "-") for name in re.findall(r"^([a-z0-9._-]+)==", read("requirements/run.txt"), re.MULTILINE)}
    named = {re.split(r"[\[<>=]", requirement)[0] for requirement in PROJECT["project"]["dependencies"]}
    assert named <= locked, "run: make lock"


def test_the_readme_is_short_and_its_make_targets_exist() -> None:
    text = read("README.md")
    assert len(text.splitlines()) <= 150
    targets = set(re.findall(r"^([a-z0-9]+):", read("Makefile"), re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md", "docs/operations.md"):
        assert set(re.findall(r"(?:^    |`)make ([a-z0-9]+)", read(document), re.MULTILINE)) <= targets


def test_documents_name_commands_that_exist() -> None:
    for document in DOCUMENTS:
        commands = set(re.findall(r"(?:\.venv/bin/|`|^    )palimpsest ([a-z]+)", document.read_text(), re.MULTILINE))
        assert commands <= COMMANDS.keys(), document


def test_links_of_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_files_that_the_readme_names_exist() -> None:
    for name in re.findall(r"`((?:graph|extractors|schema|api)/[\w./]+)`", read("README.md")):
        assert (ROOT / name).exists(), name


def test_decisions_are_numbered_and_dated() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        assert re.search(r"^\d{4}-\d\d-\d\d$", path.read_text(), re.MULTILINE), path.name


def test_the_version_is_one() -> None:
    declared = PROJECT["project"]["version"]
    assert version("palimpsest") == declared
    newest = re.search(r"^## (\d\S*)", read("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == declared


def test_the_packages_are_ours() -> None:
    for package in (api, extractors, graph, schema):
        assert package.__file__ is not None
        assert Path(package.__file__).parent == ROOT / package.__name__


def test_a_wheel_holds_all_that_runs_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        names = set(archive.namelist())
    data = {"api/data/demo.jsonl", "api/static/index.html", "graph/ontology.toml", "schema/schema.graphql"}
    assert data <= names
    assert {name.split("/")[0] for name in names} == {
        "api",
        "extractors",
        "graph",
        "schema",
        f"palimpsest-{version('palimpsest')}.dist-info",
    }
    found = [sys.executable, "-c", "from api.demo import demo_file; print(demo_file())"]
    shown = subprocess.run(found, cwd=tmp_path / "site", check=True, capture_output=True, text=True).stdout.strip()
    assert Path(shown).read_bytes() == demo_file().read_bytes()
    assert Path(shown).is_relative_to(tmp_path)


def test_nothing_names_a_machine() -> None:
    paths = [path for path in ROOT.rglob("*") if path.suffix in {".py", ".toml", ".md", ".yml", ".txt", ".graphql", ".jsonl"}]
    own = [path for path in paths if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]
    machine = re.compile(r"(^|[^A-Za-z0-9_.])/" + r"(root|work)/", re.MULTILINE)
    assert [str(path) for path in own if machine.search(path.read_text())] == []
