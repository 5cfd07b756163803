"""What a check can tell where a number's column was chosen among rivals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from fiscograph.budget import IdentityCheck, Outcome, Placement, PrintedAmount
from fiscograph.forms import Grammar
from fiscograph.identities import RowSum, tolerance_of_sum
from fiscograph.placement import PlacedCell, PlacedGrid, PlacedRow
from fiscograph.provenance import Place, Span
from fiscograph.reconciliation.marks import damage_marks

# Sums over the rows of a table.
_OVER_ROWS = frozenset({"tree-sum", "cube-total"})
_MOST_TRIED = 2_000
_NEARLY_ALL = Decimal("0.9")


def withheld(
    checks: Iterable[IdentityCheck],
    amounts: Iterable[PrintedAmount],
    grids: Sequence[PlacedGrid],
    lines: Sequence[str],
) -> tuple[IdentityCheck, ...]:
    """The checks, of which none fails because of a column or a number that nobody knows.

    A miss tells something of the filing only where every term stands where it was taken from: a
    term that has rivals or no column makes the check not checkable. A row's own sum stays a
    failure where the row closes in none of the columns that its numbers may stand in. Nor does a
    class fail that its own codes close: its rows are then printed elsewhere than below it; nor a
    sum among whose rows a number lost its digits.

    Args:
        checks: the checks as they were tried.
        amounts: the printed amounts of the filing, with their rivals.
        grids: the placed tables, whose forms tell which columns a row sums.
        lines: the source, which prints marks where digits are lost.
    """
    loose = {
        amount.place
        for amount in amounts
        if amount.rivals or amount.placement is Placement.UNPLACED
    }
    rows: Mapping[Span, tuple[PlacedGrid, PlacedRow]] = {
        cell.number.span: (grid, row) for grid in grids for row in grid.rows for cell in row.cells
    }
    damaged = {span.line for grid in grids for span in damage_marks(lines, grid.grid.lines)}
    damaged |= {span.line for grid in grids for row in grid.grid.rows for span in row.damaged}
    return tuple(
        replace(check, outcome=Outcome.NOT_CHECKABLE)
        if check.outcome is Outcome.FAILS
        and (
            _is_open(check, loose, rows)
            or _closes_by_code(check, rows)
            or _lacks_digits(check, rows, damaged)
        )
        else check
        for check in checks
    )


def _is_open(
    check: IdentityCheck,
    loose: set[Place],
    rows: Mapping[Span, tuple[PlacedGrid, PlacedRow]],
) -> bool:
    # A tree's sum fails only where no admissible placement closes it.
    if check.rule == "tree-sum" or not loose.intersection(check.terms):
        return False
    found = rows.get(check.terms[0].span)
    if check.rule != "row-sum" or found is None:
        return True
    grid, row = found
    tried = list(islice(_standings(row.cells), _MOST_TRIED + 1))
    return len(tried) > _MOST_TRIED or any(_closes(standing, grid) for standing in tried)


def _lacks_digits(
    check: IdentityCheck,
    rows: Mapping[Span, tuple[PlacedGrid, PlacedRow]],
    damaged: set[int],
) -> bool:
    """Whether a number is lost in the row of a row's sum, among the rows of a class, or, where
    tables are compared, in a total of one of them.
    """
    if not damaged:
        return False
    at = {term.line for term in check.terms}
    if check.rule == "row-sum":
        return bool(damaged & at)
    return any(
        damaged & _lines_that_count(rows[term.span], check.rule in _OVER_ROWS)
        for term in check.terms
        if term.span in rows
    )


def _lines_that_count(found: tuple[PlacedGrid, PlacedRow], is_tree: bool) -> set[int]:
    """The lines on which a number would count in a sum or a comparison that a row takes part in."""
    grid, row = found
    rows = grid.rows
    if grid.grid.form.grammar is Grammar.TWO_SIDED:
        return set(grid.grid.lines)
    if not is_tree:
        return {row.row.line} | {r.row.line for r in rows if r.row.level == 0}
    at = rows.index(row)
    end = next(
        (other.row.line for other in rows[at + 1 :] if other.row.level <= row.row.level), None
    )
    if row.row.level == 0 or end is None:
        return set(grid.grid.lines)
    return set(range(row.row.line, end))


def _closes_by_code(
    check: IdentityCheck, rows: Mapping[Span, tuple[PlacedGrid, PlacedRow]]
) -> bool:
    """Whether the rows whose codes begin with a class's own sum to it, wherever they stand."""
    found = rows.get(check.terms[0].span)
    if check.rule != "tree-sum" or found is None or found[1].row.code is None:
        return False
    grid, above = found
    column = next(c.column for c in above.cells if c.number.span == check.terms[0].span)
    total = above.cell(column) if column is not None else None
    if total is None or column is None:
        return False
    below = [
        row
        for row in grid.rows
        if row.row.level == above.row.level + 1
        and row.row.code is not None
        and row.row.code.startswith(above.row.code or "")
    ]
    parts = [cell.number.value for row in below if (cell := row.cell(column)) is not None]
    missing = abs(total.number.value - sum(parts, Decimal(0)))
    return bool(parts) and missing <= tolerance_of_sum(len(parts), grid.decimals)


def _standings(cells: Sequence[PlacedCell], after: int = -1) -> Iterator[dict[int, Decimal]]:
    """Every way in which a row's numbers may stand, in their printed order, by column."""
    if not cells:
        yield {}
        return
    first, *rest = cells
    for column in sorted({*([] if first.column is None else [first.column]), *first.rivals}):
        if column <= after:
            continue
        for others in _standings(rest, column):
            yield {column: first.number.value, **others}


def _closes(standing: Mapping[int, Decimal], grid: PlacedGrid) -> bool:
    """Whether every sum of the form holds for a row whose numbers stand so."""
    columns = grid.grid.columns
    groups = {(column.year, column.side) for column in columns}
    for group in groups:
        index_of = {
            column.key: index
            for index, column in enumerate(columns)
            if column.key and (column.year, column.side) == group
        }
        for identity in grid.grid.form.identities:
            over = identity.over(index_of, grid.grid.form.identities)
            if over is not None and not _holds(over, index_of, standing, grid):
                return False
    return True


def _holds(
    identity: RowSum, index_of: Mapping[str, int], standing: Mapping[int, Decimal], grid: PlacedGrid
) -> bool:
    parts = [standing[at] for key in identity.parts if (at := index_of[key]) in standing]
    total = standing.get(index_of[identity.total])
    if total is None:
        return not any(parts) or not _is_always_printed(identity, index_of, grid)
    missing = abs(total - sum(parts, Decimal(0)))
    return not parts or missing <= tolerance_of_sum(len(parts), grid.decimals)


def _is_always_printed(identity: RowSum, index_of: Mapping[str, int], grid: PlacedGrid) -> bool:
    """Whether nearly every row of a table that prints a part prints the total too."""
    parts = [index_of[key] for key in identity.parts]
    with_parts = [row for row in grid.rows if any(row.cell(at) is not None for at in parts)]
    totals = sum(row.cell(index_of[identity.total]) is not None for row in with_parts)
    return totals >= _NEARLY_ALL * len(with_parts)
