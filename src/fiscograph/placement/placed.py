"""Tables whose numbers are placed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import Placement
from fiscograph.forms.grid import Grid, NumberCell, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A number with the index of its column (None: of no column) and of its rivals' columns."""

    number: NumberCell
    column: int | None
    placement: Placement
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A row whose numbers are placed; ``parent`` is the index of the row that sums it."""

    row: Row
    cells: tuple[PlacedCell, ...]
    parent: int | None

    def cell(self, column: int) -> PlacedCell | None:
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGrid:
    """A table whose numbers are placed."""

    grid: Grid
    rows: tuple[PlacedRow, ...]

    @property
    def decimals(self) -> int:
        """The most decimals printed in the table: the d of its tolerances."""
        return max(
            (decimals_of(cell.number.value) for row in self.rows for cell in row.cells), default=2
        )

    def column_index(self, key: str, side: str = "", year: int | None = None) -> int | None:
        """The index of a column by its key; of several years the latest unless one is asked."""
        found = [
            (column.year or 0, index)
            for index, column in enumerate(self.grid.columns)
            if column.key == key and column.side == side and year in {None, column.year}
        ]
        return max(found)[1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A value that another table gives for a column of a table's total."""

    column: int
    value: Decimal
    soft: bool = False


def decimals_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
