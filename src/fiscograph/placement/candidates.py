"""Where the numbers of one row can stand: in their order, with the row identities each way breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

# Ways that are tried for one row; a row with more has incomplete rivals.
LIMIT = 6_000
# A table has some 200 rows at most.
_REMEMBERED = 200

Way = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSum:
    """A row identity over column indices."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A way to place a row's numbers: the column index of each, and the identities it breaks."""

    columns: Way
    cost: int


def candidates_of(
    values: Sequence[int | None],
    columns: Sequence[int],
    sums: Sequence[ColumnSum],
) -> tuple[Candidate, ...]:
    """All ways to place a row's numbers in their printed order.

    Args:
        values: the numbers in reading order, in the smallest printed unit; None for a number
            that is damaged beyond reading, which fits any sum.
        columns: the indices of the columns that the row may use, in order.
        sums: the row identities; a blank counts zero.

    Returns:
        the ways in lexicographic order. Empty where there are more numbers than columns, or more
        ways than the limit.
    """
    return _candidates(tuple(values), tuple(columns), tuple(sums))


# A row is asked several times: whether the sums are its table's, whether its header is whole.
@lru_cache(_REMEMBERED)
def _candidates(
    values: tuple[int | None, ...], columns: Way, sums: tuple[ColumnSum, ...]
) -> tuple[Candidate, ...]:
    if comb(len(columns), len(values)) > LIMIT:
        return ()
    found = []
    for places in combinations(columns, len(values)):
        placed = dict(zip(places, values, strict=True))
        cost = sum(not _holds(placed, identity) for identity in sums)
        found.append(Candidate(columns=places, cost=cost))
    return tuple(found)


def _holds(placed: Mapping[int, int | None], identity: ColumnSum) -> bool:
    """Whether an identity holds within rounding.

    The parts may sum to more than the total by half a unit for each that is printed and the
    total's own; to less by as much for each part, for a blank may be an amount that rounds to
    nothing.
    """
    total = placed.get(identity.total, 0)
    parts = [placed[part] for part in identity.parts if part in placed]
    if total is None or None in parts:
        return True
    rest = sum(part for part in parts if part is not None) - total
    return 2 * rest <= len(parts) + 1 and -2 * rest <= len(identity.parts) + 1
