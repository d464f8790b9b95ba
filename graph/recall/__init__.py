"""Recall in five pure steps over what a store returned: seeds, spread, rank, budget, render."""
