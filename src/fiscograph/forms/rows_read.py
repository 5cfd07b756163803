"""What every grammar of rows shares: its result, and the plain numbers of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, is_lost

# How an empty cell is printed where it is not left blank.
EMPTY = frozenset({"-", "—", "–", "--", "——", "/"})
# The role of a row of amounts that stands outside of a table's tree: it sums nothing and is summed
# by nothing that the form knows.
OUTSIDE = "outside"
# The key of a column that compares two years by a share.
RATE = "change_rate"
_COLUMN_NUMBERS = frozenset(
    {"栏次", "行次", "类", "款", "项", "甲", "乙", "A", "B", "*", "**", "***"}
)
_WHOLE = re.compile(r"(?!(?:19|20)\d\d\Z)[1-9]\d{3,}")
_FORMULA = re.compile(r"\d{1,2}(?:=[\d+\-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRead:
    """What a grammar makes of lines: columns, rows, and the lines that are header or note.

    ``scrambled`` says that the text prints the cells in another order than the table does, so that
    no number can be attached to a row; ``in_order`` that the header of flat text tells the order of
    the columns, which else is the national form's.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: tuple[int, ...]
    scrambled: bool = False
    in_order: bool = False


def number_cells(cells: Sequence[Cell]) -> tuple[NumberCell, ...]:
    """The cells that print a plain number, as numbers without a column."""
    found = []
    for cell in cells:
        value = cell.number
        if value is not None:
            found.append(NumberCell(text=cell.text, value=value, span=cell.span))
    return tuple(found)


def torn_spans(cells: Sequence[Cell]) -> tuple[Span, ...]:
    """The places of the cells that print what is left of a number that lost digits."""
    return tuple(cell.span for cell in cells if cell.is_torn)


def damaged_spans(cells: Sequence[Cell]) -> tuple[Span, ...]:
    """The places of the words that stand for a number and print none, in a row without drawn cells:
    what a number that lost digits left, were it nothing of it.
    """
    return tuple(cell.span for cell in cells if cell.is_torn or is_lost(cell.text))


def trailing_numbers(line: Line) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """A line's words in two: what comes before its last run of plain numbers, and that run.

    A number that lost digits stands in its run as it is printed: it is no piece of a label.
    """
    words = line.words
    cut = len(words)
    while cut and (_is_number(words[cut - 1]) or words[cut - 1].text in EMPTY):
        cut -= 1
    numbers = tuple(word for word in words[cut:] if _is_number(word))
    return words[:cut] if numbers else words, numbers


def _is_number(cell: Cell) -> bool:
    return cell.number is not None or cell.is_torn or is_lost(cell.text)


def is_whole(lines: Sequence[Line]) -> bool:
    """Whether a table prints no decimals, as one in 元 may: its amounts are then whole numbers."""
    return not any(
        cell.number is not None and "." in cell.text for li in lines for cell in li.words
    )


def is_money(cell: Cell, *, whole: bool) -> bool:
    """Whether a number is an amount by how it is printed: decimals, separated thousands, or, where
    a table prints whole numbers, four digits or more that are no year.

    Takes a cell that stands where no code does.
    """
    if cell.number is None:
        return False
    if "." in cell.text or "," in cell.text or "，" in cell.text:
        return True
    return whole and _WHOLE.fullmatch(cell.text) is not None


def is_column_numbers(line: Line) -> bool:
    """Whether a line prints the numbers of the columns: ``栏次 1 2 3``, ``1=2+3 2 3``."""
    words = [word.squeezed for word in line.words]
    numbers = [word for word in words if word not in _COLUMN_NUMBERS]
    if not numbers or not all(_FORMULA.fullmatch(word) for word in numbers):
        return False
    told = [int(word.partition("=")[0]) for word in numbers]
    counted = all(after == before + 1 for before, after in pairwise(told))
    return (
        counted
        and (len(told) > 1 or len(words) > len(told))
        and (told[0] == 1 or len(words) > len(told))
    )


def outside_last(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows with those outside of the tree after all others, so that none of them stands in it."""
    return tuple(sorted(rows, key=lambda row: row.role == OUTSIDE))


def without_rates(read: RowsRead) -> RowsRead:
    """Rows without the shares that a last column compares two years by: they are no money.

    Such a number is a label of its row. A row of flat text prints it where it fills every column, or
    where its last number is the growth of one of its numbers over another.
    """
    last = len(read.columns) - 1
    if last < 1 or read.columns[last].key != RATE:
        return read
    rows = tuple(_without_rate(row, last) for row in read.rows)
    left = any(
        cell.column in {None, last} and len(row.numbers) > last
        for row in rows
        for cell in row.numbers
    )
    return replace(read, rows=rows, columns=read.columns if left else read.columns[:last])


def _without_rate(row: Row, last: int) -> Row:
    if not row.numbers:
        return row
    cell = row.numbers[-1]
    drawn = cell.column is not None
    if (cell.column != last) if drawn else (len(row.numbers) <= last and not _grows(row)):
        return row
    return replace(row, numbers=row.numbers[:-1], spans=(*row.spans, cell.span))


def _grows(row: Row) -> bool:
    """Whether a row's last number is, in hundredths, how much one number exceeds another."""
    *values, rate = [cell.value for cell in row.numbers]
    half = Decimal(1).scaleb(-2)
    return any(
        before and abs((after - before) * 100 / before - rate) <= half
        for before in values
        for after in values
        if after != before
    )
