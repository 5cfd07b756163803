"""Every accounting identity of the forms, tried on one filing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fiscograph.budget import (
    Allocation,
    FilingFacts,
    IdentityCheck,
    Outcome,
    PrintedAmount,
    PrintedTotal,
    ProjectBudget,
    Unit,
)
from fiscograph.forms.schema import FormBook
from fiscograph.identities import CrossEquality, tolerance_of_sum
from fiscograph.placement import PlacedCell, PlacedGrid, PlacedRow
from fiscograph.placement.candidates import ColumnSum
from fiscograph.placement.cells import side_cells
from fiscograph.placement.cross import equalities_of
from fiscograph.placement.row_sums import applicable_sums
from fiscograph.provenance import Place


def checks_of(
    grids: Sequence[PlacedGrid],
    projects: Iterable[ProjectBudget],
    book: FormBook,
    source: str,
    units: Unit,
) -> tuple[IdentityCheck, ...]:
    """All checks of a filing, sorted by rule and key; an identity without its terms is not tried."""
    found = [
        *(check for grid in grids for check in _row_sums(grid, source, units)),
        *(check for grid in grids for check in _tree_sums(grid, source, units)),
        *_cross(grids, equalities_of(book, [grid.grid for grid in grids]), source, units),
        *(check for project in projects for check in _project(project)),
    ]
    unique = {(check.rule, check.key): check for check in found}
    return tuple(unique[key] for key in sorted(unique))


def outcome_of(difference: Decimal, tolerance: Decimal) -> Outcome:
    """Holds when nothing is missing, within rounding up to the tolerance, else fails."""
    if difference == 0:
        return Outcome.HOLDS
    return Outcome.WITHIN_ROUNDING if abs(difference) <= tolerance else Outcome.FAILS


def cube_checks(facts: FilingFacts) -> tuple[IdentityCheck, ...]:
    """For each cube, whether its allocations sum to what the filing prints as their total.

    Several totals of one cube are printings of it where one of them is what the allocations sum to;
    else each is a part of it, and their sum is compared.
    """
    printed = {amount.place: amount for amount in facts.printed_amounts}
    found: list[IdentityCheck] = []
    for cube in sorted({total.cube for total in facts.printed_totals}):
        totals = [total for total in facts.printed_totals if total.cube == cube]
        amounts = [printed[total.place] for total in totals if total.place in printed]
        parts = [part for part in facts.allocations if part.cube.value == cube]
        if not amounts or not parts:
            continue
        alone = [_cube_check(totals[0], [amount], parts) for amount in amounts]
        if len(alone) == 1 or any(check.outcome is not Outcome.FAILS for check in alone):
            found += alone
        else:
            found.append(_cube_check(totals[0], amounts, parts))
    return tuple(found)


def _cube_check(
    total: PrintedTotal, amounts: Sequence[PrintedAmount], parts: Sequence[Allocation]
) -> IdentityCheck:
    """The tolerance is that of the coarsest total, for as many addends as both sides have."""
    steps = [(one.amount.unit.value, one.amount.decimals) for one in amounts]
    unit, decimals = max(steps, key=lambda step: step[0].scaleb(-step[1]))
    return _check(
        "cube-total",
        f"{total.cube}-{amounts[0].place.locator}",
        left=(
            sum((one.amount.yuan for one in amounts), Decimal(0)),
            [one.place for one in amounts],
        ),
        right=(
            sum((part.amount for part in parts), Decimal(0)),
            sorted(part.evidence[0] for part in parts),
        ),
        tolerance=tolerance_of_sum(len(parts) + len(amounts) - 1, decimals) * unit,
        label=total.label,
    )


def _factor(grid: PlacedGrid, units: Unit) -> Decimal:
    return (grid.grid.unit or units).value


def _check(
    rule: str,
    key: str,
    *,
    left: tuple[Decimal, Sequence[Place]],
    right: tuple[Decimal, Sequence[Place]],
    tolerance: Decimal,
    label: str,
    settled: bool = True,
) -> IdentityCheck:
    """A check; where a term's column was chosen among rivals, a miss tells nothing of the filing."""
    outcome = outcome_of(left[0] - right[0], tolerance)
    if outcome is Outcome.FAILS and not settled:
        outcome = Outcome.NOT_CHECKABLE
    return IdentityCheck(
        rule=rule,
        key=key,
        outcome=outcome,
        left=left[0],
        right=right[0],
        tolerance=tolerance,
        terms=tuple(dict.fromkeys((*left[1], *right[1]))),
        label=label,
    )


def _row_sums(grid: PlacedGrid, source: str, units: Unit) -> Iterator[IdentityCheck]:
    """Each row identity of the table, where its total and at least one part are printed."""
    factor, sums = _factor(grid, units), applicable_sums(grid.grid)
    for row in grid.rows:
        if row.row.damaged:
            continue
        for identity in sums:
            yield from _row_sum(grid, row, identity, (source, factor))


def _row_sum(
    grid: PlacedGrid, row: PlacedRow, identity: ColumnSum, unit: tuple[str, Decimal]
) -> Iterator[IdentityCheck]:
    source, factor = unit
    total = row.cell(identity.total)
    parts = [cell for part in identity.parts if (cell := row.cell(part)) is not None]
    if total is None or not parts:
        return
    tolerance = tolerance_of_sum(len(parts), grid.decimals) * factor
    column = grid.grid.columns[identity.total]
    yield _check(
        "row-sum",
        f"{_locator(total)}-{column.key}",
        left=(total.number.value * factor, [_place(total, source)]),
        right=(
            sum((cell.number.value for cell in parts), Decimal(0)) * factor,
            [_place(cell, source) for cell in parts],
        ),
        tolerance=tolerance,
        label=f"{row.row.label or '合计'} {'/'.join(column.path)}",
    )


