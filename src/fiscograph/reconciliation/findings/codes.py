"""Codes that cannot be: used twice with two names, or summed by a row that does not begin them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fiscograph.budget import Finding, IdentityCheck, Outcome, Severity, label_key
from fiscograph.forms.grid import Row
from fiscograph.placement import PlacedGrid, PlacedRow
from fiscograph.provenance import Place, Span
from fiscograph.reconciliation.findings.evidence import Evidence

_CLOSED = frozenset({Outcome.HOLDS, Outcome.WITHIN_ROUNDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coded:
    code: str
    label: str
    span: Span


def impossible_codes(evidence: Evidence, checks: Iterable[IdentityCheck]) -> Iterator[Finding]:
    """The impossible codes of all tables; ``checks`` prove which row sums which."""
    summed = _summed(checks)
    for grid in evidence.grids:
        yield from _used_twice(grid, evidence)
        yield from _under_wrong_parent(grid, evidence, summed)


def _summed(checks: Iterable[IdentityCheck]) -> set[tuple[Place, Place]]:
    """Pairs of a total and a part, from sums over several levels' rows that close."""
    return {
        (check.terms[0], part)
        for check in checks
        if check.rule == "tree-sum" and check.outcome in _CLOSED and check.left
        for part in check.terms[1:]
    }


def _coded(row: Row) -> _Coded | None:
    if row.code is None or (row.key is None and row.body is not None):
        return None
    return _Coded(code=row.code, label=row.label.strip(), span=row.spans[0])


def _used_twice(grid: PlacedGrid, evidence: Evidence) -> Iterator[Finding]:
    known: dict[str, _Coded] = {}
    for row in grid.rows:
        coded = _coded(row.row)
        if coded is None:
            continue
        first = known.setdefault(coded.code, coded)
        if _same_name(first.label, coded.label):
            continue
        yield Finding(
            rule="code-twice",
            severity=Severity.WARNING,
            place=evidence.at(coded.span),
            message_zh=(
                f"第{coded.span.line}行：编码 {coded.code} 在本表又用于“{coded.label}”，"
                f"第{first.span.line}行已用于“{first.label}”。"
            ),
            message_en=(
                f"Line {coded.span.line}: code {coded.code} is used again, for {coded.label!r}; "
                f"line {first.span.line} uses it for {first.label!r}."
            ),
            printed=coded.code,
            expected=None,
            about=(evidence.at(first.span),),
        )


def _same_name(one: str, other: str) -> bool:
    """Whether two labels are one name, of which either printing may be cut off or lost."""
    left, right = label_key(one), label_key(other)
    return left.startswith(right) or right.startswith(left)


def _under_wrong_parent(
    grid: PlacedGrid, evidence: Evidence, summed: set[tuple[Place, Place]]
) -> Iterator[Finding]:
    """Rows that close the sum of another class: where no sum closes, the order of print is no
    evidence, since classes may be printed side by side.
    """
    for row in grid.rows:
        coded = _coded(row.row)
        parent = grid.rows[row.parent] if row.parent is not None else None
        above = _coded(parent.row) if parent is not None else None
        if coded is None or above is None or parent is None or coded.code.startswith(above.code):
            continue
        if not _sums(parent, row, evidence, summed):
            continue
        yield Finding(
            rule="code-under-wrong-parent",
            severity=Severity.WARNING,
            place=evidence.at(coded.span),
            message_zh=(
                f"第{coded.span.line}行：编码 {coded.code}（{coded.label}）列在 "
                f"{above.code}（{above.label}）之下并计入其合计，但不以其开头。"
            ),
            message_en=(
                f"Line {coded.span.line}: code {coded.code} ({coded.label}) stands under "
                f"{above.code} ({above.label}) and is summed by it, which does not begin it."
            ),
            printed=coded.code,
            expected=above.code,
            about=(evidence.at(above.span),),
        )


def _sums(
    parent: PlacedRow, row: PlacedRow, evidence: Evidence, summed: set[tuple[Place, Place]]
) -> bool:
    return any(
        (evidence.at(total.number.span), evidence.at(part.number.span)) in summed
        for total in parent.cells
        for part in row.cells
        if total.column == part.column and part.number.value
    )
