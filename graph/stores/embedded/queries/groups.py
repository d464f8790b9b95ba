"""Groups and API keys."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows

# A group's number, what decides whether a read looks at the past, and what it is the version of.
NUMBER = "SELECT no, last_at, version FROM grp WHERE name = :name"

GROUP = f"SELECT {rows.GROUP} FROM grp g WHERE g.name = :name"

# By name, a page.
GROUPS = f"SELECT g.name, g.no, {rows.GROUP} FROM grp g WHERE (g.name, g.no) > (:after, :after_id) ORDER BY g.name, g.no LIMIT :n"

CREATE = """INSERT INTO grp(name, version, created_at, last_at, updates, timezone, extractor)
    VALUES (:name, 0, :at, :last_at, :updates, :timezone, :extractor)"""

# Other settings make every Delta that was computed under the old ones stale.
CONFIGURE = """UPDATE grp SET updates = :updates, timezone = :timezone, extractor = :extractor, version = version + 1
    WHERE name = :name AND (updates, timezone, extractor) IS NOT (:updates, :timezone, :extractor)"""

# By an operation, which advances the version itself.
RESET = "UPDATE grp SET updates = :updates, timezone = :timezone, extractor = :extractor WHERE no = :grp"

SPACE = "SELECT embedder, dimension FROM grp WHERE no = :grp"

VERSION = "SELECT no, version, last_at FROM grp WHERE name = :name"

ADVANCE = """UPDATE grp SET version = version + 1, last_at = :at, ontology_hash = coalesce(:ontology, ontology_hash),
        embedder = coalesce(:embedder, embedder), dimension = coalesce(:dimension, dimension)
    WHERE no = :grp"""

# Its vectors are of another embedder from now on: what was computed before is stale.
SETTLE = "UPDATE grp SET embedder = :embedder, dimension = :dimension, version = version + 1 WHERE no = :grp"

# All keys: there are few, and every one is wanted.
KEYS = f"SELECT {rows.KEY} FROM api_key ORDER BY created_at, id"

SAVE_KEY = """INSERT INTO api_key(id, hash, groups, scope, created_at, expires_at, revoked_at)
    VALUES (:id, :hash, :groups, :scope, :created_at, :expires_at, :revoked_at)
    ON CONFLICT(id) DO UPDATE SET hash = excluded.hash, groups = excluded.groups, scope = excluded.scope,
        expires_at = excluded.expires_at, revoked_at = excluded.revoked_at"""
