"""Whether a text sets its columns by characters or by the width that they are shown with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fiscograph.forms.alignment.columns import by_places
from fiscograph.forms.grid import NumberCell, Row
from fiscograph.forms.rows_read import RowsRead
from fiscograph.forms.schema import Form
from fiscograph.provenance import Span
from fiscograph.tables import Line, as_shown, shown

# So many rows show by what their cells stand below each other.
_SEVERAL = 3


def with_positions(form: Form, lines: Sequence[Line], read: RowsRead) -> RowsRead:
    """Rows whose numbers know their column, where the text is aligned and its header tells.

    Numbers of one page that stand below each other are of one column. The header of a page names
    it; a page without one is read only where it fills every column. Where white space does not draw
    columns, or not those of the header, everything stays as it is.

    A text may set its columns by characters or by the width that they are shown with, where a Han
    character takes two columns. Several rows show which of the two it does: cells stand below each
    other. Where there are fewer, and they leave columns empty, or where both do and tell different
    columns, only what is the same by both is taken.

    Args:
        form: the form.
        lines: the table's lines.
        read: what its grammar made of them.
    """
    if any(line.drawn for line in lines) or not read.columns:
        return read
    found = by_places(form, lines, read)
    text_of = {line.number: line.text for line in lines}
    wide = replace(read, rows=tuple(_as_shown(row, text_of) for row in read.rows))
    other = by_places(form, [as_shown(line) for line in lines], wide)
    if found is not read and other is not wide:
        return found if _placing(found) == _placing(other) else read
    told = found if found is not read else other
    if told is wide or not (_has_several(read) or _is_full(told)):
        return read
    if told is found:
        return found
    rows = zip(read.rows, other.rows, strict=True)
    return replace(other, rows=tuple(replace(row, numbers=_back(row, like)) for row, like in rows))


def _has_several(read: RowsRead) -> bool:
    sides = Counter(row.side for row in read.rows if row.numbers)
    return max(sides.values(), default=0) >= _SEVERAL


def _is_full(read: RowsRead) -> bool:
    """Whether every row fills every column: then the order of the headers is enough."""
    width = Counter(column.side for column in read.columns)
    return all(len(row.numbers) == width[row.side] for row in read.rows if row.numbers)


def _as_shown(row: Row, text_of: Mapping[int, str]) -> Row:
    """A row with its places counted in the columns that its lines are shown with."""

    def moved(span: Span) -> Span:
        return shown(span, text_of[span.line]) if span.line in text_of else span

    numbers = tuple(replace(cell, span=moved(cell.span)) for cell in row.numbers)
    return replace(row, spans=tuple(map(moved, row.spans)), numbers=numbers)


def _back(row: Row, like: Row) -> tuple[NumberCell, ...]:
    """A row's numbers with the columns that the same row has where its places are shown ones."""
    pairs = zip(row.numbers, like.numbers, strict=True)
    return tuple(replace(cell, column=other.column) for cell, other in pairs)


def _placing(read: RowsRead) -> tuple[object, ...]:
    """What is said of columns: which there are, and for each number the one it stands in."""
    keys = tuple((column.key, column.side, column.year) for column in read.columns)
    return keys, tuple(cell.column for row in read.rows for cell in row.numbers)
