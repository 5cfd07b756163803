"""References across graphs lead to something that is described."""

from __future__ import annotations

from dataclasses import replace

from tests.mapping.builder import IDS, allocation, filing_facts, shared_facts

from fiscograph.budget import OrganizationKey
from fiscograph.mapping import concepts_in_use, map_filing, map_shared, rule_concepts
from fiscograph.validation import described, unresolved
from fiscograph.vocabulary import FG
from fiscograph.vocabulary.concepts import with_ancestors

FACTS = filing_facts()
SHARED = replace(
    shared_facts(),
    concepts=(*with_ancestors(concepts_in_use(FACTS)), *rule_concepts(FACTS)),
)
KNOWN = described(map_shared(SHARED, IDS))


def test_every_reference_of_filing_and_shared_graphs_is_described() -> None:
    quads = map_filing(FACTS, IDS, program_version="0.1.0")
    known = KNOWN | described(quads)
    assert unresolved(quads, known, IDS.base) == ()
    assert unresolved(map_shared(SHARED, IDS), known, IDS.base) == ()


def test_a_reference_to_nothing_is_a_violation() -> None:
    stranger = OrganizationKey(region="500152", body="999")
    facts = replace(FACTS, allocations=(replace(allocation(), organization=stranger),))
    quads = map_filing(facts, IDS, program_version="0.1.0")
    (violation,) = unresolved(quads, KNOWN | described(quads), IDS.base)
    assert violation.path == FG.organization.value
    assert violation.value == IDS.organization(stranger)
    assert violation.focus.startswith(IDS.filing(facts.filing.id))


def test_the_rules_in_use_are_concepts() -> None:
    assert [concept.key.notation for concept in rule_concepts(FACTS)] == [
        "list-before-sheet",
        "row-sum",
    ]
