"""The tables of checks, findings and the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from fiscograph.budget import Bin
from fiscograph.release.tables.directory import Directory
from fiscograph.release.tables.table import Row, table


def _checks(directory: Directory) -> Iterator[Row]:
    for facts in directory.facts:
        for one in facts.checks:
            yield {
                "check": directory.path(directory.ids.check(facts.filing.id, one)),
                "filing": directory.filing(facts),
                "rule": one.rule,
                "outcome": one.outcome.value,
                "left": one.left,
                "right": one.right,
                "difference": one.difference,
                "tolerance": one.tolerance,
                "lines": one.lines,
            }


def _findings(directory: Directory) -> Iterator[Row]:
    for facts in directory.facts:
        for one in facts.findings:
            yield {
                "finding": directory.path(directory.ids.finding(facts.filing.id, one)),
                "filing": directory.filing(facts),
                "rule": one.rule,
                "severity": one.severity.value,
                "message_zh": one.message_zh,
                "message_en": one.message_en,
                "printed": one.printed,
                "expected": one.expected,
                "lines": one.lines,
            }


def _ledger(directory: Directory) -> Iterator[Row]:
    """Every numeric token; the text of a contact is not published."""
    ids = directory.ids
    for facts in directory.facts:
        filing = directory.filing(facts)
        for one in facts.ledger:
            place = one.place
            yield {
                "filing": filing,
                "source": directory.path(ids.source(place.source)),
                "line": place.line,
                "start": place.start,
                "end": place.end,
                "token": directory.path(ids.token(place.source, one.token)),
                "printed": "" if one.bin is Bin.CONTACT else one.printed,
                "bin": one.bin.value,
            }


CHECKS = table("checks", _checks)
FINDINGS = table("findings", _findings)
LEDGER = table("ledger", _ledger)
