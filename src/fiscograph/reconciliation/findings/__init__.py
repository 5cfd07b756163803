"""Contradictions and damage in the source, in sentences that a clerk can act on."""

from __future__ import annotations

from fiscograph.budget import Finding
from fiscograph.reconciliation.findings.announced import tables_not_printed
from fiscograph.reconciliation.findings.codes import impossible_codes
from fiscograph.reconciliation.findings.damage import (
    contested,
    damaged,
    headers_not_read,
    malformed,
    misplaced,
    unnamed,
)
from fiscograph.reconciliation.findings.empty import empty_tables, tables_cut_short
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.frontier import kept_whole, several_rows, unknown_table
from fiscograph.reconciliation.findings.indicators import impossible_indicators
from fiscograph.reconciliation.findings.notes import notes_of_other_tables, said_empty
from fiscograph.reconciliation.findings.sums import failing, unclosed_sums
from fiscograph.reconciliation.findings.titles import titles_cut_off
from fiscograph.reconciliation.findings.units import remaining, unit_slips
from fiscograph.reconciliation.findings.weights import weights_not_summing, weights_out_of_range
from fiscograph.reconciliation.repair import repairs_of

__all__ = ["Evidence", "findings_of"]


def findings_of(evidence: Evidence) -> tuple[Finding, ...]:
    """All findings of a filing, in order of their places; one for each rule and place."""
    facts = evidence.facts
    repairs = repairs_of(facts.checks, facts.printed_amounts)
    failed = failing(facts.checks)
    slips, explained = unit_slips(evidence, failed, repairs)
    found = [
        *slips,
        *unclosed_sums(evidence, remaining(failed, explained), repairs),
        *damaged(evidence),
        *malformed(evidence),
        *misplaced(evidence.grids, evidence),
        *unnamed(evidence),
        *contested(evidence),
        *headers_not_read(evidence),
        *impossible_codes(evidence, facts.checks),
        *(unknown_table(t, evidence.source) for t in evidence.layout.unknown if t.rows),
        *weights_out_of_range(evidence),
        *weights_not_summing(evidence),
        *impossible_indicators(evidence),
        *titles_cut_off(evidence),
        *tables_not_printed(evidence),
        *empty_tables(evidence),
        *tables_cut_short(evidence),
        *said_empty(evidence),
        *notes_of_other_tables(evidence),
        *several_rows(evidence.cubes),
        *kept_whole(evidence.cubes),
    ]
    unique = {(finding.rule, finding.place): finding for finding in reversed(found)}
    return tuple(unique[key] for key in sorted(unique, key=lambda key: (key[1], key[0])))
