"""The frontier: what money is for, once, at the finest level that its table bears out.

The widest-scope table gives the first nodes. A node gives way to finer rows or columns of the next
table only where these sum to it within the tolerance; otherwise it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscograph.budget import Placement, label_key
from fiscograph.identities import tolerance_of_sum
from fiscograph.placement import PlacedCell, PlacedGrid, PlacedRow
from fiscograph.provenance import Place

_FUNDS = (
    "GPB",
    "GFB",
    "SCB",
    "FSA",
    "UNIT_BIZ",
    "FSA_EDU",
    "UNIT_UP",
    "UNIT_SUB",
    "UNIT_OP",
    "UNIT_OTH",
    "CARRY",
    "SURPLUS",
)
# 人员经费 and 公用经费 make up 基本支出.
_WIDER = {"personnel": "basic", "public": "basic"}
_TOTALS = frozenset({"total", "budget"})
_SPENDING = ("basic", "project", "upward", "operating", "subordinate", "personnel", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An amount in yuan for one class; ``fund`` and ``spending`` are None where not stated.

    ``evidence`` are the places that print it, the winning one first.
    """

    code: str | None
    label: str
    fund: str | None
    spending: str | None
    amount: Decimal
    evidence: tuple[Place, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A node that stayed although a finer table has it: ``parts`` do not sum to it."""

    node: Node
    parts: tuple[Node, ...]


class View:
    """A table as classes with amounts: its rows, its tree, and its columns of the filing's year."""

    def __init__(self, placed: PlacedGrid, source: str, factor: Decimal, year: int) -> None:
        self.placed, self.source, self.factor = placed, source, factor
        self.form = placed.grid.form
        self.columns = [
            index
            for index, column in enumerate(placed.grid.columns)
            if column.key and column.year in {None, year} and column.side not in {"income", "use"}
        ]
        self.children: dict[int, list[int]] = {}
        for index, row in enumerate(placed.rows):
            if row.parent is not None:
                self.children.setdefault(row.parent, []).append(index)

    @property
    def funds(self) -> frozenset[str]:
        """The funds whose money alone the table prints; none where it prints all money."""
        if self.form.fund is not None:
            return frozenset({self.form.fund})
        totals = [rule for rule in self.form.identities if rule.total in _TOTALS]
        parts = {part for rule in totals for part in rule.parts}
        return frozenset(parts) if parts < frozenset(_FUNDS) else frozenset()

    def is_sure(self, indices: Sequence[int]) -> bool:
        """Whether the columns of some rows' amounts are known, not chosen among several."""
        cells = [cell for index in indices for cell in self.placed.rows[index].cells]
        return all(cell.placement is not Placement.CHOSEN for cell in cells)

    @property
    def step(self) -> Decimal:
        """Half a unit of the last printed decimal, in yuan."""
        return tolerance_of_sum(0, self.placed.decimals) * self.factor

    def code(self, row: PlacedRow) -> str | None:
        return row.row.code or row.row.key

    def rows_of(self, node: Node) -> list[int]:
        """The rows that print a node's class: its own row, else those right below its code."""
        rows = self.placed.rows
        own = [
            i
            for i, row in enumerate(rows)
            if row.row.role == "item" and row.cells and self._same_label(row, node)
        ] or [
            i
            for i, row in enumerate(rows)
            if row.row.role == "item"
            and row.cells
            and node.code is not None
            and self.code(row) == node.code
        ]
        if own or node.code is None:
            return own[:1]
        under = [
            i
            for i, row in enumerate(rows)
            if row.row.role == "item"
            and row.cells
            and (self.code(row) or "").startswith(node.code)
            and self.code(row) != node.code
        ]
        return [i for i in under if not self._has_ancestor(i, under)]

    def _same_label(self, row: PlacedRow, node: Node) -> bool:
        """Whether a row prints the node's label under its code or a code below it."""
        code = self.code(row)
        if label_key(row.row.label) != label_key(node.label):
            return False
        return node.code is None or code is None or code.startswith(node.code)

    def _has_ancestor(self, index: int, among: Sequence[int]) -> bool:
        parent = self.placed.rows[index].parent
        while parent is not None:
            if parent in among:
                return True
            parent = self.placed.rows[parent].parent
        return False

    def leaves(self, index: int) -> list[int]:
        """The finest rows under a row whose totals sum to it within the tolerance."""
        below = [child for child in self.children.get(index, ()) if self.placed.rows[child].cells]
        parts = [leaf for child in below for leaf in self.leaves(child)]
        if not parts:
            return [index]
        whole, total = self.total(index), sum((self.total(p) for p in parts), Decimal(0))
        if abs(whole - total) <= self.step * (len(parts) + 1):
            return parts
        if abs(whole - sum((self.total(c) for c in below), Decimal(0))) <= self.step * (
            len(below) + 1
        ):
            return below
        return [index]

    def total(self, index: int) -> Decimal:
        """A row's amount in yuan: its total column, else the sum of its columns."""
        row = self.placed.rows[index]
        amounts = {cell.column: cell.number.value for cell in row.cells}
        for column in self.columns:
            key = self.placed.grid.columns[column].key
            if key in _TOTALS:
                return amounts.get(column, Decimal(0)) * self.factor
        return sum((amounts.get(c, Decimal(0)) for c in self.columns), Decimal(0)) * self.factor

    def nodes_of(self, index: int, like: Node | None) -> list[Node]:
        """A row as nodes: one a fund or spending column, where these sum to its total."""
        row = self.placed.rows[index]
        whole = replace(self._node(row, self._total_cell(row), like), amount=self.total(index))
        for keys, kind in ((_SPENDING, "spending"), (_FUNDS, "fund")):
            parts = [
                _keyed(self._node(row, cell, like), kind, self.placed.grid.columns[column].key)
                for column in self.columns
                if self.placed.grid.columns[column].key in keys
                and (cell := row.cell(column)) is not None
                and cell.number.value
            ]
            total = sum((part.amount for part in parts), Decimal(0))
            if parts and abs(total - whole.amount) <= self.step * (len(parts) + 1):
                return parts
        return [whole]

    def _node(self, row: PlacedRow, cell: PlacedCell, like: Node | None) -> Node:
        return Node(
            code=self.code(row),
            label=row.row.label,
            fund=self.form.fund or (like.fund if like else None),
            spending=(like.spending if like else None) or self.form.spending,
            amount=cell.number.value * self.factor,
            evidence=(Place(source=self.source, span=cell.number.span),),
            rule="finer-rows" if like else "widest-scope",
        )

    def _total_cell(self, row: PlacedRow) -> PlacedCell:
        """The cell of a row's total column, else its first cell of the filing's own year."""
        columns = self.placed.grid.columns
        own = [cell for cell in row.cells if cell.column in self.columns]
        totals = [c for c in own if c.column is not None and columns[c.column].key in _TOTALS]
        return (totals or own or list(row.cells))[0]


def _keyed(node: Node, kind: str, key: str) -> Node:
    return replace(node, fund=key) if kind == "fund" else replace(node, spending=key)


def refine(nodes: Sequence[Node], view: View) -> tuple[list[Node], list[Kept]]:
    """Replace nodes by finer ones of one table where these sum to them."""
    refined: list[Node] = []
    kept: list[Kept] = []
    for node in nodes:
        if view.form.fund is not None and node.fund not in {None, view.form.fund}:
            refined.append(node)
            continue
        rows = view.rows_of(node)
        leaves = [leaf for row in rows for leaf in view.leaves(row)]
        parts = [part for leaf in leaves for part in view.nodes_of(leaf, node) if part.amount]
        parts = _compatible(node, parts)
        total = sum((part.amount for part in parts), Decimal(0))
        if not parts or _coarser(node, parts, 2 * view.step):
            refined.append(node)
        elif abs(total - node.amount) <= view.step * (len(parts) + 1):
            refined.extend(_merged(node, parts))
        else:
            refined.append(node)
            same = [other.amount for other in nodes if other.code == node.code]
            if view.is_sure([*rows, *leaves]) and _contradicts(node, sum(same), total, view):
                kept.append(Kept(node=node, parts=tuple(parts)))
    return refined, kept


def _contradicts(node: Node, together: Decimal | int, total: Decimal, view: View) -> bool:
    """Whether parts that do not sum to a node say something else than its own table.

    A table of some funds prints only their part of a class that other sources pay too; more than
    the whole it cannot be, but a table of one fund may print a carried amount besides. Of a class
    that was divided by funds before, a table without them prints the whole.
    """
    if view.funds and node.fund is None:
        return view.form.fund is None and total > node.amount
    return abs(total - together) > 2 * view.step


def _compatible(node: Node, parts: Sequence[Node]) -> list[Node]:
    """The parts that belong to the node: of its own spending type, where both state one."""
    return [
        part
        for part in parts
        if node.spending is None
        or part.spending is None
        or part.spending == node.spending
        or _WIDER.get(part.spending) == node.spending
    ]


def _coarser(node: Node, parts: Sequence[Node], tolerance: Decimal) -> bool:
    """Whether a table prints the node's class as a whole, of which the node is one spending type."""
    if len(parts) == 1 and _WIDER.get(parts[0].spending or "") == node.spending:
        return False
    only = parts[0]
    return (len(parts) == 1 and only.code == node.code and only.spending != node.spending) or (
        len(parts) == 1 and node.spending is not None and only.amount - node.amount > tolerance
    )


def _merged(node: Node, parts: Sequence[Node]) -> list[Node]:
    """Parts with the node's evidence where a part is the node itself printed again."""
    if len(parts) == 1:
        part = parts[0]
        same = part.code == node.code
        return [
            replace(
                part,
                fund=part.fund or node.fund,
                spending=part.spending or node.spending,
                amount=node.amount if same else part.amount,
                evidence=tuple(
                    dict.fromkeys((*node.evidence, *part.evidence) if same else part.evidence)
                ),
                rule=node.rule if same else part.rule,
            )
        ]
    return [
        replace(part, fund=part.fund or node.fund, spending=part.spending or node.spending)
        for part in parts
    ]
