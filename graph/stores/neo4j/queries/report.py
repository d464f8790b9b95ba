"""What a person wants to know of a database that is in use."""

# How many groups there are, from the count store.
GROUPS = "MATCH (g:Group) WITH count(g) AS groups RETURN [[groups]]"

# Our indexes, with how far each has come.
INDEXES = """SHOW INDEXES YIELD name, state, populationPercent WHERE name STARTS WITH 'palimpsest'
    RETURN collect([name, state, populationPercent])"""
