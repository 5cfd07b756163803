"""Indicator rows whose cells the source draws; cells may be merged, lost on the left, or printed
twice side by side, for the medium term and for the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fiscograph.forms.schema import SheetWords
from fiscograph.forms.sheets.indicator_tail import settled_tail
from fiscograph.forms.sheets.indicators import (
    IndicatorRow,
    columns_of,
    indicator_row,
    settled_level2,
)
from fiscograph.tables import Cell, Line

TAIL = ("operator", "value", "unit", "weight", "direction", "core")


class DrawnIndicators:
    """Reads the rows under one drawn header.

    Args:
        header: the line that names the columns.
        words: the words of sheets.
    """

    def __init__(self, header: Line, words: SheetWords) -> None:
        self.words = words
        self.sides = _sides(header, words)
        self.level1: str | None = None
        self.level2: list[str | None] = [None] * len(self.sides)
        self.rows: list[IndicatorRow] = []

    def take(self, line: Line) -> bool:
        """Read a line; returns whether it is a row."""
        shift = self._shift(line)
        taken = False
        for index, side in enumerate(self.sides):
            found = {
                side[at + shift]: cell
                for at, cell in enumerate(line.cells)
                if at + shift in side and cell.text
            }
            if "name" not in found or not {"operator", "value", "weight"} & set(found):
                continue
            printed = "level1" in found and found["level1"].squeezed in self.words.level1
            if printed:
                self.level1, self.level2 = found["level1"].squeezed, [None] * len(self.sides)
            if "level2" in found:
                self.level2[index] = settled_level2(found["level2"].text, self.words)
            tail = drawn_tail(found, list(side.values()), self.words)
            level2, raw = self.level2[index], raw_tail(found)
            row = indicator_row(self.level1, level2, [found["name"]], tail, self.words, raw=raw)
            self.rows.append(replace(row, level1_printed=printed))
            taken = True
        return taken

    def _shift(self, line: Line) -> int:
        """How far a row that lost cells on its left is moved, by where its first level stands."""
        at = {key: index for index, key in self.sides[0].items()}
        home = at.get("level1")
        if home is None:
            return 0
        for index, cell in enumerate(line.cells):
            if not cell.text or cell.squeezed not in self.words.level1:
                continue
            # 成本指标 is a level of the second order too, and stands there in its own column.
            second = cell.squeezed in self.words.level2 and index == at.get("level2")
            return 0 if second else home - index
        return 0


def _sides(header: Line, words: SheetWords) -> list[dict[int, str]]:
    """The columns of a header by the index of their cell; a second printing of them (for the year
    beside the medium term) is a side of its own.
    """
    sides: list[dict[int, str]] = [{}]
    for index, key in columns_of(header.cells, words):
        if key in sides[-1].values() and "name" in sides[-1].values():
            sides.append({})
        sides[-1][index] = key
    return [side for side in sides if "name" in side.values()] or [sides[0]]


def with_levels(rows: Sequence[IndicatorRow], words: SheetWords) -> list[IndicatorRow]:
    """A level printed in the middle of the rows that it covers holds for those above it too.

    A row that prints no first level, and whose second level belongs to another one than that above,
    stands under the next that is printed, where that is its own; else nothing tells its first.
    """
    found: list[IndicatorRow] = []
    following: str | None = None
    for row in reversed(rows):
        own = words.parents.get(row.level2 or "")
        level1 = row.level1 or following
        if not row.level1_printed and own is not None and own != level1:
            level1 = own if own == following else None
        found.append(replace(row, level1=level1))
        if row.level1_printed:
            following = row.level1
    return found[::-1]


def drawn_tail(
    cells: Mapping[str, Cell], order: Sequence[str], words: SheetWords
) -> dict[str, Cell | None]:
    """The tail of a drawn row by its columns, mended where boundaries were lost."""
    columns = [key for key in order if key in TAIL]
    return settled_tail({key: cells.get(key) for key in TAIL}, columns, words)


def raw_tail(cells: Mapping[str, Cell]) -> list[Cell]:
    """The cells of a drawn row's tail as they are drawn."""
    return [cells[key] for key in TAIL if key in cells]
