"""Rows of flat text that mark their empty cells: a dash stands where no number does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fiscograph.forms.grid import Row
from fiscograph.forms.rows_read import EMPTY, RowsRead
from fiscograph.provenance import Span
from fiscograph.tables import Line


def with_dashes(lines: Sequence[Line], read: RowsRead) -> RowsRead:
    """Rows whose numbers know their column, where dashes mark every cell that prints none.

    Its header has to tell the order of the columns, and the table to print a number or a dash for each column in each row of a side: then the order
    of the columns tells which is which. Where one row does not, nothing is told.

    Args:
        lines: the table's lines.
        read: what its grammar made of them.
    """
    if not read.in_order:
        return read
    of_cell = {word.span: line for line in lines if not line.drawn for word in line.words}
    found = read
    for side in dict.fromkeys(row.side for row in read.rows):
        rows = [row for row in read.rows if row.side == side and row.numbers and not row.damaged]
        columns = [at for at, column in enumerate(read.columns) if column.side == side]
        slots = {id(row): _slots(row, of_cell) for row in rows}
        dashed = any(None in (own or ()) for own in slots.values())
        if not dashed or any(own is None or len(own) != len(columns) for own in slots.values()):
            continue
        done = {id(row): _placed(row, slots[id(row)] or (), columns) for row in rows}
        found = replace(found, rows=tuple(done.get(id(row), row) for row in found.rows))
    return found


def _slots(row: Row, of_cell: Mapping[Span, Line]) -> tuple[int | None, ...] | None:
    """For each cell of a row the index of its number, or None for a dash; None where not known."""
    line = of_cell.get(row.numbers[0].span)
    if row.numbers[0].column is not None:
        return None
    if line is None:
        return None
    index_of = {cell.span: at for at, cell in enumerate(row.numbers)}
    own = [index_of.get(word.span) for word in line.words]
    if sum(index is not None for index in own) != len(row.numbers):
        return None
    first = next((at for at, index in enumerate(own) if index is not None), 0)
    last = max((at for at, index in enumerate(own) if index is not None), default=0)
    while first and line.words[first - 1].text in EMPTY:
        first -= 1
    while last + 1 < len(own) and line.words[last + 1].text in EMPTY:
        last += 1
    within = zip(own[first : last + 1], line.words[first : last + 1], strict=True)
    cells = [(index, word) for index, word in within]
    if any(index is None and word.text not in EMPTY for index, word in cells):
        return None
    return tuple(index for index, _ in cells)


def _placed(row: Row, slots: Sequence[int | None], columns: Sequence[int]) -> Row:
    column_of = {
        index: column for index, column in zip(slots, columns, strict=True) if index is not None
    }
    numbers = tuple(replace(cell, column=column_of[at]) for at, cell in enumerate(row.numbers))
    return replace(row, numbers=numbers)
