"""Two rows with one key: what is printed twice is neither summed nor dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fiscograph.budget import Allocation, Cube, name_key

Key = tuple[Cube, tuple[str, ...]]


def distinct(allocations: Sequence[Allocation]) -> tuple[list[Allocation], list[Allocation]]:
    """The allocations, each with a key of its own, and those that had to be told apart.

    Where code, name and all other dimensions are those of another row, the place of the winning
    printing tells them apart: a local concept under the printed code. What one printing gives twice,
    as below a total that is printed twice, is one allocation.

    >>> distinct([])
    ([], [])
    """
    once = {(_key(one), one.evidence[0]): one for one in reversed(allocations)}
    count = Counter(key for key, _ in once)
    kept: list[Allocation] = []
    told: list[Allocation] = []
    for allocation in reversed(once.values()):
        concept = allocation.classification
        if count[_key(allocation)] == 1 or concept is None:
            kept.append(allocation)
            continue
        code, _, _ = concept.notation.partition("-")
        own = f"{code}-{name_key(allocation.label)}-{allocation.evidence[0].locator}"
        told.append(allocation)
        kept.append(replace(allocation, classification=replace(concept, notation=own)))
    return kept, told


def _key(allocation: Allocation) -> Key:
    return allocation.cube, allocation.dimension_notations
