"""Every Cypher statement of the Neo4j store: named constants, one line of intent each, values as parameters only.

`$group` is the group's name, `$valid` and `$known` the instant on both clocks, in microseconds. A statement returns one record
with one column: a list of rows, which costs the driver a fraction of as many records. Retracted records (type RETRACTED) are
read only where the group's last operation is later than `$known`, or where they are asked for. No statement may scan a label or
all nodes: tests/stores/neo4j/test_plans.py reads the plan of each.
"""
