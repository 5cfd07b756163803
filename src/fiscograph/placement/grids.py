"""Tables placed: each number in its column, with how sure that is and its rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from fiscograph.budget import Placement
from fiscograph.forms.grid import Grid, Row
from fiscograph.forms.schema import FormBook, Grammar
from fiscograph.placement.anchors import anchors_of
from fiscograph.placement.blocks import ordered_by_closure
from fiscograph.placement.candidates import ColumnSum, assignments
from fiscograph.placement.placed import Anchor, PlacedCell, PlacedGrid, PlacedRow, decimals_of
from fiscograph.placement.preference import canonical
from fiscograph.placement.structure import parents_of
from fiscograph.placement.tree import Node, Vector, solve


def place_all(
    grids: Sequence[Grid], book: FormBook, told: Mapping[str, Decimal] | None = None
) -> tuple[PlacedGrid, ...]:
    """Place the numbers of all tables of a filing.

    Each table is placed by itself first. What a table then settles anchors the totals of others by
    the equalities of the forms, until nothing new is anchored. ``told`` are amounts in yuan that the
    narrative tells of columns of one-row forms: they count as much as a row identity.
    """
    by_prose = told or {}
    placed = [place(grid, (), by_prose) for grid in grids]
    known: list[tuple[Anchor, ...]] = [() for _ in grids]
    for _ in range(len(grids) + 1):
        fresh = [anchors_of(index, placed, book) for index in range(len(grids))]
        if fresh == known:
            break
        for index, anchors in enumerate(fresh):
            if anchors != known[index]:
                placed[index] = place(grids[index], anchors, by_prose)
        known = fresh
    return tuple(placed)


def place(
    grid: Grid, anchors: Sequence[Anchor], told: Mapping[str, Decimal] | None = None
) -> PlacedGrid:
    """Place one table's numbers by order, row identities, its tree and the given anchors."""
    parents = parents_of(grid.rows, grid.form.grammar)
    scale = max((decimals_of(cell.value) for row in grid.rows for cell in row.numbers), default=2)
    nodes, ways, order = _nodes(grid, parents, anchors, _told_columns(grid, told or {}, scale))
    solve(nodes, unit=1)
    _order_by_closure(grid, parents, ways, {i: nodes[order[i]] for i in order}, scale)
    rows: list[PlacedRow] = []
    for index, row in enumerate(grid.rows):
        node = nodes[order[index]]
        cells = _placed_cells(row, ways[index], node)
        rows.append(PlacedRow(row=row, cells=cells, parent=parents[index]))
    return PlacedGrid(grid=grid, rows=tuple(rows))


def _order_by_closure(
    grid: Grid,
    parents: Sequence[int | None],
    ways: Sequence[Sequence[tuple[int | None, ...]]],
    nodes: Mapping[int, Node],
    scale: int,
) -> None:
    """Under a total whose sums do not hold or are too many, exact closure picks among rivals."""
    for total, node in nodes.items():
        if not (node.relaxed or node.incomplete) or len(node.alive) != 1:
            continue
        below = [i for i in nodes if parents[i] == total and grid.rows[i].numbers]
        numbers = {i: [int(c.value.scaleb(scale)) for c in grid.rows[i].numbers] for i in below}
        totals = {
            column: value for column, value in enumerate(node.candidates[node.alive[0]]) if value
        }
        rivals = {i: [ways[i][at] for at in nodes[i].alive] for i in below}
        for index, way in ordered_by_closure(numbers, rivals, totals, _sums(grid)).items():
            nodes[index].pick = ways[index].index(way)


def _nodes(
    grid: Grid,
    parents: Sequence[int | None],
    anchors: Sequence[Anchor],
    told: tuple[int, Mapping[int, int]],
) -> tuple[list[Node], list[tuple[tuple[int | None, ...], ...]], dict[int, int]]:
    """The nodes of the tree, parents first; the ways to place each row; where each row stands."""
    width, scale = len(grid.columns), told[0]
    ways = [_ways(grid, row, told) for row in grid.rows]
    total = next(
        (i for i, row in enumerate(grid.rows) if row.level == 0 and row.numbers and not row.side),
        None,
    )
    if total is not None and anchors:
        ways[total] = _anchored(ways[total], grid.rows[total], anchors, scale)
    tops = [i for i, row in enumerate(grid.rows) if parents[i] is None and row.numbers]
    virtual = total is None and bool(anchors) and bool(tops)
    nodes: list[Node] = []
    order: dict[int, int] = {}
    if virtual:
        nodes.append(_virtual(anchors, width, scale))
    pending = list(range(len(grid.rows)))
    while pending:
        rest = []
        for index in pending:
            parent = parents[index]
            if parent is not None and parent not in order:
                rest.append(index)
                continue
            above = order[parent] if parent is not None else None
            if above is None and virtual and index in tops:
                above = 0
            order[index] = len(nodes)
            nodes.append(
                Node(
                    candidates=[
                        _vector(grid.rows[index], way, width, scale) for way in ways[index]
                    ],
                    parent=above,
                    known=(True,) * width,
                )
            )
        pending = rest
    return nodes, ways, order


