"""The listed concepts that a filing uses, for the code lists that all filings share."""

from __future__ import annotations

from fiscograph.budget import ConceptKey, FilingFacts
from fiscograph.vocabulary.printed_names import indicator_level, project_type


def concepts_in_use(facts: FilingFacts) -> frozenset[ConceptKey]:
    """The concepts that the filing's graph points at, but for its rules."""
    keys = {
        *(one.key for one in facts.concepts),
        *(key for one in facts.allocations for key in (one.fund, one.spending_type)),
        *(one.classification for one in facts.allocations),
        *(project_type(budget.category) for budget in facts.projects),
        *(indicator_level(one.level1, one.level2) for one in facts.indicators),
    }
    return frozenset(key for key in keys if key is not None)
