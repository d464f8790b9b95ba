"""`palimpsest doctor` says what is there, and what to do about what is not."""

from importlib.metadata import version
from pathlib import Path

from tests.api.cli.command import palimpsest


def test_a_healthy_installation(tmp_path: Path) -> None:
    done = palimpsest("doctor", store=str(tmp_path / "memory.db"))
    assert done.returncode == 0, done.stdout
    for words in (
        f"palimpsest {version('palimpsest')}",
        "SQLite 3.",
        "en_core_web_sm",
        "wordllama",
        "relations",
        "GiB free",
        "not there yet",
    ):
        assert words in done.stdout


def test_what_is_wrong_fails_with_advice(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[relations\n")
    (tmp_path / "memory.db").write_text("not a database" * 1000)
    done = palimpsest("doctor", store=str(tmp_path / "memory.db"), ontology=str(tmp_path / "broken.toml"))
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if line.startswith("wrong")]
    assert ["broken.toml" in wrong[0], "memory.db" in wrong[1]] == [True, True], done.stdout
    assert "→" in done.stdout
