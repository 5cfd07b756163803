"""Placed cells as printed amounts: the first waist of the street."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fiscograph.budget import (
    Amount,
    BudgetPhase,
    Filing,
    Placement,
    PrintedAmount,
    Table,
    TableKey,
    Unit,
    UnitBasis,
)
from fiscograph.forms.grid import Column, Grid, Row
from fiscograph.forms.recognition import Unknown
from fiscograph.forms.schema import Grammar
from fiscograph.forms.sheets.fields import ELSE
from fiscograph.forms.sheets.sheet import Sheet, SheetField
from fiscograph.placement.placed import PlacedCell, PlacedGrid
from fiscograph.provenance import Place, Span
from fiscograph.tables import squeeze

AMOUNT_FIELDS = ("total", "upper", "own", "other", "fiscal", ELSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The unit of a filing's tables that name none, and what told it."""

    unit: Unit
    basis: UnitBasis


def printed_amounts(
    filing: Filing,
    grids: Sequence[PlacedGrid],
    sheets: Sequence[Sheet],
    unknown: Sequence[Unknown],
    units: Units,
) -> tuple[PrintedAmount, ...]:
    """Every printed amount of a source, in order of its place."""
    source = filing.sources[0].sha256
    found = [
        *(amount for grid in grids for amount in _of_grid(filing, source, grid, units)),
        *(amount for sheet in sheets for amount in _of_sheet(filing, source, sheet, units)),
        *(amount for table in unknown for amount in _of_unknown(source, table, units)),
    ]
    unique = {amount.place: amount for amount in reversed(found)}
    return tuple(unique[place] for place in sorted(unique))


def tables_of(
    filing: Filing, grids: Sequence[Grid], sheets: Sequence[Sheet], unknown: Sequence[Unknown]
) -> tuple[Table, ...]:
    """The tables of a source, in order of their places."""
    source = filing.sources[0].sha256
    tables = [
        *(_table(source, grid, grid.form.id, len(grid.rows)) for grid in grids),
        *(_table(source, sheet, sheet.form.id, len(sheet.indicators)) for sheet in sheets),
        *(_table(source, table, None, len(table.rows)) for table in unknown),
    ]
    unique = {table.key: table for table in reversed(tables)}
    return tuple(sorted(unique.values(), key=lambda table: (table.place, table.key)))


def _table(source: str, seen: Grid | Sheet | Unknown, form: str | None, rows: int) -> Table:
    place = seen.title_span or Span(line=seen.lines[0], start=1, end=1)
    return Table(
        key=TableKey(source=source, locator=place.locator),
        form=form,
        title=seen.title,
        place=Place(source=source, span=place),
        last_line=max(seen.lines[-1], place.line),
        rows=rows,
    )


def _of_grid(
    filing: Filing, source: str, placed: PlacedGrid, units: Units
) -> Iterator[PrintedAmount]:
    grid = placed.grid
    locator = grid.title_span.locator if grid.title_span else f"L{grid.lines[0]}C1"
    parents = {row.parent for row in placed.rows if row.parent is not None}
    for index, row in enumerate(placed.rows):
        one_row = grid.form.grammar is Grammar.ITEM_COLUMNS
        sums = row.row.role in {"total", "subtotal", "group"} and not one_row
        aggregate = index in parents or sums
        for cell in row.cells:
            column = grid.columns[cell.column] if cell.column is not None else None
            yield PrintedAmount(
                place=Place(source=source, span=cell.number.span),
                printed=cell.number.text,
                amount=Amount(value=cell.number.value, unit=grid.unit or units.unit),
                unit_basis=grid.unit_basis if grid.unit else units.basis,
                table=TableKey(source=source, locator=locator),
                form=grid.form.id,
                row_code=row.row.code,
                row_label=unfolded(_label(row.row)),
                column=column.path if column is not None else (),
                column_key=_key(column),
                fiscal_year=(column.year if column else None) or filing.year,
                phase=filing.phase,
                placement=cell.placement,
                rivals=tuple(grid.columns[rival].path for rival in cell.rivals),
                rivals_complete=cell.complete,
                is_aggregate=aggregate or _is_total(cell, grid),
            )


