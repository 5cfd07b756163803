"""The release as CSV: one table of rows for each kind of fact."""

from fiscograph.release.tables.directory import Directory
from fiscograph.release.tables.money import ALLOCATIONS, FILINGS, PRINTED_AMOUNTS
from fiscograph.release.tables.narrative import STATEMENTS
from fiscograph.release.tables.policies import CITATIONS, FUNDING, POLICIES
from fiscograph.release.tables.projects import INDICATORS, ORGANIZATIONS, PROJECTS
from fiscograph.release.tables.quality import CHECKS, FINDINGS, LEDGER
from fiscograph.release.tables.table import Cell, Row, Table, as_csv

TABLES = (
    FILINGS,
    PRINTED_AMOUNTS,
    ALLOCATIONS,
    PROJECTS,
    INDICATORS,
    POLICIES,
    CITATIONS,
    FUNDING,
    STATEMENTS,
    CHECKS,
    FINDINGS,
    LEDGER,
    ORGANIZATIONS,
)

__all__ = ["TABLES", "Cell", "Directory", "Row", "Table", "as_csv"]