def _tree_sums(grid: PlacedGrid, source: str, units: Unit) -> Iterator[IdentityCheck]:
    """Each row that others belong to, in each column that it or they print."""
    factor = _factor(grid, units)
    children: dict[int, list[PlacedRow]] = {}
    for row in grid.rows:
        if row.parent is not None and row.cells:
            children.setdefault(row.parent, []).append(row)
    for index, below in sorted(children.items()):
        row = grid.rows[index]
        for column in range(len(grid.grid.columns)):
            total = row.cell(column)
            parts = [cell for child in below if (cell := child.cell(column)) is not None]
            if total is None or not parts:
                continue
            yield _check(
                "tree-sum",
                f"{_locator(total)}-{grid.grid.columns[column].key or column}",
                left=(total.number.value * factor, [_place(total, source)]),
                right=(
                    sum((cell.number.value for cell in parts), Decimal(0)) * factor,
                    [_place(cell, source) for cell in parts],
                ),
                tolerance=tolerance_of_sum(len(parts), grid.decimals) * factor,
                label=f"{row.row.label or '合计'} {'/'.join(grid.grid.columns[column].path)}",
                settled=_cannot_close(column, row, below, grid),
            )


def _cannot_close(
    column: int, total: PlacedRow, below: Sequence[PlacedRow], grid: PlacedGrid
) -> bool:
    """Whether a miss is one wherever the numbers stand: all are settled, or even with every number
    that may stand in the column, or with none of them, the rows do not sum to the total.
    """
    own = total.cell(column)
    if own is None or any(cell.is_open for cell in total.cells):
        return False
    sure = [c for row in below for c in row.cells if c.column == column and not c.is_open]
    loose = [
        c
        for row in below
        for c in row.cells
        if c.is_open and (c.column == column or column in c.rivals) and c.complete
    ]
    if any(not cell.complete for row in below for cell in row.cells):
        return False
    low = sum((cell.number.value for cell in sure), Decimal(0))
    high = low + sum((cell.number.value for cell in loose), Decimal(0))
    tolerance = tolerance_of_sum(len(sure) + len(loose), grid.decimals)
    return not loose or own.number.value > high + tolerance or own.number.value < low - tolerance


def _cross(
    grids: Sequence[PlacedGrid], equalities: Sequence[CrossEquality], source: str, units: Unit
) -> Iterator[IdentityCheck]:
    for equality in equalities:
        if equality.soft:
            continue
        left, right = side_cells(equality.left, grids), side_cells(equality.right, grids)
        if left is None or right is None or not _applies(equality, grids, units):
            continue
        sides = [
            (
                sum((cell.number.value * _factor(g, units) for g, cell in side), Decimal(0)),
                [_place(cell, source) for _, cell in side],
            )
            for side in (left, right)
        ]
        coarse = max(
            tolerance_of_sum(max(len(side), 1), grid.decimals) * _factor(grid, units)
            for side in (left, right)
            for grid, _ in side
        )
        yield _check(
            equality.rule,
            _locator(left[0][1]),
            left=sides[0],
            right=sides[1],
            tolerance=coarse,
            label=equality.zh,
            settled=not any(cell.is_open for side in (left, right) for _, cell in side),
        )


def _applies(equality: CrossEquality, grids: Sequence[PlacedGrid], units: Unit) -> bool:
    """Whether the two cells of an equality's condition are printed and equal."""
    if equality.when is None:
        return True
    one, other = (side_cells([(ref,)], grids) for ref in equality.when)
    if one is None or other is None:
        return False
    values = [cell.number.value * _factor(grid, units) for (grid, cell), *_ in (one, other)]
    steps = [_factor(grid, units).scaleb(-grid.decimals) for (grid, _), *_ in (one, other)]
    return abs(values[0] - values[1]) <= tolerance_of_sum(1, 0) * max(steps)


def _project(project: ProjectBudget) -> Iterator[IdentityCheck]:
    """The sources of a project's funds sum to its budget; list and sheet print one amount."""
    totals = [part for part in project.funding if part.part == "total"]
    sheet = totals[-1] if totals else None
    # What the list prints of the parts is summed by the list's own row.
    listed = {p.place.line for p in totals[:-1]}
    parts = [
        part
        for part in project.funding
        if part.part in {"upper", "own", "other", "fiscal"} and part.place.line not in listed
    ]
    if sheet is not None and parts:
        step = sheet.amount.unit.value
        yield _check(
            "project-funding",
            project.key,
            left=(sheet.amount.yuan, [sheet.place]),
            right=(
                sum((part.amount.yuan for part in parts), Decimal(0)),
                [part.place for part in parts],
            ),
            tolerance=tolerance_of_sum(len(parts), sheet.amount.decimals) * step,
            label=project.name,
        )
    if len(totals) > 1:
        first, last = totals[0], totals[-1]
        # A sheet prints 4 where the list prints 4.00: the finer printing tells the decimals.
        decimals = max(first.amount.decimals, last.amount.decimals)
        yield _check(
            "list-against-sheet",
            project.key,
            left=(first.amount.yuan, [first.place]),
            right=(last.amount.yuan, [last.place]),
            tolerance=tolerance_of_sum(1, decimals) * first.amount.unit.value,
            label=project.name,
        )


def _place(cell: PlacedCell, source: str) -> Place:
    return Place(source=source, span=cell.number.span)


def _locator(cell: PlacedCell) -> str:
    return cell.number.span.locator
