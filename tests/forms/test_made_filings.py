"""Whatever the layout, no number stands in another row or column than the one it is printed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.forms.made import LAYOUTS, TOTAL, Page, Truth, printed

from fiscograph.budget import Placement, Unit
from fiscograph.forms.labels import plain_label
from fiscograph.pipeline import read_source
from fiscograph.placement import PlacedCell, PlacedGrid
from fiscograph.tables import squeeze

SURE = {Placement.PRINTED, Placement.PROVED}
Found = dict[tuple[int, int], tuple[PlacedGrid, int, PlacedCell]]


def found_in(page: Page, folder: Path) -> Found:
    path = folder / "made.txt"
    path.write_text("\n".join(page.lines) + "\n", "utf-8")
    return {
        (cell.number.span.line, cell.number.span.start): (grid, at, cell)
        for grid in read_source(path).placed
        for at, row in enumerate(grid.rows)
        for cell in row.cells
    }


def stands_right(truth: Truth, grid: PlacedGrid, at: int, cell: PlacedCell) -> bool:
    """Whether a cell stands where it is printed: form, unit, row, column."""
    row = grid.rows[at].row
    column = grid.grid.columns[cell.column if cell.column is not None else -1]
    if truth.form == "department-balance":
        own = row.side == truth.column == column.side
        return own and plain_label(row.label) == plain_label(truth.row)
    named = {row.code, squeeze(row.label) if row.code is None else None}
    rows = not truth.row or truth.row in named or (truth.row == TOTAL and row.role == "total")
    return (
        grid.grid.form.id == truth.form
        and grid.grid.unit is Unit.TEN_THOUSAND_YUAN
        and rows
        and column.key == truth.column
    )


@pytest.mark.parametrize("blank", ["", "-"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_no_number_is_sure_of_a_place_that_is_not_its_own(
    seed: int, layout: str, blank: str, tmp_path: Path
) -> None:
    page = printed(seed, layout, blank)
    found = found_in(page, tmp_path)
    wrong = [
        (truth, page.lines[place[0] - 1])
        for place, truth in page.places.items()
        if place in found
        and found[place][2].placement in SURE
        and not stands_right(truth, *found[place])
    ]
    assert wrong == []
    lost = [truth for place, truth in page.places.items() if place not in found]
    assert lost == []
    if blank or layout in {"tabs", "rules between", "aligned"}:
        # Every cell is drawn, by a mark, by its place or by a dash.
        assert all(found[place][2].placement in SURE for place in page.places)
