"""The funds of a self-evaluation, which prints what was planned and what was spent side by side.

The notice Cai Yu〔2020〕10号 gives the sheet: 年初预算数, 全年预算数, 全年执行数, 分值, 执行率, 得分
stand over a row for the year's money and one for each of its sources. (The notice is recalled.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.forms.rows_read import EMPTY
from fiscograph.forms.schema import SheetWords
from fiscograph.forms.sheets.fields import AMOUNTS, bare, key_of_label, without_aside
from fiscograph.tables import Cell, Line

SPENT, WEIGHT = "spent", "weight"
_PLANNED = frozenset({"initial", "budget"})
MONEY = _PLANNED | {SPENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class FundColumn:
    """A column of the funds: what it holds, its header, and which cell of a drawn line it is."""

    key: str
    header: Cell
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """A row of the funds: its label, the field that it names if it is known, its cells by column.

    Without cells a row prints numbers whose columns nothing tells.
    """

    label: Cell
    key: str | None
    cells: tuple[tuple[FundColumn, Cell], ...]


def fund_columns(line: Line, words: SheetWords) -> tuple[FundColumn, ...]:
    """The columns of funds that a header names; none unless it names what was spent and planned."""
    found = tuple(
        FundColumn(key=key, header=cell, index=index)
        for index, cell in enumerate(line.cells)
        if (key := words.fund_columns.get(bare(without_aside(cell.squeezed)))) is not None
    )
    keys = {column.key for column in found}
    return found if SPENT in keys and keys & _PLANNED else ()


def fund_row(line: Line, columns: Sequence[FundColumn], words: SheetWords) -> FundRow | None:
    """A row below such a header, or None where a line is none: the funds are at their end."""
    if line.drawn:
        first = columns[0].index
        labels = [cell for cell in line.cells[:first] if cell.text]
        cells = [
            (column, line.cells[column.index])
            for column in columns
            if column.index < len(line.cells) and line.cells[column.index].text
        ]
    else:
        labels, cells = list(line.words[:1]), _in_order(line.words[1:], columns)
    label = labels[-1] if labels else None
    if label is None or label.number is not None:
        return None
    key = key_of_label(label.squeezed, words)
    numbers = any(cell.number is not None for cell in line.words)
    if (key is not None and key not in AMOUNTS) or (key is None and not numbers):
        return None
    money = [cell for column, cell in cells if column.key in MONEY]
    if any(cell.number is None and cell.text not in EMPTY for cell in money):
        return None
    return FundRow(label=label, key=key, cells=tuple(cells))


def _in_order(
    cells: Sequence[Cell], columns: Sequence[FundColumn]
) -> list[tuple[FundColumn, Cell]]:
    """The words of a row without drawn cells: one for each column, or the same amount in all."""
    if len(cells) == len(columns):
        return list(zip(columns, cells, strict=True))
    leading = [column for column, _ in zip(columns, cells, strict=False) if column.key in MONEY]
    same = {cell.number for cell in cells[: len(leading)]}
    if len(same) == 1 and None not in same and columns[: len(leading)] == tuple(leading):
        return list(zip(leading, cells, strict=False))
    return []
