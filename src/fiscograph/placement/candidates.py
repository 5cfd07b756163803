"""Where the numbers of one row can stand: by order, by what is drawn, by the row's identities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

# A total without its parts is weaker evidence than a closed sum, and stronger than an open one.
_CLOSED, _LONELY_TOTAL, _OPEN, _NO_TOTAL = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSum:
    """A row identity over column indices; ``main`` marks the total of the whole row."""

    total: int
    parts: tuple[int, ...]
    main: bool = False
    group: tuple[int, ...] = ()


def assignments(
    values: Sequence[int | None],
    columns: Sequence[int],
    sums: Sequence[ColumnSum],
    tolerance: int,
    told: Mapping[int, int] | None = None,
) -> tuple[tuple[int, ...], ...]:
    """All ways to place a row's numbers, in order, that break the fewest row identities.

    Args:
        values: the numbers in reading order, in the smallest printed unit; None for a number
            that is damaged beyond reading, which fits any sum.
        columns: the indices of the columns that the row may use, in order.
        sums: the row identities; a blank counts zero.
        tolerance: how far a sum may miss, in the smallest printed unit.
        told: what the narrative tells of columns; a blank column tells zero. It weighs as much as
            a row identity.

    Returns:
        for each way the column index of each number, in lexicographic order: the canonical order.
        Empty where there are more numbers than columns.
    """
    best: list[tuple[int, ...]] = []
    least: int | None = None
    for places in combinations(columns, len(values)):
        placed = dict(zip(places, values, strict=True))
        cost = sum(_cost(placed, identity, tolerance) for identity in sums)
        cost += sum(
            _OPEN for column, value in (told or {}).items() if (placed.get(column) or 0) != value
        )
        if least is None or cost < least:
            best, least = [places], cost
        elif cost == least:
            best.append(places)
    return tuple(best)


def _lacks_total(placed: dict[int, int | None], identity: ColumnSum) -> bool:
    return identity.main and any(column in placed for column in identity.group)


def _cost(placed: dict[int, int | None], identity: ColumnSum, tolerance: int) -> int:
    involved = (identity.total, *identity.parts)
    if any(column in placed and placed[column] is None for column in involved):
        return _CLOSED
    parts = [value for part in identity.parts if (value := placed.get(part)) is not None]
    total = placed.get(identity.total)
    if total is None and (parts or _lacks_total(placed, identity)):
        return _NO_TOTAL
    if total is None and not parts:
        return _CLOSED
    if total is not None and not parts and total != 0:
        return _LONELY_TOTAL
    if 2 * abs((total or 0) - sum(parts)) <= tolerance * (len(identity.parts) + 1):
        return _CLOSED
    return _OPEN
