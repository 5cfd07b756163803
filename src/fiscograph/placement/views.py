"""Tables as they were seen, cell by cell: the tool of whoever adds a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.budget import Placement
from fiscograph.forms.recognition import Unknown
from fiscograph.forms.sheets.indicators import IndicatorRow
from fiscograph.forms.sheets.sheet import Sheet
from fiscograph.placement.placed import PlacedGrid, PlacedRow
from fiscograph.tables import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell: its text, its column's header, how it was placed, its rivals' headers, its line."""

    text: str
    column: str
    placement: str
    rivals: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row; ``sums_into`` is the label of the row that sums it, empty where none does."""

    line: int
    code: str
    label: str
    sums_into: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table or sheet; ``number`` counts from 1, ``form`` is empty for one of no known form."""

    number: int
    form: str
    title: str
    unit: str
    line: int
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


def table_views(
    placed: Sequence[PlacedGrid], sheets: Sequence[Sheet], unknown: Sequence[Unknown]
) -> list[TableView]:
    """All tables of a source in order of their lines."""
    views = [
        *(_grid(grid) for grid in placed),
        *(_sheet(sheet) for sheet in sheets),
        *(_unknown(table) for table in unknown),
    ]
    views.sort(key=lambda view: view.line)
    return [
        TableView(
            number=number,
            form=view.form,
            title=view.title,
            unit=view.unit,
            line=view.line,
            columns=view.columns,
            rows=view.rows,
        )
        for number, view in enumerate(views, start=1)
    ]


def _grid(placed: PlacedGrid) -> TableView:
    grid = placed.grid
    return TableView(
        number=0,
        form=grid.form.id,
        title=grid.title,
        unit=grid.unit.printed if grid.unit else "",
        line=grid.lines[0],
        columns=tuple("/".join(column.path) for column in grid.columns),
        rows=tuple(_row(placed, row) for row in placed.rows),
    )


def _row(placed: PlacedGrid, row: PlacedRow) -> RowView:
    headers = ["/".join(column.path) for column in placed.grid.columns]
    parent = placed.rows[row.parent].row if row.parent is not None else None
    return RowView(
        line=row.row.line if row.row.spans or row.row.numbers else 0,
        code=row.row.code or "",
        label=row.row.label,
        sums_into=(parent.label or "合计") if parent is not None else "",
        cells=tuple(
            CellView(
                text=cell.number.text,
                column=headers[cell.column] if cell.column is not None else "",
                placement=cell.placement.value,
                rivals=tuple(headers[rival] for rival in cell.rivals),
                line=cell.number.span.line,
            )
            for cell in row.cells
        ),
    )


_INDICATOR_COLUMNS = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重")


def _sheet(sheet: Sheet) -> TableView:
    fields = tuple(
        RowView(
            line=item.label_span.line,
            code="",
            label=item.label,
            sums_into="",
            cells=tuple(_plain(cell, "") for cell in item.cells),
        )
        for item in sheet.fields
        if item.key not in {"contact", "phone"}
    )
    return TableView(
        number=0,
        form=sheet.form.id,
        title=sheet.title,
        unit=sheet.unit.printed if sheet.unit else "",
        line=sheet.lines[0],
        columns=_INDICATOR_COLUMNS,
        rows=(*fields, *(_indicator(row) for row in sheet.indicators)),
    )


def _indicator(row: IndicatorRow) -> RowView:
    cells = zip(
        _INDICATOR_COLUMNS[3:], (row.operator, row.value, row.unit, row.weight), strict=True
    )
    return RowView(
        line=row.span.line,
        code="",
        label=" / ".join(part for part in (row.level1, row.level2, row.name) if part),
        sums_into="",
        cells=tuple(_plain(cell, header) for header, cell in cells if cell is not None),
    )


def _plain(cell: Cell, column: str) -> CellView:
    return CellView(
        text=cell.text,
        column=column,
        placement=Placement.PRINTED.value,
        rivals=(),
        line=cell.span.line,
    )


def _unknown(table: Unknown) -> TableView:
    return TableView(
        number=0,
        form="",
        title=table.title,
        unit="",
        line=table.lines[0],
        columns=(),
        rows=tuple(
            RowView(
                line=row.line,
                code="",
                label=row.label,
                sums_into="",
                cells=tuple(
                    CellView(
                        text=cell.text,
                        column="",
                        placement=Placement.UNPLACED.value,
                        rivals=(),
                        line=cell.span.line,
                    )
                    for cell in row.numbers
                ),
            )
            for row in table.rows
        ),
    )
