"""The narrative, held against itself and against the tables."""

from __future__ import annotations

from dataclasses import dataclass

from fiscograph.assembly.statements import Narration
from fiscograph.budget import FilingFacts, Finding, IdentityCheck, StatementKind
from fiscograph.forms.narrative import load_subjects
from fiscograph.reconciliation.narrative.cells import Cells
from fiscograph.reconciliation.narrative.numbers import texts_of
from fiscograph.reconciliation.narrative.sentences import findings_of_text
from fiscograph.reconciliation.narrative.tables import change_checks, table_checks
from fiscograph.reconciliation.narrative.within import Known, text_checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrated:
    """The checks of the narrative, sorted by rule and key, and the findings of those that fail."""

    checks: tuple[IdentityCheck, ...]
    findings: tuple[Finding, ...]


def narrative_checks(narration: Narration, facts: FilingFacts) -> Narrated:
    """Try every check that the running texts of a filing allow.

    Args:
        narration: what the texts tell.
        facts: the filing's facts; only what its tables print is used.
    """
    subjects = load_subjects()
    texts = texts_of(narration.told, narration.texts)
    numbers = [number for text in texts for number in text.numbers]
    cells = Cells(facts, subjects)
    cells.learn_name(numbers)
    known = Known(
        families=subjects.families,
        wholes=frozenset(n.amount for n in numbers if n.kind is StatementKind.AMOUNT),
        two_types=cells.has_two_types(),
    )
    checks = [check for text in texts for check in text_checks(text, known)]
    checks.extend(table_checks(texts, cells))
    checks.extend(change_checks(texts, cells))
    unique = {(check.rule, check.key): check for check in reversed(checks)}
    ordered = tuple(unique[key] for key in sorted(unique))
    by_place = {number.place.locator: number for number in numbers}
    return Narrated(checks=ordered, findings=tuple(findings_of_text(ordered, by_place)))
