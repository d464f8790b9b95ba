"""`palimpsest keys`: a secret is shown once, lists hold none, a revoked key stays listed."""

from pathlib import Path

from tests.api.cli.command import palimpsest, refused


def test_a_key_is_printed_alone_on_the_last_line_listed_and_revoked(tmp_path: Path) -> None:
    store = str(tmp_path / "memory.db")
    made = palimpsest("keys", "create", "--group", "user:*", "--scope", "write", "--expires", "2999-01-31", store=store)
    assert made.returncode == 0, made.stderr
    secret = made.stdout.splitlines()[-1]
    assert " " not in secret

    listed = palimpsest("keys", "list", store=store).stdout
    assert secret not in listed
    row = listed.splitlines()[1].split()
    assert row[1:3] + row[-2:] == ["write", "user:*", "2999-01-31", "works"]

    assert palimpsest("keys", "revoke", row[0], store=store).returncode == 0
    assert "revoked" in palimpsest("keys", "list", store=store).stdout


def test_revoking_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    store = str(tmp_path / "memory.db")
    assert "memory.db" in refused(palimpsest("keys", "list", store=store), 1)
    palimpsest("keys", "create", "--group", "*", "--scope", "admin", store=store)
    assert "'nosuch'" in refused(palimpsest("keys", "revoke", "nosuch", store=store), 1)
