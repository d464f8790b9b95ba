"""Everything that was closed in the example, with the rule, the reason and the words, for a reader to agree with or not."""

from typing import Any

from api.demo import GROUP, load_demo
from graph.memory import Memory
from graph.model import Change, ChangeKind
from graph.views import Page

CLOSING = (ChangeKind.FACT_ENDED, ChangeKind.FACT_RETRACTED)


async def run_closings(memory: Memory) -> list[dict[str, Any]]:
    """One row a fact that was ended or taken back, in the order it happened."""
    await load_demo(memory.parts, lambda done, of: None)
    graph = await memory.graph(GROUP)
    changes: list[Change] = []
    page = Page(500)
    while True:
        part = await graph.changes(page)
        changes += part.items
        if not part.more:
            break
        page = Page(500, part.cursors[-1])
    closing = sorted((change for change in changes if change.kind in CLOSING), key=lambda change: change.seq)
    facts = await graph.load_facts(sorted({uuid for change in closing for uuid in change.facts}))
    episodes = await graph.load_episodes(sorted({change.episode for change in closing if change.episode}))
    return [
        {
            "at": change.at.date().isoformat(),
            "kind": change.kind.value,
            "fact": facts[change.facts[0]].text,
            "rule": change.rule,
            "reason": change.reason,
            "words": episodes[change.episode].content if change.episode else "",
        }
        for change in closing
    ]
