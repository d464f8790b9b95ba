"""Vectors of texts that were embedded before. A group counts them in `remembered`, so that the oldest can go."""

REMEMBERED = """UNWIND $hashes AS hash
    MATCH (e:Embedded {group_id: $group, space: $space, hash: hash}) USING INDEX e:Embedded(group_id, space, hash)
    RETURN collect([hash, e.vector])"""

# Nothing where the group has moved on.
REMEMBER = """CYPHER 25 MATCH (g:Group {name: $group}) SET g.writes = coalesce(g.writes, 0) + 1
    WITH g, properties(g) AS now WHERE now.version = $version
    WITH g, coalesce(now.remembered, 0) AS before
    CALL (before) {
        UNWIND $vectors AS v MERGE (e:Embedded {group_id: $group, space: $space, hash: v.hash})
        ON CREATE SET e.vector = toFloatList(v.vector), e.no = before + v.n
        RETURN count(*) AS kept
    }
    SET g.remembered = before + size($vectors)
    WITH before + size($vectors) - $most AS last
    CALL (last) {
        MATCH (e:Embedded) USING INDEX SEEK e:Embedded(group_id, no) WHERE e.group_id = $group AND e.no <= last DELETE e
        RETURN count(*) AS gone
    }
    RETURN [gone]"""

FORGET = """MATCH (e:Embedded) USING INDEX SEEK e:Embedded(group_id, no) WHERE e.group_id = $group AND e.no IS NOT NULL DELETE e
    RETURN [count(*)]"""
