"""The tree of a table's rows: which row sums which others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscograph.forms.grid import Row
from fiscograph.forms.schema import Grammar


def parents_of(rows: Sequence[Row], grammar: Grammar) -> list[int | None]:
    """The index of the row that sums each row, or None.

    A row without numbers sums nothing: its children belong to its own parent.
    """
    if grammar is Grammar.TWO_SIDED:
        parents: list[int | None] = [None] * len(rows)
        for side in ("income", "expenditure", "use"):
            _two_sided(rows, [i for i, row in enumerate(rows) if row.side == side], parents)
    else:
        parents = _by_level(rows)
    return [_printed_parent(index, parents, rows) for index in range(len(rows))]


def _printed_parent(index: int, parents: Sequence[int | None], rows: Sequence[Row]) -> int | None:
    parent = parents[index]
    while parent is not None and not rows[parent].numbers:
        parent = parents[parent]
    return parent


def _by_level(rows: Sequence[Row]) -> list[int | None]:
    """Each row belongs to the nearest row above it of a lower level; totals may stand last."""
    parents: list[int | None] = []
    stack: list[int] = []
    last_total = next(
        (i for i in range(len(rows) - 1, -1, -1) if rows[i].level == 0 and rows[i].numbers), None
    )
    for index, row in enumerate(rows):
        while stack and rows[stack[-1]].level >= row.level:
            stack.pop()
        parent = stack[-1] if stack else None
        if parent is None and row.level > 0 and last_total is not None and last_total > index:
            parent = last_total
        parents.append(parent)
        stack.append(index)
    return parents


_MARK = re.compile(
    r"\s*(?:(?P<han>[一二三四五六七八九十]+、)|(?P<arabic>\d+[.、])|(?P<round>[（(]))"
)


def _same_mark(row: Row, heading: Row) -> bool:
    """Whether two labels are enumerated in the same style; unmarked ones are not."""
    one, other = _MARK.match(row.label), _MARK.match(heading.label)
    return one is not None and other is not None and one.lastgroup == other.lastgroup


def _two_sided(rows: Sequence[Row], side: Sequence[int], parents: list[int | None]) -> None:
    """Items belong to the heading above them, else to the subtotal below, else to the total."""
    heading: int | None = None
    waiting: list[int] = []
    top: list[int] = []
    totals = [i for i in side if rows[i].role == "total"]
    grouped = any(rows[i].role == "group" for i in side)
    for index in side:
        role = rows[index].role
        if role == "subtotal":
            stocks = [i for i in top if rows[i].role == "stock"]
            for item in (*waiting, *(i for i in top if i not in stocks)):
                parents[item] = index
            waiting, heading = [], None
            top = [*stocks, index]
        elif role in {"group", "stock"}:
            heading = index if grouped else None
            top.append(index)
        elif role == "item" and heading is not None and _same_mark(rows[index], rows[heading]):
            # An item counted on with its heading (一、 … 二、) stands beside it, not under it.
            heading = None
            top.append(index)
        elif role == "item" and heading is not None:
            parents[index] = heading
        elif role == "item":
            waiting.append(index)
    if totals:
        total = next((i for i in reversed(totals) if rows[i].numbers), totals[-1])
        for index in (*top, *waiting):
            parents[index] = total
