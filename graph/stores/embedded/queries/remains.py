"""The full text merged into one part each, and made anew from what is there."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

TABLES = ("episode_fts", "fact_fts", "entity_fts")

MERGE = {table: f"INSERT INTO {table}({table}) VALUES ('optimize')" for table in TABLES}

# The record of an index's structure: https://www.sqlite.org/fts5.html, section 8.
STRUCTURES = {table: f"SELECT block FROM {table}_data WHERE id = 10" for table in TABLES}

EMPTY = {table: f"INSERT INTO {table}({table}) VALUES ('delete-all')" for table in TABLES}

EPISODES = "SELECT e.id, e.grp, e.content FROM episode e"

FACTS = "SELECT f.id, f.grp, f.dead, f.text FROM fact f"

VERSIONS = "SELECT v.id, v.grp, v.until, v.name, v.aliases FROM entity_version v"
