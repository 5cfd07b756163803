"""One code printed by several tables of one scope: the same amount in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import IdentityCheck, Unit, label_key
from fiscograph.forms import Grammar
from fiscograph.identities import tolerance_of_sum
from fiscograph.placement import PlacedCell, PlacedGrid
from fiscograph.provenance import Place
from fiscograph.reconciliation.checks import outcome_of

_RULE = "code-across-tables"
_COLUMNS = ("total", "basic", "project")
_LEAST, _NEARLY_ALL = 3, Decimal("0.9")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table by function: its cells by code and column, and its printed total, in yuan."""

    cells: Mapping[tuple[str, str], tuple[PlacedCell, str]]
    total: Decimal
    factor: Decimal
    tolerance: Decimal


def code_checks(grids: Sequence[PlacedGrid], source: str, units: Unit) -> tuple[IdentityCheck, ...]:
    """Each code's amounts in every table by function against the first of the same total.

    Tables print one thing only where their totals agree to the last digit, or but for a slipped
    unit, and nearly all of their common codes: the general public budget beside the whole department's is another thing, and so
    are expenditure and revenue that carry other years' money.

    Args:
        grids: the placed tables.
        source: the hash of the file that they stand in.
        units: the unit of the tables that name none.
    """
    tables = [table for grid in grids if (table := _table(grid, units)) is not None]
    found: list[IdentityCheck] = []
    for at, table in enumerate(tables):
        first = next((other for other in tables[:at] if _times(other, table) is not None), None)
        if first is not None:
            found.extend(_against(first, table, source))
    return tuple(found)


def _times(one: _Table, other: _Table) -> Decimal | None:
    """How many times the second table's total is the first's: once, or as a slipped unit makes it.

    None where the tables do not print the same money.
    """
    times = (Decimal(10) ** power for power in (0, 3, -3, 4, -4, 8, -8))
    return next((t for t in times if one.total and one.total * t == other.total), None)


def _table(grid: PlacedGrid, units: Unit) -> _Table | None:
    form = grid.grid.form
    if form.grammar is not Grammar.CODE_ROWS or form.scheme != "function":
        return None
    column = grid.column_index("total")
    whole = [row for row in grid.rows if row.row.level == 0 and row.cells]
    total = whole[0].cell(column) if whole and column is not None else None
    if total is None or total.rivals:
        return None
    factor = (grid.grid.unit or units).value
    return _Table(
        cells=dict(_cells(grid)),
        total=total.number.value * factor,
        factor=factor,
        tolerance=tolerance_of_sum(1, grid.decimals) * factor,
    )


def _cells(grid: PlacedGrid) -> Iterator[tuple[tuple[str, str], tuple[PlacedCell, str]]]:
    """The cells of the codes that a table uses once, by code and column."""
    codes = [row.row.code for row in grid.rows]
    for row in grid.rows:
        code = row.row.code
        if code is None or codes.count(code) > 1:
            continue
        for key in _COLUMNS:
            column = grid.column_index(key)
            cell = row.cell(column) if column is not None else None
            if cell is not None:
                yield (code, key), (cell, row.row.label)


def _against(one: _Table, other: _Table, source: str) -> list[IdentityCheck]:
    common = [
        key
        for key in sorted(one.cells.keys() & other.cells.keys())
        if label_key(one.cells[key][1]) == label_key(other.cells[key][1])
    ]
    pairs = [(key, one.cells[key][0], other.cells[key][0]) for key in common]
    times = (_times(one, other) or 1) * one.factor
    same = sum(a.number.value * times == b.number.value * other.factor for _, a, b in pairs)
    if len(pairs) < _LEAST or same < _NEARLY_ALL * len(pairs):
        return []
    tolerance = max(one.tolerance, other.tolerance)
    checks = []
    for (code, key), first, second in pairs:
        left, right = first.number.value * one.factor, second.number.value * other.factor
        places = [Place(source=source, span=cell.number.span) for cell in (first, second)]
        checks.append(
            IdentityCheck(
                rule=_RULE,
                key=f"{places[1].locator}-{key}",
                outcome=outcome_of(left - right, tolerance),
                left=left,
                right=right,
                tolerance=tolerance,
                terms=tuple(places),
                label=f"{code} {one.cells[code, key][1]}".strip(),
            )
        )
    return checks
