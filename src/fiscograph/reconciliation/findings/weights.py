"""Weights of a project's indicators that do not sum to what the other sheets sum to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import Bin, Finding, PerformanceIndicator, Severity, canonical_decimal
from fiscograph.provenance import Place
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.wording import rows_en, rows_zh
from fiscograph.reconciliation.words import load_words
from fiscograph.tables import number_of

_HUNDRED = Decimal(100)
_SIBLINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighted:
    """The indicators of one project, or of the whole department, whose weights are all read."""

    project: str | None
    rows: tuple[PerformanceIndicator, ...]
    total: Decimal
    unweighted: tuple[PerformanceIndicator, ...]


def weight_of(indicator: PerformanceIndicator) -> Decimal | None:
    """The printed weight as a number; None where none is printed."""
    return number_of(indicator.weight.rstrip("%")) if indicator.weight else None


def weights_out_of_range(evidence: Evidence) -> Iterator[Finding]:
    """A single weight below 0 or above 100."""
    for indicator in evidence.facts.indicators:
        weight = weight_of(indicator)
        if weight is None or 0 <= weight <= _HUNDRED:
            continue
        line = indicator.place.line
        yield Finding(
            rule="weight-out-of-range",
            severity=Severity.WARNING,
            place=indicator.place,
            message_zh=f"第{line}行 {indicator.name}：权重印作 {indicator.weight}，应在 0 至 100 之间。",
            message_en=(
                f"Line {line}, {indicator.name}: a weight of {indicator.weight} is printed; "
                "weights stand between 0 and 100."
            ),
            printed=indicator.weight or "",
            expected=None,
            about=(),
        )


def weights_not_summing(evidence: Evidence) -> Iterator[Finding]:
    """Sheets whose weights sum to other than the usual sum of their siblings.

    The usual sum is what most sheets of the filing's projects sum to; alone, a sheet can only
    exceed 100. A sheet with a number that nobody read tells nothing.
    """
    usual_sums = load_words().weight_sums
    sheets = _weighted(evidence)
    for kind in (False, True):
        siblings = [sheet for sheet in sheets if (sheet.project is None) is kind]
        counts = Counter(sheet.total for sheet in siblings)
        known = sorted(total for total in counts if total in usual_sums)
        usual = max(known, key=lambda total: counts[total], default=None)
        for sheet in siblings:
            learnt = usual is not None and _is_learnt(sheet, usual, counts)
            usually = counts[usual] if usual is not None else 0
            if counts[sheet.total] >= max(_SIBLINGS, usually):
                continue  # most sheets have it, whatever their template is
            if not (learnt or sheet.total > _HUNDRED) or _printed_again(sheet, usual_sums):
                continue
            expected = usual if learnt and usual is not None else _HUNDRED
            yield _finding(sheet, expected, counts[expected], evidence)


def _is_learnt(sheet: _Weighted, usual: Decimal, counts: Counter[Decimal]) -> bool:
    """Whether the siblings tell that this sheet's sum is not theirs."""
    if sheet.total == usual:
        return False
    return counts[usual] >= _SIBLINGS or sheet.total not in load_words().weight_sums


def _weighted(evidence: Evidence) -> list[_Weighted]:
    groups: dict[str | None, list[PerformanceIndicator]] = {}
    for indicator in evidence.facts.indicators:
        groups.setdefault(indicator.project, []).append(indicator)
    unread = {row.place.line for row in evidence.facts.ledger if row.bin is Bin.UNREAD}
    found = []
    for project, rows in groups.items():
        weights = [weight_of(row) for row in rows]
        if all(weight is None for weight in weights) or _unread_between(rows, unread, evidence):
            continue
        found.append(
            _Weighted(
                project=project,
                rows=tuple(rows),
                total=sum((weight for weight in weights if weight is not None), Decimal(0)),
                unweighted=tuple(
                    row for row, weight in zip(rows, weights, strict=True) if weight is None
                ),
            )
        )
    return found


def _unread_between(
    rows: Sequence[PerformanceIndicator], unread: set[int], evidence: Evidence
) -> bool:
    """Whether a number stands unread among the indicators of a sheet, from the first to its end."""
    lines = {row.place.line for row in rows}
    for sheet in evidence.layout.sheets:
        own = {span.line for row in sheet.indicators for span in row.spans}
        if not lines & own:
            continue
        prose = {
            cell.span.line
            for field in sheet.fields
            for cell in field.cells
            if field.label_span.line not in own
        }
        if unread & (set(range(min(own), max(own) + 1)) - prose | own):
            return True
    return False


def _printed_again(sheet: _Weighted, usual_sums: frozenset[Decimal]) -> bool:
    """Whether the rows are the same rows printed twice, as on a page that is repeated."""
    once = {(row.name, row.target, row.unit, row.weight): weight_of(row) for row in sheet.rows}
    total = sum((weight for weight in once.values() if weight is not None), Decimal(0))
    return len(once) < len(sheet.rows) and total in usual_sums


def _finding(sheet: _Weighted, expected: Decimal, count: int, evidence: Evidence) -> Finding:
    first, *others = sheet.rows
    named = {project.key: project.name for project in evidence.facts.projects}
    name = named.get(sheet.project or "", "部门整体")
    total, meant = canonical_decimal(sheet.total), canonical_decimal(expected)
    missing = [row.place.line for row in sheet.unweighted]
    lines = [row.place.line for row in sheet.rows]
    why_zh = f"本文件另有 {count} 份目标表合计为 {meant}" if count else f"不应超过 {meant}"
    why_en = f"{count} other sheets sum to {meant}" if count else f"it should not exceed {meant}"
    said_zh = f"；{rows_zh(missing)}未印权重" if missing else ""
    said_en = f"; no weight is printed in {rows_en(missing)}" if missing else ""
    return Finding(
        rule="weight-sum",
        severity=Severity.WARNING,
        place=first.place,
        message_zh=(
            f"第{min(lines)}至{max(lines)}行 {name}：{len(lines)} 项绩效指标的权重合计 {total}，"
            f"{why_zh}{said_zh}。"
        ),
        message_en=(
            f"Lines {min(lines)} to {max(lines)}, {name}: the weights of {len(lines)} indicators "
            f"sum to {total}; {why_en}{said_en}."
        ),
        printed=total,
        expected=meant,
        about=_places(others),
    )


def _places(rows: Sequence[PerformanceIndicator]) -> tuple[Place, ...]:
    return tuple(row.place for row in rows)
