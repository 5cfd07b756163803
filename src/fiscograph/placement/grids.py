"""Tables placed: all numbers of a filing in their columns, by all its identities together."""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.budget import Unit
from fiscograph.forms.grid import Grid
from fiscograph.forms.layout import common_unit
from fiscograph.forms.narrative import ToldAmount
from fiscograph.forms.schema import FormBook
from fiscograph.placement.blocks import ordered_by_closure
from fiscograph.placement.cross import anchors_of, equalities_of, told_anchors
from fiscograph.placement.placed import PlacedGrid
from fiscograph.placement.problem import Anchor, TableProblem
from fiscograph.placement.tree import BLANK, Known, solve
from fiscograph.placement.verdict import depth_of, placed_grid, refutable


def place_all(
    grids: Sequence[Grid], book: FormBook, told: Sequence[ToldAmount] = ()
) -> tuple[PlacedGrid, ...]:
    """Place the numbers of all tables of a filing.

    Each table is solved by itself first. What is settled in one table then anchors the cells of
    others by the equalities of the forms, until nothing new is anchored. ``told`` is what the
    narrative says of columns.
    """
    tables = [TableProblem(grid=grid) for grid in grids]
    for table in tables:
        settle(table)
    equalities = equalities_of(book, grids)
    unit = common_unit(grids) or Unit.TEN_THOUSAND_YUAN
    for _ in range(len(tables) + 1):
        fresh = [
            (*told_anchors(table, told, unit), *anchors_of(table, tables, equalities, unit))
            for table in tables
        ]
        if all(table.anchors == anchors for table, anchors in zip(tables, fresh, strict=True)):
            break
        for table, anchors in zip(tables, fresh, strict=True):
            if table.anchors != anchors:
                table.anchors = anchors
                settle(table)
    return tuple(_placed(table) for table in tables)


def place(grid: Grid, anchors: Sequence[Anchor] = ()) -> PlacedGrid:
    """Place one table's numbers by order, row identities, its tree and the given anchors."""
    table = TableProblem(grid=grid, anchors=tuple(anchors))
    settle(table)
    return _placed(table)


def settle(table: TableProblem) -> None:
    """Pose and solve a table, as deep as its contradictions ask for."""
    before = (table.nodes, table.node_of, table.choices, table.opened)
    table.opened = frozenset()
    table.pose()
    posed = tuple((tuple(node.options), node.parent) for node in table.nodes)
    if posed == table.posed:
        # What is new rules nothing out: the table is solved already.
        table.nodes, table.node_of, table.choices, table.opened = before
        return
    table.posed = posed
    _solve(table)
    table.opened = refutable(table)
    if table.opened:
        table.pose()
        _solve(table)


def _solve(table: TableProblem) -> None:
    """Solve a table; where a row's own identities do not hold, its rivals are looked at deeper."""
    followed = solve(table.nodes)
    deeper = depth_of(table)
    if followed and deeper:
        solve(table.nodes, slack=deeper)


def _placed(table: TableProblem) -> PlacedGrid:
    return placed_grid(table, _ordered_by_closure(table))


def _ordered_by_closure(table: TableProblem) -> dict[int, int]:
    """Under a total whose sums do not hold or are too many, exact closure picks among rivals."""
    picks: dict[int, int] = {}
    for total, at in table.node_of.items():
        node = table.nodes[at]
        if not (node.least or node.known is not Known.ALL) or len(node.within(0)) != 1:
            continue
        below = [
            index
            for index in table.node_of
            if table.parents[index] == total and table.grid.rows[index].numbers
        ]
        numbers = {
            index: [table.integer(cell.value) for cell in table.grid.rows[index].numbers]
            for index in below
        }
        vector = node.options[node.within(0)[0]].vector
        totals = {
            column: value
            for column, value in enumerate(vector)
            if value is not None and value != BLANK and value
        }
        rivals = {
            index: [table.ways(index)[way] for way in table.nodes[table.node_of[index]].within(0)]
            for index in below
        }
        found = ordered_by_closure(numbers, rivals, totals, table.sums)
        picks.update({index: table.ways(index).index(way) for index, way in found.items()})
    return picks
