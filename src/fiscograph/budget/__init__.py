"""The domain of public budgets: no RDF, no page."""

from fiscograph.budget.allocation import Allocation, Cube
from fiscograph.budget.amount import Amount, Unit, UnitBasis, canonical_decimal
from fiscograph.budget.check import Finding, IdentityCheck, Outcome, Severity
from fiscograph.budget.codelist import CodeEntry, CodeList, CodeLists, Issuer, Series, Sign
from fiscograph.budget.concept import NOT_STATED, Concept, ConceptKey, Scheme, label_key
from fiscograph.budget.facts import FilingFacts, PrintedTotal
from fiscograph.budget.filing import BudgetPhase, Filing, FilingId, FilingKind, SourceFile
from fiscograph.budget.indicator import Operator, OperatorBasis, PerformanceIndicator
from fiscograph.budget.ledger import Bin, LedgerRow
from fiscograph.budget.name_key import name_key
from fiscograph.budget.organization import Organization, OrganizationKey, OrganizationRole
from fiscograph.budget.policy import (
    Citation,
    DocumentCandidate,
    DocumentNumber,
    DocumentRelation,
    Level,
    MentionKind,
    PolicyDocument,
    PolicyKey,
    RelationKind,
)
from fiscograph.budget.printed import Placement, PrintedAmount, Table, TableKey
from fiscograph.budget.project import FundingPart, ProjectBudget, TextField
from fiscograph.budget.shared import Covering, Project, Region, SharedFacts
from fiscograph.budget.statement import Statement, StatementKind

__all__ = [
    "NOT_STATED",
    "Allocation",
    "Amount",
    "Bin",
    "BudgetPhase",
    "Citation",
    "CodeEntry",
    "CodeList",
    "CodeLists",
    "Concept",
    "ConceptKey",
    "Covering",
    "Cube",
    "DocumentCandidate",
    "DocumentNumber",
    "DocumentRelation",
    "Filing",
    "FilingFacts",
    "FilingId",
    "FilingKind",
    "Finding",
    "FundingPart",
    "IdentityCheck",
    "Issuer",
    "LedgerRow",
    "Level",
    "MentionKind",
    "Operator",
    "OperatorBasis",
    "Organization",
    "OrganizationKey",
    "OrganizationRole",
    "Outcome",
    "PerformanceIndicator",
    "Placement",
    "PolicyDocument",
    "PolicyKey",
    "PrintedAmount",
    "PrintedTotal",
    "Project",
    "ProjectBudget",
    "Region",
    "RelationKind",
    "Scheme",
    "Series",
    "Severity",
    "SharedFacts",
    "Sign",
    "SourceFile",
    "Statement",
    "StatementKind",
    "Table",
    "TableKey",
    "TextField",
    "Unit",
    "UnitBasis",
    "canonical_decimal",
    "label_key",
    "name_key",
]
