"""Tables whose numbers are placed."""

from __future__ import annotations

from dataclasses import dataclass, field

from fiscograph.budget import Placement
from fiscograph.forms.grid import Grid, NumberCell, Row
from fiscograph.placement.row_sums import grid_decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A number with the index of its column (None: of no column) and of its rivals' columns.

    ``complete`` says that no other rivals are left out.
    """

    number: NumberCell
    column: int | None
    placement: Placement
    rivals: tuple[int, ...] = ()
    complete: bool = True

    @property
    def is_open(self) -> bool:
        """Whether it may stand in another column."""
        return self.placement in {Placement.CHOSEN, Placement.UNPLACED}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A row whose numbers are placed; ``parent`` is the index of the row that sums it.

    ``contested`` says that its own sums and what other tables or the narrative say of its cells
    cannot all hold.
    """

    row: Row
    cells: tuple[PlacedCell, ...]
    parent: int | None
    contested: bool = False

    def cell(self, column: int) -> PlacedCell | None:
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGrid:
    """A table whose numbers are placed; ``misread`` says that its header is not whole, or not in
    the order of its columns, so that nothing in it is proved; ``decimals`` are the most that are
    printed in the table: the d of its tolerances.
    """

    grid: Grid
    rows: tuple[PlacedRow, ...]
    misread: bool = False
    decimals: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Every check of every row asks for it.
        object.__setattr__(self, "decimals", grid_decimals(self.grid))

    def column_index(self, key: str, side: str = "", year: int | None = None) -> int | None:
        """The index of a column by its key; of several years the latest unless one is asked."""
        found = [
            (column.year or 0, index)
            for index, column in enumerate(self.grid.columns)
            if column.key == key and column.side == side and year in {None, column.year}
        ]
        return max(found)[1] if found else None
