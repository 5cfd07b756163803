"""Whether a filing is whole: one that ends in the middle of a table is no filing to publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from fiscograph.errors import FilingError
from fiscograph.forms.layout import Layout
from fiscograph.forms.schema import FormBook, Grammar
from fiscograph.forms.sheets.sheet import Sheet
from fiscograph.identities import tolerance_of_sum
from fiscograph.placement import PlacedGrid, PlacedRow
from fiscograph.placement.amounts import AMOUNT_FIELDS
from fiscograph.placement.cells import side_value
from fiscograph.tables import number_of


def require_complete(
    name: str, layout: Layout, placed: Sequence[PlacedGrid], book: FormBook
) -> None:
    """Refuse a source without any table, or that breaks off within its last one.

    A table of no known form is one: its amounts are published unplaced, with a finding.

    Args:
        name: the file's name.
        layout: what was recognised.
        placed: its tables.
        book: the forms, whose equalities tell what a table should sum to.

    Raises:
        FilingError: naming the table and the line.
    """
    amounts = sum(len(row.cells) for grid in placed for row in grid.rows)
    told = any(sheet.indicators or _prints_money(sheet) for sheet in layout.sheets)
    if not amounts and not told and not any(table.rows for table in layout.unknown):
        raise FilingError(
            name,
            "no budget table with amounts was recognised",
            way_out="fiscograph show prints what was seen",
        )
    ends = {
        **{table.lines[-1]: table.title for table in layout.unknown},
        **{sheet.lines[-1]: sheet.title for sheet in layout.sheets},
        **{grid.grid.lines[-1]: grid.grid.title for grid in placed},
    }
    if layout.bare is not None:
        ends[layout.bare[1]] = layout.bare[0]
    end = max([line.number for line in layout.narrative] + list(ends))
    broken = (
        (layout.bare is not None and layout.bare[1] == end)
        or any(s.lines[-1] == end and _breaks_off(s, layout.sheets) for s in layout.sheets)
        or any(g.grid.lines[-1] == end and _lacks_rows(g, placed, book) for g in placed)
        or any(t.lines[-1] == end and t.title_span is None for t in layout.unknown)
    )
    if broken:
        raise _broken(name, ends[end], end)


# A section of the running text prints no indicators; those of an evaluation stand among what was
# achieved, and are not read.
_WITHOUT_INDICATORS = frozenset({"project-account", "project-evaluation"})


def _broken(name: str, title: str, line: int) -> FilingError:
    what = repr(title) if title else "a table"
    return FilingError(
        name,
        f"the text breaks off in the middle of {what}",
        line=line,
        way_out="fetch or convert the filing again",
    )


def _breaks_off(sheet: Sheet, sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet lacks what belongs to it: indicators, and weights like its siblings'."""
    if sheet.form.id in _WITHOUT_INDICATORS:
        return False
    siblings = [other for other in sheets if other.form is sheet.form]
    if not sheet.indicators:
        # Where no sheet's indicators can be read, their absence tells nothing; the only sheet may
        # print its goals in words alone.
        read = any(other.indicators for other in siblings)
        alone = len(siblings) == 1 and not _prints_goals(sheet)
        lacks = not _ends_in_indicators(sheet) and any(f.cells for f in sheet.fields)
        return (read or alone) and lacks
    weights = Counter(_project(other) for other in siblings)
    totals = {
        project: sum(
            (_weights(other) for other in siblings if _project(other) == project), Decimal(0)
        )
        for project in weights
    }
    own = totals.pop(_project(sheet))
    if not totals:
        return 0 < own < _LEAST_WEIGHTS and sheet.indicators[-1].level1 != _LAST_LEVEL
    usual, count = Counter(totals.values()).most_common(1)[0]
    return count > 2 and 2 * count > len(totals) and own < usual


# The two templates' weights sum to 90 (with 10 for the execution of the budget) or to 100.
_LEAST_WEIGHTS = 90
# Both end in what those served think of it: a sheet that gets there, with less, lost other weights.
_LAST_LEVEL = "满意度指标"


def _prints_money(sheet: Sheet) -> bool:
    return any(
        cell.number is not None
        for field in sheet.fields
        if field.key in AMOUNT_FIELDS
        for cell in field.cells
    )


