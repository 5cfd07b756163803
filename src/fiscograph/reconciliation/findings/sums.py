"""Identities that fail, with the one change that would close them where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from fiscograph.budget import Finding, IdentityCheck, Outcome, Severity, canonical_decimal
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.shapes import slip_of
from fiscograph.reconciliation.findings.wording import in_printed_unit, rows_en, rows_zh
from fiscograph.reconciliation.repair import CheckKey, Repair

_RULES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "row-sum": ("行内各栏合计", "the columns of the row sum to"),
        "tree-sum": ("下级各行合计", "the rows below sum to"),
        "project-funding": ("上级、本级、其他资金合计", "its sources of funds sum to"),
        "cube-total": ("由其明细读出的各项合计", "what is read of its parts sums to"),
        "list-against-sheet": ("绩效目标表印作", "its target sheet prints"),
        "code-across-tables": ("同一科目在另一表印作", "the other table prints for this code"),
    }
)


def failing(checks: Iterable[IdentityCheck]) -> list[IdentityCheck]:
    """The checks that fail, with both their sides."""
    return [
        check
        for check in checks
        if check.outcome is Outcome.FAILS and check.left is not None and check.right is not None
    ]


def unclosed_sums(
    evidence: Evidence, checks: Iterable[IdentityCheck], repairs: Mapping[CheckKey, Repair]
) -> Iterator[Finding]:
    """A finding for each failing check, at the number that its identity starts from."""
    equalities = {equality.rule: equality.en for equality in evidence.book.cross}
    for check in checks:
        if check.left is None or check.right is None:
            continue
        place = check.terms[0]
        zh, en = _RULES.get(
            check.rule,
            (
                f"按“{check.label}”应为",
                f"by the forms ({equalities.get(check.rule, check.rule)}) it is",
            ),
        )
        printed = evidence.printed(place)
        expected = in_printed_unit(check.right, printed, check.left)
        difference = in_printed_unit(check.left - check.right, printed, check.left)
        others = {term.line for term in check.terms[1:]} - {place.line}
        repair = repairs.get((check.rule, check.key))
        because_zh, because_en = _explained(evidence, repair) if repair is not None else ("", "")
        yield Finding(
            rule=check.rule,
            severity=Severity.ERROR,
            place=place,
            message_zh=(
                f"第{place.line}行 {check.label}：印作 {printed}，{zh} {expected}"
                f"{f'（{rows_zh(others)}）' if others else ''}，相差 {difference}。{because_zh}"
            ),
            message_en=(
                f"Line {place.line}, {check.label}: {printed} is printed, {en} {expected}"
                f"{f' ({rows_en(others)})' if others else ''}; the difference is {difference}."
                f"{because_en}"
            ),
            printed=printed,
            expected=expected,
            about=check.terms[1:],
        )


def _explained(evidence: Evidence, repair: Repair) -> tuple[str, str]:
    """The explanation as a sentence in each language."""
    printed, line = evidence.printed(repair.place), repair.place.line
    meant = canonical_decimal(repair.value)
    slip = slip_of(repair.printed.value, repair.value)
    zh, en = f"全部 {len(repair.failures)} 处不符", f"all {len(repair.failures)} failures"
    said_zh = f"（{slip.zh}）" if slip else ""
    said_en = f" ({slip.en})" if slip else ""
    return (
        f"只改一个数即可解释{zh}：第{line}行的 {printed} 若为 {meant}，有关各式均相符{said_zh}。",
        f" One value explains {en}: {printed} in line {line}, where {meant} closes them{said_en}.",
    )
