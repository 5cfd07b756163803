"""How sure a number's column is: printed, proved, chosen or unplaced (DESIGN §1.3)."""

from __future__ import annotations

from dataclasses import replace

from fiscograph.budget import Placement
from fiscograph.placement.placed import PlacedCell, PlacedGrid, PlacedRow
from fiscograph.placement.problem import TableProblem
from fiscograph.placement.tree import BLANK, DEPTH, Known, Node


def placed_grid(table: TableProblem, picks: dict[int, int]) -> PlacedGrid:
    """A solved table with each number in its column.

    Args:
        table: posed and solved.
        picks: for some rows the way to pick among what survives; else the solver's own pick.
    """
    rows = []
    for index, row in enumerate(table.grid.rows):
        pick = table.ways(index)[picks.get(index, _pick(table, index))]
        drawn = tuple(cell.column for cell in row.numbers)
        refuted = index in table.opened and None not in drawn and pick != drawn
        rows.append(
            PlacedRow(
                row=replace(row, shifted=True) if refuted else row,
                cells=tuple(_cells(table, index, pick, refuted=refuted)),
                parent=table.parents[index],
                contested=_is_contested(table, index),
            )
        )
    return PlacedGrid(grid=table.grid, rows=tuple(rows), misread=table.misread)


def _pick(table: TableProblem, index: int) -> int:
    """The option of a row to pick: what the narrative contests is picked by the stated order."""
    node = table.nodes[table.node_of[index]]
    if _is_contested(table, index) and node.parent is None and not node.children:
        return min(node.within(margin_of(table, index) - 1))
    return node.pick


def _is_contested(table: TableProblem, index: int) -> bool:
    """Whether a row's own sums and what other cells say of it cannot both hold."""
    node = table.nodes[table.node_of[index]]
    return any(table.missed[index][at] for at in node.within(0))


def _cells(
    table: TableProblem, index: int, pick: tuple[int | None, ...], *, refuted: bool
) -> list[PlacedCell]:
    row, node = table.grid.rows[index], table.nodes[table.node_of[index]]
    drawn = all(cell.column is not None for cell in row.numbers)
    # A row that is drawn and whose own sums do not hold may have lost a cell.
    broken = index in table.opened and bool(table.choices[index][node.pick].cost)
    trusted = drawn and not row.shifted and not refuted and not broken
    ways = [table.ways(index)[at] for at in node.within(margin_of(table, index) - 1 + node.gap)]
    # Where a header lost columns, more may be open than was seen.
    whole = not table.misread
    cells = []
    for at, number in enumerate(row.numbers):
        column = pick[at]
        rivals = {way[at] for way in ways} - {column, None}
        if column is None:
            placement = Placement.UNPLACED
        elif trusted or (broken and not refuted and not rivals):
            placement, rivals = Placement.PRINTED, set()
        elif rivals or not whole:
            placement = Placement.CHOSEN
        else:
            placement = Placement.PROVED
        cells.append(
            PlacedCell(
                number=number,
                column=column,
                placement=placement,
                rivals=tuple(sorted(rival for rival in rivals if rival is not None)),
                complete=(whole and node.known is Known.ALL) or placement is not Placement.CHOSEN,
            )
        )
    return cells


def margin_of(table: TableProblem, index: int) -> int:
    """How many more identities the rivals of a row's numbers have to break to be ruled out: one.

    In a row whose own identities do not hold, a number may be missing or damaged. One such number
    breaks each identity that it is in, also where the others stand right: so many more, less those
    that are seen to be broken, have to speak against a rival. Where other cells contest the row as
    a whole, every rival that is known stays.
    """
    node = table.nodes[table.node_of[index]]
    if not any(node.options[at].cost for at in node.within(0)):
        return 1
    if _is_contested(table, index):
        return DEPTH + 1
    touched = node.options[node.pick].cost + len(_broken(table, node))
    if node.parent is not None:
        touched += len(_broken(table, table.nodes[node.parent]))
    # A drawn boundary that is in doubt speaks for nothing.
    doubt = index in table.opened
    return min(max(1, _identities_of_a_cell(table, index) + 1 - touched) + doubt, DEPTH + 1)


def depth_of(table: TableProblem) -> int:
    """How much above the least rivals have to be known, for some row of a solved table."""
    open_rows = [i for i, at in table.node_of.items() if len(table.nodes[at].options) > 1]
    return max((margin_of(table, index) - 1 for index in open_rows), default=0)


def refutable(table: TableProblem) -> frozenset[int]:
    """The drawn rows in which, or in whose sums, something does not hold."""
    found = set()
    for index, row in enumerate(table.grid.rows):
        node = table.nodes[table.node_of[index]]
        if not row.numbers or row.shifted or any(cell.column is None for cell in row.numbers):
            continue
        above = table.nodes[node.parent] if node.parent is not None else None
        if (
            node.options[node.pick].cost
            or _broken(table, node)
            or (above is not None and _broken(table, above))
        ):
            found.add(index)
    return frozenset(found)


def _identities_of_a_cell(table: TableProblem, index: int) -> int:
    """The most identities that one cell of a row stands in."""
    node = table.nodes[table.node_of[index]]
    tree = (node.parent is not None) + bool(node.children)
    return (
        max(
            (
                sum(column == s.total or column in s.parts for s in table.sums)
                + sum(a.row == index and column in a.columns and not a.soft for a in table.anchors)
                for column in range(len(table.grid.columns))
            ),
            default=0,
        )
        + tree
    )


def _broken(table: TableProblem, node: Node) -> list[int]:
    """The columns in which a total and the rows below it, as picked, do not sum."""
    if not node.children:
        return []
    total = node.options[node.pick].vector
    below = [table.nodes[child].options[table.nodes[child].pick].vector for child in node.children]
    found = []
    for column, value in enumerate(total):
        parts = [vector[column] for vector in below]
        if value is None or None in parts:
            continue
        added = [part for part in parts if part is not None and part != BLANK]
        rest = sum(added) - (0 if value == BLANK else value)
        if 2 * rest > len(added) + 1 or -2 * rest > len(below) + 1:
            found.append(column)
    return found