def _prints_goals(sheet: Sheet) -> bool:
    """Whether a sheet says what its money is for, after how much it is."""
    return _prints_money(sheet) and any(f.key == "goals" and f.cells for f in sheet.fields)


def _ends_in_indicators(sheet: Sheet) -> bool:
    """Whether a sheet gets as far as its indicators, though none of them could be read."""
    return any(field.key == "indicators" for field in sheet.fields)


def _project(sheet: Sheet) -> str:
    """What tells the sheets of one project, printed over several pages, from those of others."""
    for key in ("project_code", "project_name"):
        field = sheet.field(key)
        if field is not None and field.cells:
            return "".join(cell.text for cell in field.cells)
    return ""


def _weights(sheet: Sheet) -> Decimal:
    texts = [row.weight.text for row in sheet.indicators if row.weight is not None]
    numbers = [number_of(text.rstrip("%分")) for text in texts]
    return sum((number for number in numbers if number is not None), Decimal(0))


def _lacks_rows(grid: PlacedGrid, placed: Sequence[PlacedGrid], book: FormBook) -> bool:
    """Whether a table ends before its rows do.

    A balance has to get to its total. In a tree the last row and those that sum it have to close:
    a sum that is more than the rows printed so far lacks some, and so does a row without the rows
    below it that its like have. Where no total is printed, other tables may tell it.
    """
    rows = grid.rows
    if grid.grid.form.grammar is Grammar.TWO_SIDED:
        return not any(row.row.role == "total" and row.cells for row in rows)
    if grid.grid.form.grammar not in {Grammar.CODE_ROWS, Grammar.PROJECT_LIST}:
        return False
    printed = [index for index, row in enumerate(rows) if row.cells]
    if not any(rows[i].row.role == "item" for i in printed):
        said = any(cell.number.value for i in printed for cell in rows[i].cells)
        return said or bool(_told_total(grid, placed, book))
    return _is_open(grid, printed) or _below_told_total(grid, placed, book)


def _is_open(grid: PlacedGrid, printed: Sequence[int]) -> bool:
    """Whether the last row, or a row that sums it, waits for rows that are not there."""
    rows, last = grid.rows, printed[-1]
    alike = [
        i
        for i in printed
        if rows[i].row.level == rows[last].row.level and (rows[i].row.code or rows[i].row.key)
    ]
    if any(_children(rows, i) for i in alike) and not _children(rows, last):
        return True
    above: int | None = last
    while above is not None:
        if _falls_short(grid, above, _children(rows, above)):
            return True
        above = rows[above].parent
    return False


def _children(rows: Sequence[PlacedRow], index: int) -> list[PlacedRow]:
    return [row for row in rows if row.parent == index and row.cells]


def _falls_short(grid: PlacedGrid, index: int, below: Sequence[PlacedRow]) -> bool:
    """Whether a row's first number is more than the rows below it sum to."""
    first = grid.rows[index].cells[0]
    if not below or first.column is None:
        return False
    cells = [cell for row in below if (cell := row.cell(first.column)) is not None]
    parts = sum((cell.number.value for cell in cells), Decimal(0))
    return first.number.value - parts > tolerance_of_sum(len(cells), grid.decimals)


def _below_told_total(grid: PlacedGrid, placed: Sequence[PlacedGrid], book: FormBook) -> bool:
    """Whether a table without a total row sums to less than what another table says it totals."""
    column = grid.column_index("total")
    if column is None or any(row.row.level == 0 for row in grid.rows):
        return False
    tops = [row for row in grid.rows if row.parent is None and row.cell(column)]
    cells = [cell for row in tops if (cell := row.cell(column)) is not None]
    parts = sum((cell.number.value for cell in cells), Decimal(0))
    told = _told_total(grid, placed, book)
    tolerance = tolerance_of_sum(len(cells), grid.decimals)
    # A table may print only part of what it announces; one row is no table cut short.
    return told is not None and len(tops) > 1 and told - parts > tolerance


def _told_total(grid: PlacedGrid, placed: Sequence[PlacedGrid], book: FormBook) -> Decimal | None:
    """What other tables say that a table totals, or None where they say nothing."""
    for equality in book.cross:
        ref = equality.left[0][0]
        if ref.form == grid.grid.form.id and ref.row == "total" and ref.column == "total":
            told = side_value(equality.right, placed)
            return told[0] if told is not None else None
    return None
