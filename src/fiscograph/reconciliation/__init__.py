"""Checks the identities over the whole filing; yields checks and findings."""

from fiscograph.reconciliation.checks import checks_of
from fiscograph.reconciliation.findings import findings_of

__all__ = ["checks_of", "findings_of"]
