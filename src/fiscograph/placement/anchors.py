"""What other tables of the filing give for the totals of one: by the forms' equalities."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fiscograph.forms.schema import FormBook
from fiscograph.identities import CellRef
from fiscograph.placement.placed import Anchor, PlacedCell, PlacedGrid, PlacedRow
from fiscograph.provenance import Span


def anchors_of(index: int, placed: Sequence[PlacedGrid], book: FormBook) -> tuple[Anchor, ...]:
    """The anchors for the total of table ``index`` from the settled cells of the others."""
    own = placed[index]
    others = [grid for at, grid in enumerate(placed) if at != index]
    anchors: list[Anchor] = []
    for equality in book.cross:
        for near, far in ((equality.left, equality.right), (equality.right, equality.left)):
            ref = near[0][0]
            if len(near[0]) > 1 or ref.form != own.grid.form.id or ref.row != "total":
                continue
            column = own.column_index(ref.column)
            value = side_value(far, others)
            if column is not None and value is not None:
                anchors.append(Anchor(column=column, value=value[0], soft=equality.soft))
    return tuple(anchors)


def side_value(
    alternatives: Sequence[Sequence[CellRef]], placed: Sequence[PlacedGrid]
) -> tuple[Decimal, tuple[Span, ...]] | None:
    """The sum of the first alternative whose cells are all settled, with the cells' places.

    Values of tables in different units are compared in yuan only by the reconciliation; here all
    tables of one unit are meant.
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
    for grid in placed:
        if grid.grid.form.id != ref.form:
            continue
        side, _, key = ref.row.partition(":")
        for row in grid.rows:
            if not _names(row, side, key):
                continue
            column = grid.column_index(ref.column, row.row.side)
            cell = row.cell(column) if column is not None else None
            if cell is not None:
                return grid, cell
    return None


def _names(row: PlacedRow, side: str, key: str) -> bool:
    if side == "total":
        return row.row.level == 0
    if side == "code":
        return row.row.code == key
    return row.row.side == side and row.row.key == key
