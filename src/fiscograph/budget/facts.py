"""Everything that reading one filing yields: the unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from fiscograph.budget.allocation import Allocation
from fiscograph.budget.check import Finding, IdentityCheck
from fiscograph.budget.concept import Concept
from fiscograph.budget.filing import Filing
from fiscograph.budget.indicator import PerformanceIndicator
from fiscograph.budget.ledger import LedgerRow
from fiscograph.budget.organization import Organization
from fiscograph.budget.policy import Citation, DocumentRelation
from fiscograph.budget.printed import PrintedAmount, Table
from fiscograph.budget.project import ProjectBudget, TextField
from fiscograph.budget.statement import Statement
from fiscograph.provenance import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTotal:
    """What a filing prints as the total of one cube, for the comparison on its pages."""

    cube: str
    label: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts:
    """The facts of one filing: picklable, ordered, without clock or path.

    ``contacts`` are places of printed names and telephone numbers, which are not published;
    ``targets`` the texts of the whole department (整体绩效目标); ``relations`` what its sentences say
    of two documents.
    """

    filing: Filing
    tables: tuple[Table, ...]
    printed_amounts: tuple[PrintedAmount, ...]
    allocations: tuple[Allocation, ...]
    organizations: tuple[Organization, ...]
    concepts: tuple[Concept, ...]
    projects: tuple[ProjectBudget, ...]
    targets: tuple[TextField, ...]
    indicators: tuple[PerformanceIndicator, ...]
    citations: tuple[Citation, ...]
    checks: tuple[IdentityCheck, ...]
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerRow, ...]
    contacts: tuple[Place, ...]
    printed_totals: tuple[PrintedTotal, ...]
    statements: tuple[Statement, ...] = ()
    relations: tuple[DocumentRelation, ...] = ()
