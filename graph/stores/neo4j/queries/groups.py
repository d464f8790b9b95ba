"""Groups and API keys."""

from graph.stores.neo4j import rows

# How every write to a group begins: `g` is there and locked; from here on read it through properties(g).
# Takes $group, and $new_group (groups.properties_of_new).
LOCKED = """MERGE (g:Group {name: $group}) ON CREATE SET g += $new_group
    SET g.writes = coalesce(g.writes, 0) + 1"""

GROUP = f"MATCH (g:Group {{name: $group}}) RETURN collect({rows.GROUP})"

# By name, a page; names are unique, so that the cursor's id only tells the beginning from after the group ''.
GROUPS = f"""MATCH (g:Group) WHERE g.name >= $after AND (g.name > $after OR $after_id < 0)
    WITH g ORDER BY g.name LIMIT $n RETURN collect([g.name, 0] + {rows.GROUP})"""

# Other settings make every Delta that was computed under the old ones stale. [the version before, the group].
CONFIGURE = f"""{LOCKED}
    WITH g, properties(g) AS was
    WITH g, was, was.updates <> $updates OR was.timezone <> $timezone
        OR coalesce(was.extractor <> $extractor, was.extractor IS NOT NULL OR $extractor IS NOT NULL) AS other
    SET g.version = was.version + CASE WHEN other THEN 1 ELSE 0 END, g.updates = $updates, g.timezone = $timezone, g.extractor = $extractor
    RETURN [was.version, {rows.GROUP}]"""

# All keys: there are few, and every one is wanted.
KEYS = f"MATCH (k:ApiKey) WHERE k.id >= '' WITH k ORDER BY k.created_at, k.id RETURN collect({rows.KEY})"

SAVE_KEY = """MERGE (k:ApiKey {id: $id}) ON CREATE SET k.created_at = $created_at
    SET k.hash = $hash, k.groups = $groups, k.scope = $scope, k.expires_at = $expires_at, k.revoked_at = $revoked_at
    RETURN []"""
