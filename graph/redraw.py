"""All that a group believes, drawn anew under other rules, as one operation."""

from collections.abc import Callable

from graph.commit import Because, Committed, Moment, Proposal, commit, commit_ontology
from graph.counted import is_idle
from graph.export import pages
from graph.model import Assertion, Fact, GroupSettings
from graph.parts import Parts
from graph.stores.base import Asking, Store
from graph.tell import Order
from graph.views import Beliefs

SETTINGS_RULE, ONTOLOGY_RULE = "settings", "ontology"


async def set_updates(parts: Parts, order: Order, decided: Callable[[GroupSettings], GroupSettings]) -> Committed:
    """Sets what is `decided` of the group's settings as they are, and draws its facts anew under them."""

    async def propose(moment: Moment) -> Proposal:
        before = moment.group.settings
        settings = decided(before)
        if settings == before:
            return Proposal()
        reason = f"updates is {settings.updates.value} from now on"
        because = Because(SETTINGS_RULE, f"{reason}: {order.reason}" if order.reason else reason)
        other = settings.updates is not before.updates
        return Proposal(whole=await whole(parts.store, order.group) if other else None, settings=settings, because=because)

    return await commit(parts, order.group, order.actor, Asking(), propose)


async def apply_ontology(parts: Parts, order: Order) -> Committed:
    """Draws all facts of a group anew under this service's ontology, where it believes under another."""

    async def propose(moment: Moment) -> Proposal:
        if moment.group.ontology_hash in (None, parts.ontology.hash):
            return Proposal()
        reason = f"the ontology {parts.ontology.hash} took the place of {moment.group.ontology_hash}"
        because = Because(ONTOLOGY_RULE, f"{reason}: {order.reason}" if order.reason else reason)
        return Proposal(whole=await whole(parts.store, order.group), because=because)

    return await commit_ontology(parts, order.group, order.actor, propose)


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