def _virtual(anchors: Sequence[Anchor], width: int, scale: int) -> Node:
    hard = {anchor.column: anchor.value for anchor in anchors if not anchor.soft}
    vector = tuple(int((hard.get(i) or Decimal(0)).scaleb(scale)) for i in range(width))
    return Node(
        candidates=[vector], parent=None, known=tuple(index in hard for index in range(width))
    )


def _vector(row: Row, way: Sequence[int | None], width: int, scale: int) -> Vector:
    values = [0] * width
    for cell, column in zip(row.numbers, way, strict=True):
        if column is not None:
            values[column] += int(cell.value.scaleb(scale))
    return tuple(values)


def _told_columns(
    grid: Grid, told: Mapping[str, Decimal], scale: int
) -> tuple[int, Mapping[int, int]]:
    """The scale, and what the narrative tells of columns of the latest year, as integers."""
    if grid.form.grammar is not Grammar.ITEM_COLUMNS or grid.unit is None:
        return scale, {}
    latest = max((column.year or 0 for column in grid.columns), default=0)
    return scale, {
        index: int((told[column.key] / grid.unit.value).scaleb(scale))
        for index, column in enumerate(grid.columns)
        if column.key in told and (column.year or 0) == latest
    }


def _ways(
    grid: Grid, row: Row, told: tuple[int, Mapping[int, int]]
) -> tuple[tuple[int | None, ...], ...]:
    scale, by_prose = told
    if all(cell.column is not None for cell in row.numbers):
        return (tuple(cell.column for cell in row.numbers),)
    allowed = [
        index
        for index, column in enumerate(grid.columns)
        if not row.side or column.side == row.side
    ]
    printed: list[tuple[int, int | None]] = [
        (cell.span.start, int(cell.value.scaleb(scale))) for cell in row.numbers
    ]
    printed += [(span.start, None) for span in row.damaged]
    printed.sort(key=lambda pair: pair[0])
    values = [value for _, value in printed]
    ways = assignments(values, allowed, _sums(grid), 1, by_prose)
    read = [at for at, value in enumerate(values) if value is not None]
    found = tuple(dict.fromkeys(tuple(way[at] for at in read) for way in ways))
    told_first = sorted(
        found,
        key=lambda way: sum(
            dict(zip(way, (values[at] for at in read), strict=True)).get(column, 0) != value
            for column, value in by_prose.items()
        ),
    )
    if by_prose:
        return tuple(told_first)
    return canonical(found, row, grid) or ((None,) * len(row.numbers),)


def _sums(grid: Grid) -> list[ColumnSum]:
    """The form's row identities over the columns that the table has, for each year and side."""
    sums = []
    for group in sorted({(column.year or 0, column.side) for column in grid.columns}):
        index_of = {
            column.key: index
            for index, column in enumerate(grid.columns)
            if (column.year or 0, column.side) == group and column.key
        }
        for identity in grid.form.identities:
            over = identity.over(index_of)
            if over is not None:
                sums.append(
                    ColumnSum(
                        total=index_of[over.total],
                        parts=tuple(index_of[p] for p in over.parts),
                        main=over.total == next(iter(index_of)),
                        group=tuple(index_of.values()),
                    )
                )
    return sums


def _anchored(
    ways: tuple[tuple[int | None, ...], ...], row: Row, anchors: Sequence[Anchor], scale: int
) -> tuple[tuple[int | None, ...], ...]:
    """The ways of a total that agree with the most anchors; soft anchors only order the rest."""

    def agreement(way: Sequence[int | None], anchor: Anchor) -> int:
        value = next(
            (
                cell.value
                for cell, column in zip(row.numbers, way, strict=True)
                if column == anchor.column
            ),
            Decimal(0),
        )
        return abs(value - anchor.value) <= Decimal(1).scaleb(-scale)

    hard = [anchor for anchor in anchors if not anchor.soft]
    best = max(sum(agreement(way, anchor) for anchor in hard) for way in ways)
    kept = [way for way in ways if sum(agreement(way, anchor) for anchor in hard) == best]
    soft = [anchor for anchor in anchors if anchor.soft]
    kept.sort(key=lambda way: -sum(agreement(way, anchor) for anchor in soft))
    return tuple(kept)


def _placed_cells(
    row: Row, ways: Sequence[Sequence[int | None]], node: Node
) -> tuple[PlacedCell, ...]:
    drawn = all(cell.column is not None for cell in row.numbers)
    alive = [ways[i] for i in node.alive]
    pick = ways[node.pick]
    cells = []
    for place_, number in enumerate(row.numbers):
        column = pick[place_]
        rivals = tuple(
            sorted({way[place_] for way in alive if way[place_] is not None} - {column})  # type: ignore[type-var]
        )
        if column is None:
            placement = Placement.UNPLACED
        elif drawn and not row.shifted:
            placement = Placement.PRINTED
        else:
            placement = Placement.CHOSEN
        cells.append(
            PlacedCell(
                number=number,
                column=column,
                placement=placement,
                rivals=tuple(r for r in rivals if r is not None),
            )
        )
    return tuple(cells)
