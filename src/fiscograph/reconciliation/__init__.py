"""Checks the identities over the whole filing; yields checks and findings."""

from fiscograph.reconciliation.checks import checks_of, cube_checks
from fiscograph.reconciliation.findings import findings_of

__all__ = ["checks_of", "cube_checks", "findings_of"]
