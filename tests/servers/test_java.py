"""The Java that is chosen is new enough, wherever it stands."""

from pathlib import Path

import pytest

from tests.servers.java import OLDEST, java, major_version


def made_java(folder: Path, version: str) -> Path:
    path = folder / "bin" / "java"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-10-21 LTS' >&2\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(("version", "major"), [("25.0.1", 25), ("21", 21), ("17.0.16", 17), ("1.8.0_462", 1)])
def test_a_java_says_its_major_version(tmp_path: Path, version: str, major: int) -> None:
    assert major_version(made_java(tmp_path, version)) == major


def test_java_home_comes_first_where_it_is_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made_java(tmp_path, f"{OLDEST}.0.1")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java() == (path, OLDEST)


def test_an_old_java_home_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = made_java(tmp_path / "old", "17.0.16"), made_java(tmp_path / "new", "99")
    monkeypatch.setenv("JAVA_HOME", str(old.parent.parent))
    monkeypatch.setenv("PATH", str(new.parent), prepend=":")
    assert java(folders=()) == (new, 99)
