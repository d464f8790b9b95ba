"""Truth over time, measured: python -m bench.truth --data FOLDER [WHAT...]

`streams`: what is held of changing facts. `states`: where people are by the end of a conversation. `entities`: who is who.
`closings`: everything that was closed in the example, with its reason. Each measure stands beside its baselines.
"""