_FOLD = re.compile(r"(?<=[\u3400-\u9fff，、。（）])\s+(?=[\u3400-\u9fff，、。（）])")


def unfolded(text: str) -> str:
    """A printed text without the white space that folding or spacing left between Han characters.

    >>> unfolded("收 入 总 计"), unfolded("其他商品和服 务支出")
    ('收入总计', '其他商品和服务支出')
    """
    return _FOLD.sub("", text)


def _label(row: Row) -> str:
    return row.label or ("合计" if row.role == "total" else "")


def _key(column: Column | None) -> str | None:
    return column.key or None if column is not None else None


def _is_total(cell: PlacedCell, grid: Grid) -> bool:
    """Whether the column is the total of others of its table."""
    if cell.column is None:
        return False
    column = grid.columns[cell.column]
    present = {
        other.key
        for other in grid.columns
        if (other.side, other.year) == (column.side, column.year)
    }
    return any(
        identity.total == column.key and present & set(identity.parts)
        for identity in grid.form.identities
    )


def _of_sheet(filing: Filing, source: str, sheet: Sheet, units: Units) -> Iterator[PrintedAmount]:
    name = sheet.field("project_name") or sheet.field("body")
    label = unfolded("".join(cell.text for cell in name.cells)) if name else sheet.title
    divided = any(
        cell.number is not None
        for item in sheet.fields
        if item.key in {"upper", "own", "other", "fiscal"}
        for cell in item.cells
    )
    money = [item for item in sheet.fields if item.key in AMOUNT_FIELDS]
    alone = len(money) == 1 and sum(cell.number is not None for cell in money[0].cells) == 1
    for item in money:
        for cell in item.cells:
            if cell.number is None:
                continue
            unit = item.unit or sheet.unit
            basis = UnitBasis.CELL if item.unit else UnitBasis.TABLE
            span = sheet.title_span or Span(line=sheet.lines[0], start=1, end=1)
            yield PrintedAmount(
                place=Place(source=source, span=cell.span),
                printed=cell.text,
                amount=Amount(value=cell.number, unit=unit or units.unit),
                unit_basis=basis if unit else units.basis,
                table=TableKey(source=source, locator=span.locator),
                form=sheet.form.id,
                row_code=None,
                row_label=label,
                column=tuple(squeeze(part) for part in (item.label, item.column) if part),
                column_key=item.key if item.key != ELSE else None,
                fiscal_year=sheet.year or filing.year,
                phase=_phase_of(item, filing),
                placement=_field_placement(item, cell.span, alone=alone),
                is_aggregate=item.key == "total" and (divided or sheet.sums_projects),
            )


def _phase_of(item: SheetField, filing: Filing) -> BudgetPhase:
    """The phase of a sheet's amount: what an evaluation prints as planned was never spent."""
    if not item.column:
        return filing.phase
    return BudgetPhase.EXECUTED if item.spent else BudgetPhase.APPROVED


def _field_placement(item: SheetField, value: Span, *, alone: bool) -> Placement:
    """A label printed before its value on one line draws the field, and so does a drawn header.

    The only number under the only label of money stands in no other field; any other was chosen.
    """
    label = item.label_span
    if item.drawn or (label.line == value.line and label.end < value.start):
        return Placement.PRINTED
    return Placement.PROVED if alone else Placement.CHOSEN


def _of_unknown(source: str, table: Unknown, units: Units) -> Iterator[PrintedAmount]:
    span = table.title_span or Span(line=table.lines[0], start=1, end=1)
    for row in table.rows:
        for cell in row.numbers:
            yield PrintedAmount(
                place=Place(source=source, span=cell.span),
                printed=cell.text,
                amount=Amount(value=cell.value, unit=table.unit or units.unit),
                unit_basis=UnitBasis.TABLE if table.unit else units.basis,
                table=TableKey(source=source, locator=span.locator),
                form=None,
                row_code=None,
                row_label=row.label,
                column=(),
                column_key=None,
                fiscal_year=None,
                phase=None,
                placement=Placement.UNPLACED,
            )
