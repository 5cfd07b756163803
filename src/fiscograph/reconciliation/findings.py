"""Contradictions and damage in the source, in sentences that a clerk can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fiscograph.assembly.cubes import Cubes
from fiscograph.budget import (
    Finding,
    IdentityCheck,
    Outcome,
    Severity,
    canonical_decimal,
)
from fiscograph.forms.recognition import Unknown
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Place, Span
from fiscograph.tables import number_of

# A line that begins with ## and goes on is a heading of Markdown, no overflowed cell.
_DAMAGED = re.compile(r"(?:^(?!#{2,6} +[^\d\s#])|(?<=\s))(?:,\.|#{2,}|\.)(?=\s|$)")
_WAN = Decimal(10_000)


def findings_of(
    checks: Iterable[IdentityCheck],
    grids: Sequence[PlacedGrid],
    unknown: Sequence[Unknown],
    cubes: Cubes,
    *,
    lines: Sequence[str],
    source: str,
) -> tuple[Finding, ...]:
    """All findings of a filing, in order of their places; one for each rule and place."""
    found = [
        *(finding for check in checks for finding in _failed(check, lines)),
        *(finding for grid in grids for finding in _damaged(grid, lines, source)),
        *(finding for grid in grids for finding in _misplaced(grid, source)),
        *(finding for grid in grids for finding in _codes(grid, source)),
        *(_unknown(table, source) for table in unknown if table.rows),
        *_several_rows(cubes),
        *_kept(cubes),
    ]
    unique = {(finding.rule, finding.place): finding for finding in reversed(found)}
    return tuple(unique[key] for key in sorted(unique, key=lambda key: (key[1], key[0])))


def printed_at(lines: Sequence[str], place: Place) -> str:
    """The characters that a place holds."""
    return lines[place.line - 1][place.start - 1 : place.end]


def wan(amount: Decimal) -> str:
    """An amount in yuan as a clerk reads it: in 万元 with its decimals."""
    return f"{canonical_decimal(amount / _WAN)}万元"


def in_printed_unit(amount: Decimal, printed: str, yuan: Decimal) -> str:
    """An amount in yuan in the unit of a number that is printed for ``yuan``.

    >>> in_printed_unit(Decimal(671600), "67.00", Decimal(670000))
    '67.16'
    """
    value = number_of(printed)
    return canonical_decimal(amount * value / yuan) if value and yuan else canonical_decimal(amount)


_RULES = {
    "row-sum": ("行内各栏合计", "the columns of the row sum to"),
    "tree-sum": ("下级各行合计", "the rows below sum to"),
    "project-funding": ("上级、本级、其他资金合计", "its sources of funds sum to"),
    "cube-total": ("由其明细读出的各项合计", "what is read of its parts sums to"),
    "list-against-sheet": ("绩效目标表印作", "its target sheet prints"),
}


def _failed(check: IdentityCheck, lines: Sequence[str]) -> Iterator[Finding]:
    if check.outcome is not Outcome.FAILS or check.left is None or check.right is None:
        return
    place = check.terms[0]
    zh, en = _RULES.get(check.rule, (f"按“{check.label}”应为", "by the forms' equality it is"))
    printed = printed_at(lines, place)
    expected = in_printed_unit(check.right, printed, check.left)
    difference = in_printed_unit(check.left - check.right, printed, check.left)
    rows = sorted({term.line for term in check.terms[1:]} - {place.line})
    where = (
        f"（第{'、'.join(map(str, rows[:3]))}{'等' if len(rows) > 3 else ''}行）" if rows else ""
    )
    yield Finding(
        rule=check.rule,
        severity=Severity.ERROR,
        place=place,
        message_zh=(
            f"第{place.line}行 {check.label}：印作 {printed}，{zh} {expected}{where}，"
            f"相差 {difference}。"
        ),
        message_en=(
            f"Line {place.line}, {check.label}: {printed} is printed, {en} {expected}; "
            f"the difference is {difference}."
        ),
        printed=printed,
        expected=expected,
        about=check.terms[1:],
    )


def _damaged(grid: PlacedGrid, lines: Sequence[str], source: str) -> Iterator[Finding]:
    """Numbers whose digits are lost (``,.``) or that overflowed their cell (``#####``)."""
    spans = [
        Span(line=number, start=match.start() + 1, end=match.end())
        for number in grid.grid.lines
        for match in _DAMAGED.finditer(lines[number - 1])
    ]
    if not spans:
        return
    places = [Place(source=source, span=span) for span in spans]
    rows = sorted({span.line for span in spans})
    printed = printed_at(lines, places[0])
    yield Finding(
        rule="damaged-number",
        severity=Severity.WARNING,
        place=places[0],
        message_zh=(
            f"第{'、'.join(map(str, rows))}行：共 {len(spans)} 处应有数字，只印出“{printed}”之类。"
        ),
        message_en=(
            f"Line {', '.join(map(str, rows))}: {len(spans)} numbers are expected, only marks "
            f"such as {printed!r} are printed."
        ),
        printed=printed,
        expected=None,
        about=tuple(places[1:]),
    )


def _misplaced(grid: PlacedGrid, source: str) -> Iterator[Finding]:
    shifted = [row for row in grid.rows if row.row.shifted and row.cells]
    if not shifted:
        return
    first = shifted[0]
    places = tuple(
        Place(source=source, span=cell.number.span) for row in shifted for cell in row.cells
    )
    yield Finding(
        rule="misplaced-column",
        severity=Severity.NOTICE,
        place=places[0],
        message_zh=(
            f"第{first.row.line}行起的 {len(shifted)} 行缺少前面的栏，数字已按栏名顺序归位。"
        ),
        message_en=(
            f"{len(shifted)} rows from line {first.row.line} lost columns; their numbers are "
            "placed again by the order of the header."
        ),
        printed=first.row.label,
        expected=None,
        about=places[1:],
    )


def _codes(grid: PlacedGrid, source: str) -> Iterator[Finding]:
    """A code used twice with two names, or standing under a row whose code does not begin it."""
    names: dict[str, tuple[str, Span]] = {}
    for row in grid.rows:
        code = row.row.code
        if code is None or (row.row.key is None and row.row.body is not None):
            continue
        span = row.row.spans[0]
        place = Place(source=source, span=span)
        label = row.row.label.strip()
        known = names.get(code)
        if known is not None and known[0] != label:
            yield Finding(
                rule="code-twice",
                severity=Severity.WARNING,
                place=place,
                message_zh=(
                    f"第{span.line}行：编码 {code} 在本表又用于“{label}”，"
                    f"第{known[1].line}行已用于“{known[0]}”。"
                ),
                message_en=(
                    f"Line {span.line}: code {code} is used again, for {label!r}; line "
                    f"{known[1].line} uses it for {known[0]!r}."
                ),
                printed=code,
                expected=None,
                about=(Place(source=source, span=known[1]),),
            )
        names.setdefault(code, (label, span))
        parent = grid.rows[row.parent].row if row.parent is not None else None
        if parent is not None and parent.code is not None and not code.startswith(parent.code):
            yield Finding(
                rule="code-under-wrong-parent",
                severity=Severity.WARNING,
                place=place,
                message_zh=(
                    f"第{span.line}行：编码 {code}（{label}）列在 {parent.code}（{parent.label}）"
                    "之下，但不以其开头。"
                ),
                message_en=(
                    f"Line {span.line}: code {code} ({label}) stands under {parent.code} "
                    f"({parent.label}), which does not begin it."
                ),
                printed=code,
                expected=parent.code,
                about=(Place(source=source, span=parent.spans[0]),),
            )


def _unknown(table: Unknown, source: str) -> Finding:
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


def _several_rows(cubes: Cubes) -> Iterator[Finding]:
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


def _kept(cubes: Cubes) -> Iterator[Finding]:
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
