"""All that a group believes, drawn anew under other rules, as one operation."""

from graph.commit import Because, Committed, Moment, Proposal, commit
from graph.counted import is_idle
from graph.errors import StaleVersion
from graph.export import pages
from graph.model import Assertion, Fact, GroupSettings
from graph.parts import Parts
from graph.stores.base import Asking, Store
from graph.tell import Order
from graph.views import Beliefs

SETTINGS_RULE = "settings"


async def set_updates(parts: Parts, order: Order, settings: GroupSettings, version: int) -> Committed:
    """The group's settings as of that version replaced, and its facts drawn anew under them. Raises StaleVersion where it moved on."""
    reason = f"updates is {settings.updates.value} from now on"

    async def propose(moment: Moment) -> Proposal:
        if moment.group.version != version:
            raise StaleVersion(f"the group {order.group!r} moved on from version {version}", hint="Decide again.")
        because = Because(SETTINGS_RULE, f"{reason}: {order.reason}" if order.reason else reason)
        return Proposal(whole=await whole(parts.store, order.group), settings=settings, because=because)

    return await commit(parts, order.group, order.actor, Asking(), propose)


async def whole(store: Store, group: str) -> Beliefs:
    """All living assertions and unretracted facts of a group, a page at a time. What is written meanwhile makes the operation stale."""
    contents = await store.contents(group)
    assertions: list[Assertion] = []
    for page in pages(contents.assertions):
        found = await store.assertions(group, page)
        assertions += [found[uuid] for uuid in page if uuid in found and found[uuid].withdrawn_at is None and not is_idle(found[uuid])]
    facts: list[Fact] = []
    for page in pages(contents.facts):
        records = await store.facts(group, page)
        facts += [records[uuid] for uuid in page if uuid in records and records[uuid].retracted_at is None]
    return Beliefs(tuple(assertions), tuple(facts))
