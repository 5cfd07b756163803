"""Rivals ordered by exact closure where a table's sums do not hold as a whole.

A list of projects prints one amount a row under one of several sub-columns whose totals it states.
Where the table contradicts itself elsewhere, its tree settles nothing; a block of sub-columns whose
rows can be made to sum exactly to the stated totals then tells which rivals come first. That orders
the rivals; it proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fiscograph.placement.candidates import ColumnSum

Way = tuple[int | None, ...]

# Distinct partial sums that are followed; beyond it the block stays as it was.
_LIMIT = 5_000


def ordered_by_closure(
    rows: Mapping[int, Sequence[int]],
    ways: Mapping[int, Sequence[Way]],
    totals: Mapping[int, int],
    sums: Sequence[ColumnSum],
) -> dict[int, Way]:
    """For rows whose block closes exactly, the way that does.

    Args:
        rows: each row's numbers in the smallest printed unit, by the row's index.
        ways: each row's rivals, the canonical one first.
        totals: the total row's number of each column.
        sums: the row identities; each one's parts are a block of columns.

    Returns:
        the way of each row of a block that closes, the first in canonical order of the largest
        amounts.
    """
    chosen: dict[int, Way] = {}
    for identity in sums:
        block = set(identity.parts)
        if len(block) < 2 or not all(column in totals for column in block):
            continue
        members = {
            index: _within(ways[index], block)
            for index in rows
            if ways[index] and any(column in block for column in ways[index][0])
        }
        columns = sorted(block)
        parts = {
            index: [(way, _parts(rows[index], way, columns)) for way in members[index]]
            for index in members
        }
        order = sorted(members, key=lambda index: (-sum(parts[index][0][1]), index))
        target = tuple(totals[column] for column in columns)
        steps = [parts[index] for index in order]
        found = _first_closing(steps, target)
        if found is not None:
            chosen.update(zip(order, found, strict=True))
    return chosen


def _within(ways: Sequence[Way], block: set[int]) -> list[Way]:
    """The rivals that differ from the canonical way only within a block."""
    first = ways[0]
    return [
        way
        for way in ways
        if all(a == b or (a in block and b in block) for a, b in zip(first, way, strict=True))
    ]


def _parts(values: Sequence[int], way: Way, block: Sequence[int]) -> tuple[int, ...]:
    placed = dict(zip(way, values, strict=True))
    return tuple(placed.get(column, 0) for column in block)


def _first_closing(
    steps: Sequence[Sequence[tuple[Way, tuple[int, ...]]]], target: tuple[int, ...]
) -> list[Way] | None:
    """The first choice of ways whose parts sum exactly to the target, or None."""
    reached: list[set[tuple[int, ...]]] = [{target}]
    for options in steps:
        grown = {
            left
            for rest in reached[-1]
            for _, part in options
            if min(left := tuple(a - b for a, b in zip(rest, part, strict=True))) >= 0
        }
        if len(grown) > _LIMIT:
            return None
        reached.append(grown)
    zero = (0,) * len(target)
    if zero not in reached[-1]:
        return None
    # From the end back: the partial sums from which zero can still be reached.
    alive = list(reached)
    alive[-1] = {zero}
    for at in range(len(steps) - 1, -1, -1):
        alive[at] = {
            rest
            for rest in reached[at]
            if any(
                tuple(a - b for a, b in zip(rest, part, strict=True)) in alive[at + 1]
                for _, part in steps[at]
            )
        }
    found: list[Way] = []
    rest = target
    for at, options in enumerate(steps):
        for way, part in options:
            left = tuple(a - b for a, b in zip(rest, part, strict=True))
            if left in alive[at + 1]:
                found.append(way)
                rest = left
                break
    return found
