"""Headers that lost the name of a column: rows of flat text print more numbers than they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from fiscograph.forms.grid import Column, Row
from fiscograph.forms.headers.drawn import unnamed_column
from fiscograph.forms.rows_read import RowsRead
from fiscograph.forms.schema import Form
from fiscograph.identities import tolerance_of_sum

# One row may have a number too many by accident, and even close.
_FEW = 2
_NEARLY_ALL = Decimal("0.9")


def with_lost_columns(form: Form, read: RowsRead) -> RowsRead:
    """A table with as many columns as its widest rows print numbers, where its header names fewer.

    Which name is lost, and so which of the others stands where, is not told by what is left: only
    the first column keeps its name, where it is a total and the widest rows sum to it. One row with
    a number too many, or rows that do not sum so, make no such table.

    Args:
        form: the form, whose identities tell which columns are totals.
        read: the rows of flat text; a table with drawn or aligned cells stays as it is.
    """
    width = len(read.columns)
    rows = [row for row in read.rows if row.numbers and not row.damaged]
    wide = [row for row in rows if len(row.numbers) > width]
    drawn = any(cell.column is not None for row in rows for cell in row.numbers)
    if not width or drawn or not wide:
        return read
    most = max(len(row.numbers) for row in wide)
    full = [row for row in wide if len(row.numbers) == most]
    if len(full) < _FEW or not _sum(full):
        return read
    totals = {identity.total for identity in form.identities}
    first = read.columns[0] if read.columns[0].key in totals else unnamed_column(1)
    columns: Sequence[Column] = (first, *(unnamed_column(at + 1) for at in range(1, most)))
    return replace(read, columns=tuple(columns))


def _sum(rows: Sequence[Row]) -> bool:
    """Whether nearly all rows print first what their other numbers sum to."""
    closed = 0
    for row in rows:
        total, *parts = (cell.value for cell in row.numbers)
        digits = max(-int(value.as_tuple().exponent) for value in (total, *parts))
        missing = abs(total - sum(parts, Decimal(0)))
        closed += missing <= tolerance_of_sum(len(parts), max(digits, 0))
    return closed >= _NEARLY_ALL * len(rows)
