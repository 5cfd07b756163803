"""Tables that were not read well enough for their sums to tell anything of the filing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fiscograph.budget import IdentityCheck, Outcome, PrintedAmount
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Span
from fiscograph.reconciliation.repair import repairs_of

_CODE = re.compile(r"0\d+\Z")
_WITHIN = frozenset({"row-sum", "tree-sum"})
_SEVERAL = 2


def without_misread(
    checks: Sequence[IdentityCheck],
    amounts: Sequence[PrintedAmount],
    grids: Sequence[PlacedGrid],
) -> tuple[IdentityCheck, ...]:
    """The checks, of which none fails in a table that is more likely misread than misprinted.

    Filings err in single numbers. A table has not been read where a number of it has no column or
    is a code (05), or where half of its own sums fail, several of them, and no one value explains
    them: what it tells is not checkable, here and against other tables.
    """
    table_of = {
        cell.number.span: index
        for index, grid in enumerate(grids)
        for row in grid.rows
        for cell in row.cells
    }
    misread = {
        *(index for index, grid in enumerate(grids) if _has_stray_numbers(grid)),
        *_mostly_failing(checks, amounts, table_of),
    }
    return tuple(
        replace(check, outcome=Outcome.NOT_CHECKABLE)
        if check.outcome is Outcome.FAILS
        and any(table_of.get(term.span) in misread for term in check.terms)
        else check
        for check in checks
    )


def _has_stray_numbers(grid: PlacedGrid) -> bool:
    return any(
        cell.column is None or _CODE.match(cell.number.text)
        for row in grid.rows
        for cell in row.cells
    )


def _mostly_failing(
    checks: Iterable[IdentityCheck], amounts: Iterable[PrintedAmount], table_of: dict[Span, int]
) -> set[int]:
    tried: Counter[int] = Counter()
    failing: Counter[int] = Counter()
    own = [check for check in checks if check.rule in _WITHIN]
    explained = repairs_of(checks, amounts)
    for check in own:
        index = table_of.get(check.terms[0].span)
        if index is None or check.outcome is Outcome.NOT_CHECKABLE:
            continue
        tried[index] += 1
        if check.outcome is Outcome.FAILS and (check.rule, check.key) not in explained:
            failing[index] += 1
    return {
        index for index, count in failing.items() if count >= _SEVERAL and 2 * count >= tried[index]
    }
