"""The first nodes of a cube: what the rows of its widest table stand for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fiscograph.assembly.frontier import Node, View
from fiscograph.budget import label_key, name_key
from fiscograph.forms import Grammar
from fiscograph.forms.labels import plain_label
from fiscograph.placement import PlacedCell, PlacedRow
from fiscograph.provenance import Place

_SOURCES_OF_FUND = frozenset({"GPB", "GFB", "SCB", "FSA"})


def top_rows(view: View, side: str) -> list[int]:
    """The classes at the top of a table: what its total sums, headings left out."""
    rows = view.placed.rows
    usable = [
        i
        for i, row in enumerate(rows)
        if row.cells and row.row.role == "item" and row.row.side in {"", side}
    ]
    among = set(usable)
    tops = []
    for index in usable:
        parent = rows[index].parent
        while parent is not None and parent not in among:
            parent = rows[parent].parent
        if parent is None:
            tops.append(index)
    return tops


def total_cell(view: View, side: str) -> PlacedCell | None:
    """The cell that prints a table's total, by its total row or, on a side, that of the side.

    Where a balance carries money forward, its total is more than was spent: the year's own is taken.
    """
    carried = side == "expenditure" and any(
        row.row.role == "stock" and row.row.side == side and any(c.number.value for c in row.cells)
        for row in view.placed.rows
    )
    wanted = ("subtotal", "current") if carried else ("total", None)
    for row in view.placed.rows:
        if row.row.role != wanted[0] or row.row.side not in {"", side} or not row.cells:
            continue
        if wanted[1] not in {None, row.row.key}:
            continue
        keys = {"total", "budget"}
        return next(
            (
                c
                for c in row.cells
                if c.column is not None and view.placed.grid.columns[c.column].key in keys
            ),
            row.cells[0],
        )
    return None


def notation_of(node: Node) -> str:
    return node.code or name_key(label_key(node.label))


def cell_node(view: View, row: PlacedRow, column: int, source: str) -> Node:
    spec = view.placed.grid.columns[column]
    cell = next(cell for cell in row.cells if cell.column == column)
    return Node(
        code=spec.key,
        label=spec.path[-1],
        fund=view.form.fund,
        spending=None,
        amount=cell.number.value * view.factor,
        evidence=(Place(source=source, span=cell.number.span),),
        rule="widest-scope",
    )


def income_nodes(view: View, source: str) -> list[Node]:
    """The income items and stocks of a two-sided table that print an amount."""
    rows = view.placed.rows
    nodes = []
    for index, row in enumerate(rows):
        if row.row.side != "income" or not row.cells or row.row.role not in {"item", "stock"}:
            continue
        if row.row.role == "stock" and any(other.parent == index and other.cells for other in rows):
            continue
        key = row.row.key or name_key(row.row.label)
        carried, _, fund = key.partition("/")
        own = fund or carried
        stock = rows[row.parent].row if fund and row.parent is not None else None
        nodes.append(
            Node(
                code=carried,
                label=f"{plain_label(stock.label)}/{row.row.label}" if stock else row.row.label,
                fund=own if own in _SOURCES_OF_FUND else None,
                spending=None,
                amount=row.cells[0].number.value * view.factor,
                evidence=(Place(source=source, span=row.cells[0].number.span),),
                rule="widest-scope",
            )
        )
    return [node for node in nodes if node.amount]


def with_carried(nodes: Sequence[Node], finer: Sequence[Node], view: View) -> list[Node]:
    """Stocks divided by fund where a finer table's parts sum to them; other printings as evidence."""
    refined: list[Node] = []
    for node in nodes:
        parts = [part for part in finer if part.code == node.code]
        total = sum((part.amount for part in parts), Decimal(0))
        if parts and abs(total - node.amount) <= view.step * (len(parts) + 1):
            if len(parts) == 1:
                merged = Node(
                    code=node.code,
                    label=node.label,
                    fund=parts[0].fund or node.fund,
                    spending=None,
                    amount=node.amount,
                    evidence=(*node.evidence, *parts[0].evidence),
                    rule=node.rule,
                )
                refined.append(merged)
            else:
                refined.extend(parts)
        else:
            refined.append(node)
    return refined


def first_nodes(view: View, side: str) -> list[Node]:
    """The finest classes that a table's own rows bear out, with an amount."""
    return [
        node
        for index in top_rows(view, side)
        for leaf in view.leaves(index)
        for node in view.nodes_of(leaf, None)
        if node.amount
    ]


def sums_to_total(view: View, side: str, nodes: Sequence[Node]) -> bool:
    """Whether nodes sum to the total that their table prints.

    Where it prints none, a balance is not whole, while a table of classes need not have a total.
    """
    cell = total_cell(view, side)
    if cell is None:
        return view.form.grammar is not Grammar.TWO_SIDED
    parts = sum((node.amount for node in nodes), Decimal(0))
    return abs(cell.number.value * view.factor - parts) <= view.step * (len(nodes) + 1)
