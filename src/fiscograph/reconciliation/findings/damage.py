"""Numbers that lost their digits or their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fiscograph.budget import Finding, Severity
from fiscograph.forms import Column
from fiscograph.forms.schema import amount_headers
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Place, Span
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.wording import rows_en, rows_zh
from fiscograph.reconciliation.marks import damage_marks
from fiscograph.tables import is_torn, squeeze

_SEPARATED = re.compile(r"(?<!\S)[-+]?\d+[,，][\d,，]*\d\.\d{1,2}(?!\S)")
# The name that the reader gives a column which prints none, or what glyphs leave of one.
_NO_NAME = re.compile(r"第\d+列|[^\u3400-\u9fff]*")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?%?\Z")


def damaged(evidence: Evidence) -> Iterator[Finding]:
    """Numbers whose digits are lost (``,.``) or that overflowed their cell (``#####``)."""
    taken: set[int] = set()
    for grid in evidence.grids:
        taken.update(grid.grid.lines)
        yield from _damaged(evidence, damage_marks(evidence.lines, grid.grid.lines))
    for sheet in evidence.layout.sheets:
        # What is left of a number is read into no field, so that its line is none of the sheet's.
        within = range(min(sheet.lines, default=0), max(sheet.lines, default=-1) + 1)
        own = [number for number in within if number not in taken]
        taken.update(own)
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
    """Numbers that lost a digit: none stands before the point (``.42``), or the separators leave a
    group of other than three (``2,79.59``).
    """
    for grid in evidence.grids:
        spans = {span for row in grid.grid.rows for span in row.damaged}
        for number in sorted(set(grid.grid.lines) - set(grid.grid.header_lines)):
            spans.update(
                Span(line=number, start=match.start() + 1, end=match.end())
                for match in _SEPARATED.finditer(evidence.lines[number - 1])
                if not _GROUPED.match(match[0])
            )
        for span in sorted(spans, key=lambda span: (span.line, span.start)):
            place = evidence.at(span)
            printed = evidence.printed(place)
            # A mark that stands alone (##### or a lone point) is told as lost digits already.
            if not is_torn(printed) or " " in printed:
                continue
            yield _malformed(place, printed)


def _malformed(place: Place, printed: str) -> Finding:
    zh = f"{printed} 的千分位分隔有误，似多印或少印了数字。"
    en = f"the separators of {printed} do not stand at thousands; a digit seems added or lost."
    if not re.search(r"[,，]", printed):
        zh = f"{printed} 的小数点前没有数字，似少印了数字。"
        en = f"no digit stands before the point of {printed}; a digit seems lost."
    return Finding(
        rule="malformed-number",
        severity=Severity.WARNING,
        place=place,
        message_zh=f"第{place.line}行：{zh}",
        message_en=f"Line {place.line}: {en}",
        printed=printed,
        expected=None,
        about=(),
    )


def headers_not_read(evidence: Evidence) -> Iterator[Finding]:
    """Tables whose rows print more numbers than their header names columns, or in another order."""
    for grid in evidence.grids:
        rows = [row for row in grid.rows if row.cells]
        if not grid.misread or not rows:
            continue
        names = "、".join(column.path[-1] for column in grid.grid.columns if column.path)
        places = tuple(evidence.at(cell.number.span) for row in rows for cell in row.cells)
        yield Finding(
            rule="header-not-whole",
            severity=Severity.WARNING,
            place=places[0],
            message_zh=(
                f"第{rows[0].row.line}行起的表“{grid.grid.title}”：由表头读出的栏（{names}）"
                "与各行印出的数字不符：表头有缺漏、次序有误，或折行后读不全，各数所在栏未能确定。"
            ),
            message_en=(
                f"The table from line {rows[0].row.line}: the columns that its header names "
                f"({names}) do not fit the numbers of its rows; the header is not whole, not in "
                "order, or folded so that it cannot be read, and no column is sure."
            ),
            printed=names,
            expected=None,
            about=places[1:],
        )


def contested(evidence: Evidence) -> Iterator[Finding]:
    """Rows whose sums contradict what is said of their cells elsewhere, whatever their columns."""
    for grid in evidence.grids:
        for row in grid.rows:
            if not row.contested or not any(cell.is_open for cell in row.cells):
                continue
            places = tuple(evidence.at(cell.number.span) for cell in row.cells)
            label = row.row.label or "合计"
            yield Finding(
                rule="contested-row",
                severity=Severity.WARNING,
                place=places[0],
                message_zh=(
                    f"第{row.row.line}行 {label}：本行各数不论列于何栏，其合计关系与说明或他表所印的"
                    "数都不能同时成立，各数所在栏未定。"
                ),
                message_en=(
                    f"Line {row.row.line}, {label}: in whatever columns its numbers stand, its sums "
                    "and what the text or other tables print of it cannot all hold; their columns "
                    "are left open."
                ),
                printed=" ".join(cell.number.text for cell in row.cells),
                expected=None,
                about=places[1:],
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
                f"第{first.row.line}行起的 {len(shifted)} 行栏位错动，数字已按各栏的合计关系归位。"
            ),
            message_en=(
                f"{len(shifted)} rows from line {first.row.line} stand in shifted columns; their "
                "numbers are placed again by the sums of the columns."
            ),
            printed=first.row.label,
            expected=None,
            about=places[1:],
        )


def unnamed(evidence: Evidence) -> Iterator[Finding]:
    """Columns that print amounts and no header of their own: what they are is not told."""
    for grid in evidence.grids:
        columns = grid.grid.columns
        bare = [at for at, column in enumerate(columns) if _has_no_header(column, columns)]
        cells = [cell for row in grid.rows for cell in row.cells if cell.column in bare]
        if not cells or _names_more(grid, evidence):
            continue
        places = tuple(evidence.at(cell.number.span) for cell in cells)
        yield Finding(
            rule="column-not-named",
            severity=Severity.WARNING,
            place=places[0],
            message_zh=(
                f"第{places[0].span.line}行起：表头缺少列名，共 {len(places)} 个数所在的栏没有印出名称"
                f"（如 {cells[0].number.text}），请补印该栏列名。"
            ),
            message_en=(
                f"From line {places[0].span.line}: the header lacks a name; {len(places)} numbers "
                f"such as {cells[0].number.text} stand in a column without one. Print its name."
            ),
            printed=cells[0].number.text,
            expected=None,
            about=places[1:],
        )


def _names_more(grid: PlacedGrid, evidence: Evidence) -> bool:
    """Whether a header whose cells are not drawn prints a word behind its last known column that
    heads an amount in no form: it names a column that is not known, and which of them a number
    stands in is open.
    """
    if any(cell.number.column is not None for row in grid.rows for cell in row.cells):
        return False
    known = {column.path[-1] for column in grid.grid.columns if column.key and column.path}
    for number in grid.grid.header_lines:
        words = [squeeze(word) for word in evidence.lines[number - 1].split()]
        if known & set(words) and words[-1] not in known | amount_headers():
            return True
    return False


def _has_no_header(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column prints no header, or only one that it shares with the columns beside it."""
    if column.key:
        return False
    depth = len(column.path)
    return _NO_NAME.fullmatch(column.path[-1]) is not None or any(
        len(other.path) > depth and other.path[:depth] == column.path for other in columns
    )
