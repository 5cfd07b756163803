"""Cells of placed tables by what the forms call them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fiscograph.identities import CellRef
from fiscograph.placement.cross import column_of, row_of
from fiscograph.placement.placed import PlacedCell, PlacedGrid
from fiscograph.provenance import Span


def side_value(
    alternatives: Sequence[Sequence[CellRef]], placed: Sequence[PlacedGrid]
) -> tuple[Decimal, tuple[Span, ...]] | None:
    """The sum of the first alternative whose cells are all settled, with the cells' places.

    The values are in the tables' own units, which are meant to be one.
    """
    cells = side_cells(alternatives, placed)
    if cells is None or any(cell.rivals for _, cell in cells):
        return None
    total = sum((cell.number.value for _, cell in cells), Decimal(0))
    return total, tuple(cell.number.span for _, cell in cells)


def side_cells(
    alternatives: Sequence[Sequence[CellRef]], placed: Sequence[PlacedGrid]
) -> list[tuple[PlacedGrid, PlacedCell]] | None:
    """The cells of the first alternative that are all printed, each with its table."""
    for terms in alternatives:
        found = [find_cell(term, placed) for term in terms]
        cells = [pair for pair in found if pair is not None]
        if len(cells) == len(terms):
            return cells
    return None


def find_cell(ref: CellRef, placed: Sequence[PlacedGrid]) -> tuple[PlacedGrid, PlacedCell] | None:
    """The printed cell that a reference names, in the first table of its form that has it."""
    for table in placed:
        if table.grid.form.id != ref.form:
            continue
        row, column = row_of(table.grid, ref), column_of(table.grid, ref)
        cell = table.rows[row].cell(column) if row is not None and column is not None else None
        if cell is not None:
            return table, cell
    return None
