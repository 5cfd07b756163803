"""The kinds of mutation by name, and how they are composed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.mutation import columns, layout, money, names
from tests.mutation.draft import Draft, draft_of

Mutation = Callable[[Draft, Random], Draft | None]

# What they make, every reading must bear: the truth is the original's, at other places.
KINDS: dict[str, Mutation] = {
    "amounts-rescaled": money.rescaled,
    "amounts-perturbed": money.perturbed,
    "unit-yuan": money.in_yuan,
    "unit-yuan-whole": money.in_whole_yuan,
    "columns-renamed": columns.renamed,
    "empty-column-dropped": columns.empty_dropped,
    "filled-column-dropped": columns.filled_dropped,
    "boundaries-lost": layout.boundaries_lost,
    "boundaries-drawn": layout.boundaries_drawn,
    "rows-folded": layout.folded,
    "rows-unfolded": layout.unfolded,
    "header-after-data": layout.header_after_data,
    "furniture": layout.furniture,
    "district": names.district,
    "department": names.department,
    "projects": names.projects,
    "functions": names.functions,
}

# These can leave an amount open that the original proves: boundaries are gone, or by accident other
# addends of a sum are worth the same.
OPENING = frozenset({"amounts-perturbed", "boundaries-lost"})

# What compositions are made of, in the order in which they are applied: first what needs the
# filing's own lines, then what moves them.
MIXED = (
    "amounts-perturbed", "amounts-rescaled", "unit-yuan", "unit-yuan-whole", "functions",
    "district", "department", "projects", "columns-renamed", "empty-column-dropped",
    "filled-column-dropped", "boundaries-drawn", "boundaries-lost", "rows-unfolded", "rows-folded",
    "furniture", "header-after-data",
)  # fmt: skip


def seeded(*parts: str | int) -> Random:
    """A source of chance that gives the same choices for the same parts, everywhere."""
    return Random(" ".join(map(str, parts)))  # noqa: S311  (chance for tests, no secret)


def variant(name: str, kinds: tuple[str, ...], seed: int) -> Draft | None:
    """A filing after some mutations in order.

    One that finds nothing to change is passed over; None where fewer than two of several, or not
    the only one, changed anything.
    """
    draft, applied = draft_of(name), 0
    for kind in kinds:
        made = KINDS[kind](draft, seeded(name, kind, seed))
        if made is not None:
            draft, applied = made, applied + 1
    return draft if applied >= min(2, len(kinds)) else None
