"""Checks the identities over the whole filing; yields checks and findings."""

from fiscograph.reconciliation.checks import checks_of, cube_checks
from fiscograph.reconciliation.code_rows import code_checks
from fiscograph.reconciliation.findings import Evidence, findings_of
from fiscograph.reconciliation.misread import without_misread
from fiscograph.reconciliation.settled import withheld

__all__ = [
    "Evidence",
    "checks_of",
    "code_checks",
    "cube_checks",
    "findings_of",
    "withheld",
    "without_misread",
]
