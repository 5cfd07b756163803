"""What every grammar of rows shares: its result, and the plain numbers of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.tables import Cell, Line

# How an empty cell is printed where it is not left blank.
_EMPTY = frozenset({"-", "—", "–", "--", "——", "/"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRead:
    """What a grammar makes of lines: columns, rows, and the lines that are header or note."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: tuple[int, ...]


def number_cells(cells: Sequence[Cell]) -> tuple[NumberCell, ...]:
    """The cells that print a plain number, as numbers without a column."""
    found = []
    for cell in cells:
        value = cell.number
        if value is not None:
            found.append(NumberCell(text=cell.text, value=value, span=cell.span))
    return tuple(found)


def trailing_numbers(line: Line) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """A line's words in two: what comes before its last run of plain numbers, and that run."""
    words = line.words
    cut = len(words)
    while cut and (words[cut - 1].number is not None or words[cut - 1].text in _EMPTY):
        cut -= 1
    numbers = tuple(word for word in words[cut:] if word.number is not None)
    return words[:cut] if numbers else words, numbers
