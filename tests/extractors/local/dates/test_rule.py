"""Every rule and modifier shows examples of what it reads, and reads them."""

import pytest

from extractors.local.dates.calendar import the_day
from extractors.local.dates.cues import cues_in
from extractors.local.dates.find import RULES, find
from extractors.local.dates.found import Tense
from extractors.local.dates.modifiers import MODIFIERS
from extractors.local.dates.rule import Modifier, Rule, Said
from tests.extractors.local.dates.said import AT


@pytest.mark.parametrize(("rule", "example"), [(rule, example) for rule in RULES for example in rule.examples])
def test_a_rule_reads_its_examples(rule: Rule, example: str) -> None:
    assert rule.pattern.search(example)
    assert rule.cues & cues_in(example).keys()
    assert [found for tense in (None, *Tense) for found in find(f"We met {example}", AT, tense)]


@pytest.mark.parametrize(("modifier", "example"), [(modifier, example) for modifier in MODIFIERS for example in modifier.examples])
def test_a_modifier_leads_to_its_examples(modifier: Modifier, example: str) -> None:
    assert any(modifier.pattern.search(example, 0, end) for end in range(len(example)))
    found = find(example, AT)
    assert found
    assert found[0].words == example


def test_a_verb_outweighs_a_preposition() -> None:
    assert Said(AT).leaning(Tense.FUTURE).tense is Tense.FUTURE
    assert Said(AT, Tense.PAST).leaning(Tense.FUTURE).tense is Tense.PAST


def test_an_expression_is_introduced_by_a_preposition_or_a_modifier() -> None:
    assert Said(AT, lead="in").introduced
    assert Said(AT, modified=True).introduced
    assert not Said(AT).introduced


def test_days_know_their_own_day() -> None:
    assert the_day(Said(AT).today).count == 1
