"""Numbers that lost their digits or their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fiscograph.budget import Finding, Severity
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Span
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.wording import rows_en, rows_zh

_DAMAGED = re.compile(r"(?:^|(?<=\s))(?:,\.|#{2,}|\.)(?=\s|$)")
# On a sheet a lone full stop is also a mark of prose.
_DAMAGED_ON_SHEET = re.compile(r"(?:^|(?<=\s))(?:,\.|#{2,})(?=\s|$)")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?%?\Z")


def damaged(evidence: Evidence) -> Iterator[Finding]:
    """Numbers whose digits are lost (``,.``) or that overflowed their cell (``#####``)."""
    taken: set[int] = set()
    for grid in evidence.grids:
        taken.update(grid.grid.lines)
        yield from _damaged(evidence, grid.grid.lines, _DAMAGED)
    for sheet in evidence.layout.sheets:
        yield from _damaged(evidence, [n for n in sheet.lines if n not in taken], _DAMAGED_ON_SHEET)


def _damaged(
    evidence: Evidence, numbers: Iterable[int], pattern: re.Pattern[str]
) -> Iterator[Finding]:
    spans = [
        Span(line=number, start=match.start() + 1, end=match.end())
        for number in sorted(numbers)
        for match in pattern.finditer(evidence.lines[number - 1])
    ]
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
        for row in grid.rows:
            for cell in row.cells:
                text = re.sub(r"\s", "", cell.number.text)
                if "," not in text.replace("，", ",") or _GROUPED.match(text):
                    continue
                place = evidence.at(cell.number.span)
                yield Finding(
                    rule="malformed-number",
                    severity=Severity.WARNING,
                    place=place,
                    message_zh=(
                        f"第{place.line}行 {row.row.label or '合计'}：{text} "
                        "的千分位分隔有误，似多印或少印了数字。"
                    ),
                    message_en=(
                        f"Line {place.line}, {row.row.label or 'total'}: the separators of {text} "
                        "do not stand at thousands; a digit seems added or lost."
                    ),
                    printed=text,
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
