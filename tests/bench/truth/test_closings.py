from bench.subject import Phases, new_memory
from bench.truth.closings import run_closings


async def test_every_closing_of_the_example_has_a_rule_a_reason_and_words() -> None:
    async with new_memory(Phases()) as memory:
        rows = await run_closings(memory)
    assert len(rows) >= 15
    assert all(row["rule"] and row["reason"] and row["words"] for row in rows)
