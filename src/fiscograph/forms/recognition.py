"""Segments into grids: recognises the form, joins continued tables, reads header and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.budget import CodeLists, Unit, UnitBasis
from fiscograph.forms.alignment.measures import with_positions
from fiscograph.forms.grid import Grid, Row
from fiscograph.forms.headers.short import with_lost_columns
from fiscograph.forms.labels import LabelReader
from fiscograph.forms.rows.cell_lines import rows_of_cells
from fiscograph.forms.rows.code_rows import read_code_rows
from fiscograph.forms.rows.dashes import with_dashes
from fiscograph.forms.rows.items import read_items
from fiscograph.forms.rows.project_list import read_project_list
from fiscograph.forms.rows_read import (
    OUTSIDE,
    RowsRead,
    number_cells,
    trailing_numbers,
    without_rates,
)
from fiscograph.forms.schema import Form, FormBook, Grammar
from fiscograph.forms.segments import Segment
from fiscograph.forms.two_sided.table import read_two_sided
from fiscograph.provenance import Span
from fiscograph.tables import Line, squeeze

# So many amounts outside of all rows may be fragments of a header or a note.
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A table of no known form: its numbers are kept in rows, without columns; ``unit`` is its own."""

    title: str
    title_span: Span | None
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    unit: Unit | None = None


def group_segments(segments: Sequence[Segment]) -> list[list[Segment]]:
    """A header repeated on each page is one table continued: such segments in one group."""
    groups: list[list[Segment]] = []
    for segment in segments:
        if not segment.lines:
            continue
        group = groups[-1] if groups else None
        if group is not None and (
            _same_title(entitled(group), segment) or _same_head(group, segment)
        ):
            group.append(segment)
        else:
            groups.append([segment])
    return groups


def entitled(group: Sequence[Segment]) -> Segment:
    """The segment of a group that prints its title, which may stand below the last; else the first."""
    return next((segment for segment in group if segment.title_span is not None), group[0])


def _same_title(last: Segment, segment: Segment) -> bool:
    return (
        segment.form is not None
        and segment.form is last.form
        and segment.form.grammar is not Grammar.SHEET
        and squeeze(segment.title) == squeeze(last.title)
    )


def _same_head(group: Sequence[Segment], segment: Segment) -> bool:
    """Whether a page repeats a table's label and header (表二, 科目编码 …) and not its title."""
    form = entitled(group).form or segment.form
    if form is not None and form.grammar is Grammar.SHEET:
        return False
    first = group[0]
    return (
        (entitled(group).title_span is None or segment.title_span is None)
        and first.label != ""
        and first.label == segment.label
        and first.lines[0].squeezed == segment.lines[0].squeezed
        and not any(cell.number is not None for cell in first.lines[0].words)
    )


def read_grid(group: Sequence[Segment], book: FormBook, lists: CodeLists) -> Grid | Unknown:
    """Read one table, continued over its segments.

    A segment whose title names no form is recognised by its columns and rows; a table that fits
    no form is returned as :class:`Unknown` and never forced into one.
    """
    lines = [line for segment in group for line in segment.lines]
    numbers = tuple(sorted({n for segment in group for n in segment.all_lines}))
    first, first_end = entitled(group), group[0].lines[-1].number
    form = first.form or _recognise(lines, book, lists)
    if form is None:
        return _unknown(group, lines, numbers)
    read = _read_rows(form, lines, book, lists, first_end)
    if read.scrambled or _is_misfit(form, lines, read):
        return _unknown(group, lines, numbers)
    return Grid(
        form=form,
        title=first.title,
        title_span=first.title_span,
        unit=_unit(group),
        unit_basis=UnitBasis.TABLE,
        columns=read.columns,
        rows=read.rows,
        lines=numbers,
        header_lines=tuple(
            sorted({*read.header, *(line.number for seg in group for line in seg.furniture)})
        ),
    )


def _unknown(group: Sequence[Segment], lines: Sequence[Line], numbers: tuple[int, ...]) -> Unknown:
    first = entitled(group)
    return Unknown(
        title=first.title,
        title_span=first.title_span,
        rows=_loose_rows(lines),
        lines=numbers,
        unit=_unit(group),
    )


def _unit(group: Sequence[Segment]) -> Unit | None:
    return next((segment.unit for segment in group if segment.unit is not None), None)


def _read_rows(
    form: Form, lines: Sequence[Line], book: FormBook, lists: CodeLists, first_end: int
) -> RowsRead:
    if form.grammar is Grammar.CODE_ROWS:
        listed = lists.economic if form.scheme == "departmental-economic" else lists.function
        rows = rows_of_cells(form, lines, listed)
        read = with_positions(form, lines, read_code_rows(form, rows, listed))
        read = with_dashes(rows, read)
        return with_lost_columns(form, without_rates(read))
    if form.grammar is Grammar.TWO_SIDED:
        reader = LabelReader(book, lists.function)
        return _in_columns(form, lines, read_two_sided(form, lines, reader, first_end))
    if form.grammar is Grammar.PROJECT_LIST:
        return read_project_list(form, lines, first_end)
    return _in_columns(form, lines, read_items(form, lines))


def _in_columns(form: Form, lines: Sequence[Line], read: RowsRead) -> RowsRead:
    """Rows with the columns that the place of numbers tells, or the dashes between them."""
    return with_dashes(lines, with_positions(form, lines, read))


def _is_misfit(form: Form, lines: Sequence[Line], read: RowsRead) -> bool:
    """Whether a table whose title names a form is of another shape: amounts, but none in its rows.

    Of a table of codes some row has to carry one, or be its total; of any form more amounts stand in
    rows than outside of them.
    """
    held = {cell.span for row in read.rows for cell in row.numbers}
    own = {cell.span for row in read.rows if row.role != OUTSIDE for cell in row.numbers}
    money = [
        cell.span
        for line in lines
        for cell in line.words
        if cell.number is not None and "." in cell.text
    ]
    if form.grammar is Grammar.CODE_ROWS and held and not any(r.code or r.key for r in read.rows):
        labelled = [row for row in read.rows if row.role == OUTSIDE]
        return len(labelled) > 1
    lost = sum(span not in held for span in money)
    return lost > len(own) and lost > _FEW


def _recognise(lines: Sequence[Line], book: FormBook, lists: CodeLists) -> Form | None:
    """The form whose columns and rows a table without a known title has, if exactly one fits.

    A form fits where at least two of its amount columns stand in the header and at least two rows
    can be read; the form with the most columns read wins, and a tie is no recognition.
    """
    scores: list[tuple[int, Form]] = []
    for form in book.forms:
        if form.grammar is Grammar.SHEET:
            continue
        read = _read_rows(form, lines, book, lists, lines[-1].number)
        rows = [row for row in read.rows if row.code or row.key or row.number]
        columns = [column for column in read.columns if column.key]
        if len(columns) >= 2 and len(rows) >= 2:
            scores.append((len(columns) * 100 + len(rows), form))
    scores.sort(key=lambda pair: -pair[0])
    if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return scores[0][1]


def _loose_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    rows = []
    for line in lines:
        text, numbers = trailing_numbers(line)
        cells = number_cells(numbers if not line.drawn else line.words)
        money = tuple(cell for cell in cells if "." in cell.text or "," in cell.text)
        if money:
            rows.append(
                Row(
                    label=" ".join(cell.text for cell in text if cell.number is None),
                    code=None,
                    spans=tuple(cell.span for cell in text if cell.number is None),
                    numbers=money,
                )
            )
    return tuple(rows)
