"""The sums that hold within each row of a table, and what its rows say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from fiscograph.forms.grid import Grid, Row
from fiscograph.placement.candidates import Candidate, ColumnSum, candidates_of

_FEW = 4
_NEARLY_ALL = 0.9


def allowed_columns(grid: Grid, row: Row) -> list[int]:
    """The columns that a row may use: those of its side."""
    return [
        index
        for index, column in enumerate(grid.columns)
        if not row.side or column.side == row.side
    ]


def is_overfull(grid: Grid, row: Row) -> bool:
    """Whether a row prints more numbers than its table has columns: its header is not whole."""
    free = [cell for cell in row.numbers if cell.column is None]
    return bool(free) and len(row.numbers) + len(row.damaged) > len(allowed_columns(grid, row))


def is_misread(grid: Grid) -> bool:
    """Whether the rows that fill every column do not sum: their columns are in another order."""
    sums, scale = table_sums(grid), grid_decimals(grid)
    full = [
        row
        for row in grid.rows
        if len(row.numbers) == len(allowed_columns(grid, row)) > 2
        and all(cell.column is None for cell in row.numbers)
    ]
    broken = sum(not _can_keep(grid, row, sums, scale) for row in full)
    alone = len(full) == 1 == sum(bool(row.numbers) for row in grid.rows)
    return (broken > 1 or (alone and broken == 1)) and 2 * broken > len(full)


def table_sums(grid: Grid) -> list[ColumnSum]:
    """The form's row identities over the columns that the table has, for each year and side."""
    sums = []
    for group in sorted({(column.year or 0, column.side) for column in grid.columns}):
        index_of = {
            column.key: index
            for index, column in enumerate(grid.columns)
            if (column.year or 0, column.side) == group and column.key
        }
        for identity in grid.form.identities:
            over = identity.over(index_of, grid.form.identities)
            if over is not None:
                sums.append(
                    ColumnSum(
                        total=index_of[over.total], parts=tuple(index_of[p] for p in over.parts)
                    )
                )
    return sums


def blank_columns(grid: Grid, row: Row) -> frozenset[int]:
    """The columns that a row leaves blank by the nature of its code."""
    keys = {key for rule in grid.form.row_rules if row.code in rule.codes for key in rule.blank}
    return frozenset(index for index, column in enumerate(grid.columns) if column.key in keys)


def applicable_sums(grid: Grid) -> tuple[ColumnSum, ...]:
    """The row identities that are identities of this table.

    Where more than half of the rows cannot keep them, however their numbers are placed, the table
    does not print all the parts, and they say nothing. Of a few rows each may be at fault.
    """
    sums, scale = tuple(table_sums(grid)), grid_decimals(grid)
    rows = [row for row in grid.rows if row.numbers and not row.damaged]
    broken = sum(not _can_keep(grid, row, sums, scale) for row in rows)
    return () if len(rows) >= _FEW and 2 * broken > len(rows) else sums


def in_order_of_sums(grid: Grid) -> Grid:
    """A table with its columns in the form's own order, where its rows sum so and not as read.

    In flat text the words of a header stand on several lines, and their order may be lost; the
    numbers of a row keep theirs.
    """
    if any(cell.column is not None for row in grid.rows for cell in row.numbers):
        return grid
    keys = [column.key for column in grid.form.amount_columns]
    order = sorted(
        grid.columns,
        key=lambda column: (
            column.year or 0,
            keys.index(column.key) if column.key in keys else len(keys),
        ),
    )
    rows = [row for row in grid.rows if len(row.numbers) > 1 and not row.damaged]
    national = replace(grid, columns=tuple(order))
    if national.columns == grid.columns or not rows or any(not c.key for c in grid.columns):
        return grid
    kept = [
        sum(_can_keep(one, row, tuple(table_sums(one)), grid_decimals(grid)) for row in rows)
        for one in (grid, national)
    ]
    return national if kept[0] < kept[1] >= _NEARLY_ALL * len(rows) else grid


def _can_keep(grid: Grid, row: Row, sums: Sequence[ColumnSum], scale: int) -> bool:
    values = [int(cell.value.scaleb(scale)) for cell in row.numbers]
    drawn = [cell.column for cell in row.numbers if cell.column is not None]
    ways: Sequence[Candidate]
    if len(drawn) == len(values) == len(set(drawn)):
        ways = candidates_of(values, drawn, sums)
    else:
        ways = candidates_of(values, allowed_columns(grid, row), sums)
    return not ways or min(way.cost for way in ways) == 0


def grid_decimals(grid: Grid) -> int:
    """The most decimals printed in a table: the d of its tolerances."""
    return max((decimals_of(cell.value) for row in grid.rows for cell in row.numbers), default=2)


def decimals_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
