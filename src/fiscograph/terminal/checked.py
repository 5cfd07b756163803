"""The page of ``fiscograph check``: totals, the ledger by bin, what is unread, the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from fiscograph.budget import (
    Bin,
    Cube,
    FilingFacts,
    Finding,
    LedgerRow,
    Outcome,
    Placement,
    canonical_decimal,
)
from fiscograph.reports.amounts import yuan
from fiscograph.terminal.console import plain_table, print_json, results

_Kind = TypeVar("_Kind", bound=Enum)

_BINS = {
    Bin.PRINTED_AMOUNT: "金额",
    Bin.INDICATOR: "绩效指标值",
    Bin.STATEMENT: "文字说明中的数字",
    Bin.LABEL: "编码、年份、序号等",
    Bin.CONTACT: "联系人、电话（不公开）",
    Bin.FURNITURE: "重复表头",
    Bin.DAMAGE: "损坏",
    Bin.UNREAD: "未读出",
}
_CUBES = {
    Cube.FUNCTION.value: "支出，按功能分类",
    Cube.ECONOMIC.value: "支出，按经济分类",
    Cube.PROJECT.value: "支出，按项目",
    Cube.REVENUE.value: "收入，按来源",
    Cube.THREE_PUBLIC.value: "“三公”经费",
    Cube.PROCUREMENT.value: "政府采购",
}
_PLACEMENTS = {
    Placement.PRINTED: "原表分列",
    Placement.PROVED: "由勾稽关系证明",
    Placement.CHOSEN: "有多种可能，选其一",
    Placement.UNPLACED: "未归表",
}
_OUTCOMES = {
    Outcome.HOLDS: "相符",
    Outcome.WITHIN_ROUNDING: "四舍五入内相符",
    Outcome.FAILS: "不符",
    Outcome.NOT_CHECKABLE: "无法核对",
}


def is_clean(facts: FilingFacts) -> bool:
    """Whether nothing is unread and the filing has no finding."""
    return not facts.findings and not unread(facts)


def unread(facts: FilingFacts) -> tuple[LedgerRow, ...]:
    return tuple(row for row in facts.ledger if row.bin is Bin.UNREAD)


def show(every: Sequence[FilingFacts], *, as_json: bool) -> None:
    """Print the page of each filing."""
    if as_json:
        print_json([_document(facts) for facts in every])
        return
    out = results()
    for facts in every:
        _show(out, facts)


def _show(out: Console, facts: FilingFacts) -> None:
    filing = facts.filing
    out.print(Text(filing.title or filing.department, style="bold"))
    declared = "" if filing.id_declared else "（由内容推得 / derived）"
    out.print(f"{filing.id}{declared}")
    for source in filing.sources:
        out.print(f"{source.name}  {source.encoding}  {source.lines} 行  {source.sha256[:16]}")
    out.print()
    _totals(out, facts)
    _counts(out, facts)
    _unread(out, facts)
    _findings(out, facts.findings)


def _sums(facts: FilingFacts) -> Mapping[str, tuple[int, Decimal]]:
    """For each cube the number of allocations and their sum in yuan."""
    sums: dict[str, tuple[int, Decimal]] = {}
    for one in facts.allocations:
        number, total = sums.get(one.cube.value, (0, Decimal(0)))
        sums[one.cube.value] = (number + 1, total + one.amount)
    return sums


def _totals(out: Console, facts: FilingFacts) -> None:
    """The sum of each cube beside the total that the filing prints for it."""
    printed = {amount.place: amount for amount in facts.printed_amounts}
    table = plain_table(
        "合计 / total",
        "",
        "条",
        "元 / yuan",
        "原文 / printed",
        "行",
        numbers=("条", "元 / yuan", "行"),
    )
    said = {one.cube: one for one in facts.printed_totals}
    for cube, (number, total) in sorted(_sums(facts).items()):
        where = said.get(cube)
        amount = printed.get(where.place) if where else None
        table.add_row(
            _CUBES[cube],
            cube,
            str(number),
            yuan(total),
            f"{amount.printed} {amount.amount.unit.printed}" if amount else "",
            str(where.place.line) if where else "",
        )
    if table.row_count:
        out.print(table)
        out.print()


def _counts(out: Console, facts: FilingFacts) -> None:
    table = plain_table("读到 / read", "数量", numbers=("数量",))
    for label, number in (
        ("表 / tables", len(facts.tables)),
        ("项目 / projects", len(facts.projects)),
        ("绩效指标 / indicators", len(facts.indicators)),
        ("引用的文件 / citations", len(facts.citations)),
        ("单位 / organizations", len(facts.organizations)),
    ):
        table.add_row(label, f"{number:,}")
    out.print(table)
    out.print()
    _tally(out, "数字去向 / ledger", _BINS, (row.bin for row in facts.ledger))
    _tally(out, "定列 / placement", _PLACEMENTS, (one.placement for one in facts.printed_amounts))
    _tally(out, "勾稽 / checks", _OUTCOMES, (one.outcome for one in facts.checks))


def _tally(out: Console, title: str, names: Mapping[_Kind, str], found: Iterable[_Kind]) -> None:
    """How many of each kind; kinds that do not occur are left out."""
    counted = Counter(found)
    table = plain_table(title, "", "数量", numbers=("数量",))
    for kind, name in names.items():
        if counted[kind]:
            table.add_row(name, str(kind.value), f"{counted[kind]:,}")
    out.print(table)
    out.print()


def _unread(out: Console, facts: FilingFacts) -> None:
    rows = unread(facts)
    if not rows:
        out.print(Text("没有未读出的数字 / nothing is unread", style="green"))
        out.print()
        return
    table = plain_table("行", "列", "未读出 / unread", numbers=("行", "列"))
    for row in rows:
        table.add_row(str(row.place.line), str(row.place.start), row.printed)
    out.print(table)
    out.print()


def _findings(out: Console, findings: Sequence[Finding]) -> None:
    if not findings:
        out.print(Text("没有发现矛盾 / no findings", style="green"))
        return
    table = plain_table("行", "规则", "发现 / finding", numbers=())
    for one in findings:
        lines = ", ".join(str(line) for line in one.lines[:8]) + (" …" if one.lines[8:] else "")
        table.add_row(
            lines, f"{one.rule}\n{one.severity.value}", f"{one.message_zh}\n{one.message_en}"
        )
    out.print(table)


def _document(facts: FilingFacts) -> Mapping[str, object]:
    bins = Counter(row.bin.value for row in facts.ledger)
    placements = Counter(one.placement.value for one in facts.printed_amounts)
    outcomes = Counter(one.outcome.value for one in facts.checks)
    return {
        "filing": str(facts.filing.id),
        "id_declared": facts.filing.id_declared,
        "sources": [one.name for one in facts.filing.sources],
        "totals_cny": {
            cube: canonical_decimal(total) for cube, (_, total) in sorted(_sums(facts).items())
        },
        "tables": len(facts.tables),
        "projects": len(facts.projects),
        "indicators": len(facts.indicators),
        "citations": len(facts.citations),
        "ledger": dict(sorted(bins.items())),
        "placements": dict(sorted(placements.items())),
        "checks": dict(sorted(outcomes.items())),
        "unread": [
            {"line": row.place.line, "start": row.place.start, "printed": row.printed}
            for row in unread(facts)
        ],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "message_zh": one.message_zh,
                "message_en": one.message_en,
                "printed": one.printed,
                "expected": one.expected,
                "lines": list(one.lines),
            }
            for one in facts.findings
        ],
    }
