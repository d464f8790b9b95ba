"""Every SQL statement of the embedded store: named constants, one line of intent each, values as parameters only.

`:grp` is the group's number, `:valid` and `:known` the instant on both clocks, `:past` 1 where `:known` lies before the group's
last operation (only then can a record retracted since be of interest). Lists of values are JSON texts. No statement may scan a
table: tests/stores/embedded/test_plans.py reads the plan of each.
"""
