"""Allocations: what a filing says money is for, once, at the finest level printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fiscograph.budget.concept import ConceptKey
from fiscograph.budget.filing import BudgetPhase
from fiscograph.budget.organization import OrganizationKey
from fiscograph.provenance import Place


class Cube(Enum):
    """The national cubes, shared by all filings."""

    FUNCTION = "expenditure-by-function"
    ECONOMIC = "expenditure-by-economic-class"
    PROJECT = "expenditure-by-project"
    REVENUE = "revenue-by-source"
    THREE_PUBLIC = "three-public-expenses"
    PROCUREMENT = "procurement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One observation of one cube.

    ``classification`` is the concept of the cube's own classification: functional (expenditure by
    function), economic, revenue source, three-public item or procurement category; None in the
    cube by project, where ``project`` is the key of the project budget within the filing.
    ``amount`` is in yuan. ``evidence`` are the places of all printed amounts that print it, the
    winning one first; ``rule`` names the rule that chose the winner.
    """

    cube: Cube
    organization: OrganizationKey
    fiscal_year: int
    phase: BudgetPhase
    operation: str
    classification: ConceptKey | None
    project: str | None
    label: str
    fund: ConceptKey
    spending_type: ConceptKey
    amount: Decimal
    evidence: tuple[Place, ...]
    rule: str

    @property
    def dimension_notations(self) -> tuple[str, ...]:
        """The notations of all dimensions but the filing, in the cube's order: the key."""
        what = self.classification.notation if self.classification else self.project or ""
        return (
            self.organization.body,
            str(self.fiscal_year),
            self.phase.value,
            self.operation,
            what,
            self.fund.notation,
            self.spending_type.notation,
        )
