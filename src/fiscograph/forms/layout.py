"""What a source holds, form by form: the room's one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.budget import CodeLists, Unit, UnitBasis
from fiscograph.forms.grid import Grid, Row
from fiscograph.forms.headers.flat import flat_columns
from fiscograph.forms.narrative import ToldAmount, told_amounts
from fiscograph.forms.recognition import Unknown, entitled, group_segments, read_grid
from fiscograph.forms.rows_read import number_cells
from fiscograph.forms.schema import Form, FormBook, Grammar
from fiscograph.forms.segments import Segment, segments_of
from fiscograph.forms.sheets.accounts import read_accounts
from fiscograph.forms.sheets.interleaved import is_interleaved, read_interleaved
from fiscograph.forms.sheets.sheet import Sheet, SheetReader
from fiscograph.forms.sheets.target_table import is_target_table, read_target_table
from fiscograph.forms.titles import body_of
from fiscograph.tables import Line, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All forms of a source in reading order, and the lines outside of them (the narrative).

    ``titles`` pairs each printed title with its form's id; ``bodies`` are the names that tables give
    as their department or unit; ``told`` are amounts that the narrative tells of the columns
    of forms with one row, by column key; ``bare`` is the title, with its line, that the source ends
    with, if no table follows it.
    """

    grids: tuple[Grid, ...]
    unknown: tuple[Unknown, ...]
    sheets: tuple[Sheet, ...]
    narrative: tuple[Line, ...]
    titles: tuple[tuple[str, str], ...]
    bodies: tuple[str, ...]
    told: tuple[ToldAmount, ...]
    bare: tuple[str, int] | None = None


def read_layout(pages: Sequence[Page], book: FormBook, lists: CodeLists) -> Layout:
    """Recognise every table and sheet of a source."""
    segments, narrative = segments_of(pages, book)
    grids: list[Grid] = []
    unknown: list[Unknown] = []
    sheets: list[Sheet] = []
    for group in group_segments(segments):
        form = entitled(group).form
        if form is not None and form.grammar is Grammar.SHEET:
            sheets.extend(_sheets(group[0], form, book))
            continue
        read = read_grid(group, book, lists)
        if isinstance(read, Unknown):
            unknown.append(read)
        else:
            grids.append(read)
    grids.extend(grid for sheet in sheets if (grid := _funds(sheet, book)) is not None)
    accounts, prose = read_accounts(narrative, book.form("project-account"), book.account)
    sheets.extend(accounts)
    return Layout(
        grids=tuple(grids),
        unknown=tuple(unknown),
        sheets=tuple(sheets),
        narrative=prose,
        titles=tuple((s.title, s.form.id if s.form else "") for s in segments if s.title),
        bodies=tuple(
            name
            for segment in segments
            for line in segment.furniture
            if (name := body_of(line)) is not None
        ),
        told=told_amounts(narrative, book),
        bare=_bare_end(segments),
    )


def _bare_end(segments: Sequence[Segment]) -> tuple[str, int] | None:
    last = segments[-1] if segments else None
    if last is None or last.lines or last.form is None:
        return None
    return last.title, last.all_lines[-1]


def _sheets(segment: Segment, form: Form, book: FormBook) -> tuple[Sheet, ...]:
    if is_interleaved(segment):
        return read_interleaved(segment, form, book.sheet)
    if is_target_table(segment.lines, book.sheet):
        return read_target_table(segment, form, book.sheet)
    return (SheetReader(segment, form, book.sheet).read(),)


def _funds(sheet: Sheet, book: FormBook) -> Grid | None:
    """The small table of funds within the sheet of a whole department, as a grid of its own.

    Its boundaries are evidence of order alone: in filings it loses cells on either side.
    """
    if not sheet.funds:
        return None
    form = book.form("whole-department-funds")
    rows = [line for line in sheet.funds if any(c.number is not None for c in line.words)]
    header = [line for line in sheet.funds if line not in rows]
    label = sheet.field("funds")
    unit = label.unit if label is not None else None
    return Grid(
        form=form,
        title=label.label if label is not None else "",
        title_span=label.label_span if label is not None else None,
        unit=unit or sheet.unit,
        unit_basis=UnitBasis.CELL if unit else UnitBasis.TABLE,
        columns=flat_columns(form, header),
        rows=tuple(_funds_row(line) for line in rows),
        lines=tuple(line.number for line in sheet.funds),
        header_lines=tuple(line.number for line in header),
    )


def _funds_row(line: Line) -> Row:
    return Row(
        label="",
        code=None,
        spans=(),
        numbers=number_cells(line.words),
        level=0,
        role="total",
        damaged=tuple(c.span for c in line.words if set(c.text) == {"#"} or c.is_torn),
    )


def common_unit(grids: Sequence[Grid]) -> Unit | None:
    """The unit that most tables of a filing name, or None where none names one."""
    named = [
        grid.unit
        for grid in grids
        if grid.unit is not None and grid.form.id != "whole-department-funds"
    ]
    return max(sorted(set(named), key=lambda unit: unit.name), key=named.count, default=None)
