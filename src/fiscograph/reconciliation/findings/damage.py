"""Numbers that lost their digits or their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fiscograph.budget import Finding, Severity
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Span
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.wording import rows_en, rows_zh
from fiscograph.reconciliation.marks import damage_marks

_SEPARATED = re.compile(r"(?<!\S)[-+]?\d+[,，][\d,，]*\d\.\d{1,2}(?!\S)")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?%?\Z")


def damaged(evidence: Evidence) -> Iterator[Finding]:
    """Numbers whose digits are lost (``,.``) or that overflowed their cell (``#####``)."""
    taken: set[int] = set()
    for grid in evidence.grids:
        taken.update(grid.grid.lines)
        yield from _damaged(evidence, damage_marks(evidence.lines, grid.grid.lines))
    for sheet in evidence.layout.sheets:
        own = [number for number in sheet.lines if number not in taken]
        yield from _damaged(evidence, damage_marks(evidence.lines, own, on_sheet=True))


def _damaged(evidence: Evidence, spans: Sequence[Span]) -> Iterator[Finding]:
    if not spans:
        return
    places = [evidence.at(span) for span in spans]
    rows = sorted({span.line for span in spans})
    printed = evidence.printed(places[0])
    yield Finding(
        rule="damaged-number",
        severity=Severity.WARNING,
        place=places[0],
        message_zh=(
            f"{rows_zh(rows, len(rows))}：共 {len(spans)} 处应有数字，只印出“{printed}”之类。"
        ),
        message_en=(
            f"{rows_en(rows, len(rows)).capitalize()}: {len(spans)} numbers are expected, only "
            f"marks such as {printed!r} are printed."
        ),
        printed=printed,
        expected=None,
        about=tuple(places[1:]),
    )


def malformed(evidence: Evidence) -> Iterator[Finding]:
    """Numbers whose separators leave a group of other than three digits: a digit came or went."""
    for grid in evidence.grids:
        for number in sorted(set(grid.grid.lines) - set(grid.grid.header_lines)):
            for match in _SEPARATED.finditer(evidence.lines[number - 1]):
                if _GROUPED.match(match[0]):
                    continue
                place = evidence.at(Span(line=number, start=match.start() + 1, end=match.end()))
                yield Finding(
                    rule="malformed-number",
                    severity=Severity.WARNING,
                    place=place,
                    message_zh=f"第{number}行：{match[0]} 的千分位分隔有误，似多印或少印了数字。",
                    message_en=(
                        f"Line {number}: the separators of {match[0]} do not stand at thousands; "
                        "a digit seems added or lost."
                    ),
                    printed=match[0],
                    expected=None,
                    about=(),
                )


def misplaced(grids: Sequence[PlacedGrid], evidence: Evidence) -> Iterator[Finding]:
    """Rows that lost columns, so that their numbers stand under the wrong header."""
    for grid in grids:
        shifted = [row for row in grid.rows if row.row.shifted and row.cells]
        if not shifted:
            continue
        first = shifted[0]
        places = tuple(evidence.at(cell.number.span) for row in shifted for cell in row.cells)
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
