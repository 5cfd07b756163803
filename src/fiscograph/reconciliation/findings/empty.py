"""Tables that are announced by their title and print nothing, or less than they should."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from fiscograph.budget import Finding, Severity
from fiscograph.forms.contents import contents_of
from fiscograph.forms.schema import Grammar
from fiscograph.forms.titles import title_of
from fiscograph.identities import CellRef, tolerance_of_sum
from fiscograph.placement import PlacedCell, PlacedGrid
from fiscograph.placement.cells import side_cells
from fiscograph.provenance import Place, Span
from fiscograph.reconciliation.findings.announced import announced_tables
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.notes import note_of, prints_amounts
from fiscograph.reconciliation.findings.wording import rows_zh, wan
from fiscograph.reconciliation.marks import damage_marks
from fiscograph.reconciliation.words import load_words
from fiscograph.tables import squeeze

_NOTE_WITHIN = 8
_MONEY = re.compile(r"\d[.．]\s?\d|\d[,，]\d{3}")
_SENTENCE = re.compile(r"[。；;]")
_Told = tuple[Decimal, tuple[Place, ...]]


def empty_tables(evidence: Evidence) -> Iterator[Finding]:
    """Tables without an amount that no sentence of the filing explains.

    Where another table prints what this one would total, the amounts are missing: a warning.
    Elsewhere the disclosure lacks the sentence that there are none: a notice.
    """
    printing = {grid.grid.form.id for grid in evidence.grids if prints_amounts(grid)}
    seen: set[str] = set()
    for form_id, title, span, region in _titled(evidence):
        if form_id in printing or form_id in seen or _prints_money(region, evidence):
            continue
        seen.add(form_id)
        told = _told_elsewhere(form_id, evidence)
        if told is None and (
            note_of(region, evidence) is not None or _is_told_none(title, evidence)
        ):
            continue
        yield _empty(title, span, told, evidence)


def _prints_money(region: tuple[int, int], evidence: Evidence) -> bool:
    """Whether lines hold what looks like money, read or not."""
    first, last = region
    return any(_MONEY.search(line) for line in evidence.lines[first - 1 : last])


def _titled(evidence: Evidence) -> list[tuple[str, str, Span, tuple[int, int]]]:
    """Form, title, place and region of each title that is printed at the head of a table."""
    found = [
        (
            grid.grid.form.id,
            grid.grid.title.strip(),
            grid.grid.title_span,
            (grid.grid.lines[0], grid.grid.lines[-1]),
        )
        for grid in evidence.grids
        if grid.grid.title_span is not None and grid.grid.form.titles
    ]
    listed = {
        number
        for entry in announced_tables(evidence.pages)
        for number in range(entry.span.line, entry.last_line + 1)
    }
    listed |= contents_of([line for page in evidence.pages for line in page.lines], evidence.book)
    layout = evidence.layout
    taken = [
        *(grid.lines for grid in layout.grids),
        *(table.lines for table in layout.unknown),
        *(sheet.lines for sheet in layout.sheets),
    ]
    starts = [lines[0] for lines in taken if lines]
    for page in evidence.pages:
        for line in page.lines:
            title = title_of(line, evidence.book) if "表" in line.text else None
            if title is None or title.form is None or not title.complete:
                continue
            if line.number in listed or title.form.grammar is Grammar.SHEET:
                continue
            span = Span(
                line=line.number, start=line.words[0].span.start, end=line.words[-1].span.end
            )
            end = min([n - 1 for n in starts if n > line.number], default=len(evidence.lines))
            found.append((title.form.id, line.text.strip(), span, (line.number, end)))
    return found


def _is_told_none(title: str, evidence: Evidence) -> bool:
    """Whether the narrative says that there is none of what a title speaks of."""
    words = load_words().empty
    topics = words.topics_of(squeeze(title))
    text = "".join(line.squeezed for line in evidence.layout.narrative)
    sentences = [s for s in _SENTENCE.split(text) if any(topic in s for topic in topics)]
    return any(words.says_none(sentence, topic) for sentence in sentences for topic in topics)


def _told_elsewhere(form_id: str, evidence: Evidence) -> _Told | None:
    """What another table gives for the total of this form, if it is anything, with its places."""
    totals = (
        (total, places)
        for ref, total, places in _totals_elsewhere(form_id, evidence)
        if ref.column == "total" and total
    )
    return next(totals, None)


def _is_damaged(cells: Sequence[tuple[PlacedGrid, PlacedCell]], evidence: Evidence) -> bool:
    """Whether cells may not be what they stand for: a column with rivals, a table that lost digits."""
    return any(cell.rivals or damage_marks(evidence.lines, grid.grid.lines) for grid, cell in cells)


def _yuan(cells: Sequence[tuple[PlacedGrid, PlacedCell]], evidence: Evidence) -> Decimal:
    values = {amount.place: amount.amount.yuan for amount in evidence.facts.printed_amounts}
    return sum(
        (values.get(evidence.at(cell.number.span), Decimal(0)) for _, cell in cells), Decimal(0)
    )


def _empty(title: str, span: Span, told: _Told | None, evidence: Evidence) -> Finding:
    line = span.line
    if told is None:
        return Finding(
            rule="table-empty",
            severity=Severity.NOTICE,
            place=evidence.at(span),
            message_zh=f"第{line}行：“{title}”没有一个数字，也没有注明此表无数据。",
            message_en=(
                f"Line {line}: the table {title!r} prints no number, and no sentence says that "
                "there is none."
            ),
            printed=title,
            expected=None,
            about=(),
        )
    total, places = told
    return Finding(
        rule="table-empty",
        severity=Severity.WARNING,
        place=evidence.at(span),
        message_zh=(
            f"第{line}行：“{title}”没有一个数字，而他表（{rows_zh([p.line for p in places])}）"
            f"印有其合计 {wan(total)}。"
        ),
        message_en=(
            f"Line {line}: the table {title!r} prints no number, where line {places[0].line} "
            f"prints its total, {total:f} yuan."
        ),
        printed=title,
        expected=wan(total),
        about=places,
    )


def tables_cut_short(evidence: Evidence) -> Iterator[Finding]:
    """Tables without a total row whose rows sum to less than another table prints for it."""
    for grid in evidence.grids:
        form = grid.grid.form
        if form.grammar is not Grammar.CODE_ROWS or grid.grid.title_span is None:
            continue
        if damage_marks(evidence.lines, grid.grid.lines):
            continue
        if not prints_amounts(grid) or any(row.row.level == 0 and row.cells for row in grid.rows):
            continue
        for ref, total, places in _totals_elsewhere(form.id, evidence):
            finding = _short(grid, ref, total, places, evidence)
            if finding is not None:
                yield finding
                break


def _totals_elsewhere(
    form_id: str, evidence: Evidence
) -> Iterator[tuple[CellRef, Decimal, tuple[Place, ...]]]:
    for equality in evidence.book.cross:
        for near, far in ((equality.left, equality.right), (equality.right, equality.left)):
            ref = near[0][0]
            if equality.soft or len(near[0]) > 1 or ref.form != form_id or ref.row != "total":
                continue
            cells = side_cells(far, evidence.grids)
            if cells is not None and not _is_damaged(cells, evidence):
                places = tuple(evidence.at(cell.number.span) for _, cell in cells)
                yield ref, _yuan(cells, evidence), places


def _short(
    grid: PlacedGrid, ref: CellRef, total: Decimal, places: tuple[Place, ...], evidence: Evidence
) -> Finding | None:
    column = grid.column_index(ref.column)
    span = grid.grid.title_span
    if column is None or span is None:
        return None
    top = min(row.row.level for row in grid.rows if row.cells)
    cells = [
        cell for row in grid.rows if row.row.level == top and (cell := row.cell(column)) is not None
    ]
    own = _yuan([(grid, cell) for cell in cells], evidence)
    unit = next(
        (
            a.amount.unit.value
            for a in evidence.facts.printed_amounts
            if cells and a.place == evidence.at(cells[0].number.span)
        ),
        Decimal(1),
    )
    tolerance = tolerance_of_sum(max(len(cells), 1), grid.decimals) * unit
    if not cells or any(cell.rivals for cell in cells) or own >= total - tolerance:
        return None
    line = span.line
    return Finding(
        rule="table-cut-short",
        severity=Severity.WARNING,
        place=evidence.at(span),
        message_zh=(
            f"第{line}行：“{grid.grid.title.strip()}”只印出合计 {wan(own)} 的行，"
            f"他表（{rows_zh([p.line for p in places])}）印有其合计 {wan(total)}，"
            f"缺 {wan(total - own)}。"
        ),
        message_en=(
            f"Line {line}: the rows of {grid.grid.title.strip()!r} sum to {own:f} yuan, where "
            f"line {places[0].line} prints its total, {total:f} yuan; rows are missing."
        ),
        printed=wan(own),
        expected=wan(total),
        about=(*(evidence.at(cell.number.span) for cell in cells), *places),
    )
