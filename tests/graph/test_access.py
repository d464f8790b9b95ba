from datetime import UTC, datetime, timedelta

import pytest

from graph.access import LOCAL, Key, Principal, Scope
from graph.errors import Forbidden

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_person_at_the_machine_may_do_anything() -> None:
    LOCAL.require("anything", Scope.ADMIN)


@pytest.mark.parametrize(("group", "sees"), [("user:1", True), ("user:", True), ("users", False), ("demo", True), ("demo2", False)])
def test_group_patterns(group: str, sees: bool) -> None:
    assert Principal("app", ("user:*", "demo"), Scope.WRITE).sees(group) is sees


def test_a_foreign_group_is_refused_by_name() -> None:
    with pytest.raises(Forbidden, match="'other'"):
        Principal("app", ("mine",), Scope.ADMIN).require("other", Scope.READ)


@pytest.mark.parametrize("has", list(Scope))
@pytest.mark.parametrize("needs", list(Scope))
def test_a_scope_includes_those_before_it(has: Scope, needs: Scope) -> None:
    principal = Principal("app", ("*",), has)
    if has >= needs:
        principal.require("g", needs)
    else:
        with pytest.raises(Forbidden, match=needs.name.lower()):
            principal.require("g", needs)


def test_a_key_is_usable_until_it_expires_or_is_revoked() -> None:
    key = Key("k", "hash", ("*",), Scope.READ, NOW, expires_at=NOW + timedelta(days=1))
    assert key.usable_at(NOW)
    assert not key.usable_at(NOW + timedelta(days=1))
    assert not Key("k", "hash", ("*",), Scope.READ, NOW, revoked_at=NOW).usable_at(NOW)
