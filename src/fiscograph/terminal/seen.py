"""The page of ``fiscograph show``: the grids of a filing, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from fiscograph.budget import Placement
from fiscograph.placement.views import CellView, RowView, TableView
from fiscograph.terminal.console import plain_table, print_json, results

_MARKS = {
    Placement.PRINTED.value: "",
    Placement.PROVED.value: "·",
    Placement.CHOSEN.value: "?",
    Placement.UNPLACED.value: "!",
}
_LEGEND = "12.00 原表分列 / printed   12.00· 已证明 / proved   12.00? 选其一 / chosen   12.00! 未归列 / unplaced"


def show(tables: Sequence[TableView], *, as_json: bool) -> None:
    """Print each table as a grid; numbers carry a mark for how they were placed."""
    if as_json:
        print_json([asdict(table) for table in tables])
        return
    out = results()
    for table in tables:
        _table(out, table)
    out.print(Text(_LEGEND, style="dim"))


def _table(out: Console, table: TableView) -> None:
    title = table.title or "（无标题 / no title）"
    out.print(Text(f"{table.number}  {title}", style="bold"))
    form = table.form or "未知表式 / unknown form"
    unit = f"   单位 / unit {table.unit}" if table.unit else ""
    out.print(f"{form}   第 {table.line} 行 / line{unit}")
    shown = _columns(table)
    grid = plain_table("行", "编码", "名称", *shown, numbers=("行",))
    for row in table.rows:
        cells = _by_column(row, shown)
        grid.add_row(str(row.line), row.code, row.label, *(cells[name] for name in shown))
    out.print(grid)
    _rivals(out, table)
    out.print()


def _columns(table: TableView) -> tuple[str, ...]:
    """The headers with a number under them, in the table's order; then those of no column."""
    used = {cell.column for row in table.rows for cell in row.cells}
    known = tuple(dict.fromkeys(column for column in table.columns if column in used))
    return (*known, *sorted(used - set(known)))


def _by_column(row: RowView, shown: Sequence[str]) -> Mapping[str, str]:
    cells = dict.fromkeys(shown, "")
    for cell in row.cells:
        cells[cell.column] = f"{cells[cell.column]} {_marked(cell)}".strip()
    return cells


def _marked(cell: CellView) -> str:
    return cell.text + _MARKS.get(cell.placement, cell.placement)


def _rivals(out: Console, table: TableView) -> None:
    """Which other columns a number could stand in."""
    for row in table.rows:
        for cell in row.cells:
            if cell.rivals:
                others = "、".join(cell.rivals)
                out.print(f"{cell.line} 行 {_marked(cell)}  {cell.column}；也可能 / or: {others}")
