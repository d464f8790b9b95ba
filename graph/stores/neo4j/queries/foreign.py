"""What another program left in the database that stands in our way. These look at the database as a whole, not at one group."""

# Graphiti's indexes where a constraint of ours is to stand: of one label or type, by uuid alone.
INDEXES = """SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint
    WHERE type = 'RANGE' AND owningConstraint IS NULL AND properties = ['uuid'] AND labelsOrTypes[0] IN $names
    RETURN collect(name)"""

DROP_INDEX = "DROP INDEX $name IF EXISTS"


def _repeated(pattern: str, name: str) -> str:
    return f"""MATCH {pattern} WHERE r.uuid IS NOT NULL WITH r.uuid AS uuid, count(*) AS n WHERE n > 1
    WITH uuid, n ORDER BY uuid RETURN collect(['{name}', uuid, n])[..$most]"""


# Records that share a uuid, by what they are.
REPEATED = {
    **{label: _repeated(f"(r:{label})", label) for label in ("Entity", "Episodic", "Saga")},
    **{type: _repeated(f"()-[r:{type}]->()", type) for type in ("RELATES_TO", "MENTIONS")},
}

# Entities under a label that means something else to us.
MISLABELLED = """MATCH (n:Entity) UNWIND [l IN labels(n) WHERE l IN $labels] AS label
    WITH label, count(*) AS n ORDER BY label RETURN collect([label, n])"""
