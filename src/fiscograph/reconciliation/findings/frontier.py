"""What could not be told apart: tables of no known form, rows kept whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fiscograph.assembly.cubes import Cubes
from fiscograph.budget import Finding, Severity, canonical_decimal
from fiscograph.forms.recognition import Unknown
from fiscograph.provenance import Place, Span
from fiscograph.reconciliation.findings.wording import wan


def unknown_table(table: Unknown, source: str) -> Finding:
    span = table.title_span or Span(line=table.lines[0], start=1, end=1)
    return Finding(
        rule="unknown-table",
        severity=Severity.NOTICE,
        place=Place(source=source, span=span),
        message_zh=f"第{span.line}行：未识别的表“{table.title}”，其中的数字未定列。",
        message_en=f"Line {span.line}: a table of no known form; its numbers are not placed.",
        printed=table.title,
        expected=None,
        about=(),
    )


def several_rows(cubes: Cubes) -> Iterator[Finding]:
    for node, code in cubes.collisions:
        place = node.evidence[0]
        yield Finding(
            rule="code-of-several-rows",
            severity=Severity.NOTICE,
            place=place,
            message_zh=f"第{place.line}行：编码 {code} 用于多行，“{node.label}”另立为地方细目。",
            message_en=(
                f"Line {place.line}: code {code} is printed for several rows; {node.label!r} "
                "is kept as a local concept under it."
            ),
            printed=node.label,
            expected=None,
            about=node.evidence[1:],
        )


def kept_whole(cubes: Cubes) -> Iterator[Finding]:
    for kept in cubes.kept:
        place = kept.node.evidence[0]
        total = sum((part.amount for part in kept.parts), Decimal(0))
        yield Finding(
            rule="frontier-kept",
            severity=Severity.WARNING,
            place=place,
            message_zh=(
                f"第{place.line}行 {kept.node.label}：{wan(kept.node.amount)}，"
                f"更细的行或栏合计 {wan(total)}，未予细分。"
            ),
            message_en=(
                f"Line {place.line}, {kept.node.label}: finer rows or columns sum to "
                f"{canonical_decimal(total)} yuan, not {canonical_decimal(kept.node.amount)}; "
                "it is not divided."
            ),
            printed=kept.node.label,
            expected=canonical_decimal(total),
            about=tuple(dict.fromkeys(p for part in kept.parts for p in part.evidence)),
        )
