"""Whether a filing is whole: one that ends in the middle of a table is no filing to publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from fiscograph.errors import FilingError
from fiscograph.forms.layout import Layout
from fiscograph.forms.schema import Grammar
from fiscograph.forms.sheets import Sheet
from fiscograph.identities import tolerance_of_sum
from fiscograph.placement import PlacedGrid


def require_complete(name: str, layout: Layout, placed: Sequence[PlacedGrid], unread: int) -> None:
    """Refuse a source without any table, or that breaks off within its last one.

    Args:
        name: the file's name.
        layout: what was recognised.
        placed: its tables.
        unread: how many rows with amounts stand in tables of no known form.

    Raises:
        FilingError: naming the table and the line.
    """
    amounts = sum(len(row.cells) for grid in placed for row in grid.rows)
    if not amounts and not any(sheet.indicators for sheet in layout.sheets):
        reason = "no budget table with amounts was recognised"
        raise FilingError(
            name,
            reason if not unread else f"{reason} ({unread} rows stand in tables of no known form)",
            way_out="fiscograph show prints what was seen",
        )
    end = max(
        [line.number for line in layout.narrative]
        + [sheet.lines[-1] for sheet in layout.sheets]
        + [grid.grid.lines[-1] for grid in placed],
    )
    for sheet in layout.sheets:
        if sheet.lines[-1] == end and _breaks_off(sheet, layout.sheets):
            raise _broken(name, sheet.title, end)
    for grid in placed:
        if grid.grid.lines[-1] == end and _lacks_rows(grid):
            raise _broken(name, grid.grid.title, end)


def _broken(name: str, title: str, line: int) -> FilingError:
    return FilingError(
        name,
        f"the text breaks off in the middle of {title!r}",
        line=line,
        way_out="fetch or convert the filing again",
    )


def _breaks_off(sheet: Sheet, sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet lacks what all its siblings have: indicators, and weights that sum up."""
    siblings = [other for other in sheets if other.form is sheet.form and other is not sheet]
    if not siblings or not all(other.indicators for other in siblings):
        return False
    if not sheet.indicators:
        return True
    usual, count = Counter(_weights(other) for other in siblings).most_common(1)[0]
    return (
        2 * count > len(siblings)
        and count > 2
        and _weights(sheet) < usual
        and not (_continued(sheet, siblings))
    )


def _continued(sheet: Sheet, siblings: Sequence[Sheet]) -> bool:
    """Whether a sheet is the second page of another: both name one project."""
    names = [field.cells for field in sheet.fields if field.key == "project_name"]
    texts = {"".join(cell.text for cell in cells) for cells in names}
    return any(
        "".join(cell.text for cell in field.cells) in texts
        for other in siblings
        for field in other.fields
        if field.key == "project_name"
    )


def _weights(sheet: Sheet) -> int:
    texts = [row.weight.text.rstrip("%") for row in sheet.indicators if row.weight is not None]
    return sum(int(text) for text in texts if text.isdigit())


def _lacks_rows(grid: PlacedGrid) -> bool:
    """Whether a table's total is more than its rows sum to, or a balance never gets to its total."""
    rows = grid.rows
    if grid.grid.form.grammar is Grammar.TWO_SIDED:
        return not any(row.row.role == "total" and row.cells for row in rows)
    for index, row in enumerate(rows):
        below = [other for other in rows if other.parent == index and other.cells]
        column = row.cells[0].column if row.cells else None
        if row.row.level != 0 or not below or column is None:
            continue
        total = row.cells[0].number.value
        cells = [cell for other in below if (cell := other.cell(column)) is not None]
        parts = sum((cell.number.value for cell in cells), Decimal(0))
        return total - parts > tolerance_of_sum(len(cells), grid.decimals)
    return False
