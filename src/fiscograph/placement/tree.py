"""Which options of a table's rows survive the sums of its tree: exact, with the fewest relaxations.

Every row has options, each a vector of one number per column with the identities of its own that
it breaks. A row's vector has to be the sum of its children's, column by column. Where not all of
that can hold, the fewest identities are given up; every option is told by how many more would have
to be given up if it were taken. The sums form a tree, so one pass from the leaves and one from the
root are enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fiscograph.placement.family import BLANK, Family, LimitError, Steps, Vector

__all__ = ["BLANK", "Node", "Option", "Vector", "solve"]

# Steps that one table may cost; a filing of 90 kB takes some 10,000.
STEPS = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to fill a row: its numbers by column, and how many identities it breaks by itself."""

    vector: Vector
    cost: int = 0


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree; ``options`` in canonical order.

    After :func:`solve`: ``excess`` is, for each option, how many more identities have to be given
    up if it is taken than at the least, None where it is more than was asked for; ``pick`` the
    first option in canonical order of a cheapest whole; ``whole`` how many identities at least are
    given up by the row and in its sums, ``least`` those in its sums; ``incomplete`` says that the limit of steps was reached, so that
    nothing is ruled out.
    """

    options: list[Option]
    parent: int | None
    children: list[int] = field(default_factory=list)
    excess: list[int | None] = field(default_factory=list)
    pick: int = 0
    least: int = 0
    whole: int = 0
    incomplete: bool = False

    def within(self, above: int) -> list[int]:
        """The options that cost at most so much above the least."""
        return [at for at, cost in enumerate(self.excess) if cost is not None and cost <= above]


def solve(nodes: Sequence[Node], *, slack: int = 0, limit: int = STEPS) -> None:
    """Set ``excess``, ``pick``, ``least`` and ``incomplete`` of every node.

    Args:
        nodes: every parent before its children.
        slack: up to how much above the least ``excess`` is told.
        limit: steps that may be spent.
    """
    tree = _Tree(nodes, Steps(left=limit))
    depth = [slack] * len(nodes)
    while True:
        tree.from_leaves(depth)
        # What a total gives up, its rows may give up in its stead: they have to be known so far.
        needed = list(depth)
        for at, node in enumerate(nodes):
            if node.parent is not None:
                above = nodes[node.parent]
                here = 0 if above.incomplete else needed[node.parent] + above.least
                needed[at] = max(depth[at], here)
        if needed == depth:
            break
        depth = needed
    tree.from_root()


class _Tree:
    def __init__(self, nodes: Sequence[Node], steps: Steps) -> None:
        self.nodes = nodes
        self.steps = steps
        self.families: list[Family | None] = [None] * len(nodes)
        # Each node's options with what they cost with all below them, above the least.
        self.relative: list[list[int | None]] = [[] for _ in nodes]
        for node in nodes:
            node.children, node.incomplete = [], False
        for at, node in enumerate(nodes):
            if node.parent is not None:
                nodes[node.parent].children.append(at)

    def from_leaves(self, depth: Sequence[int]) -> None:
        for at in range(len(self.nodes) - 1, -1, -1):
            if not self.nodes[at].incomplete:
                self._cost(at, depth[at])

    def _cost(self, at: int, slack: int) -> None:
        node = self.nodes[at]
        own = [option.cost for option in node.options]
        costs: list[int | None] = list(own)
        if node.children:
            family = Family(
                [option.vector for option in node.options],
                [self._alive(child) for child in node.children],
            )
            try:
                costs = family.costs(own, slack, self.steps)
                self.families[at] = family
            except LimitError:
                node.incomplete = True
                self.families[at] = None
        known = [cost for cost in costs if cost is not None]
        least = min(known, default=0)
        node.whole, node.least = least, least - min(own, default=0)
        self.relative[at] = [
            cost - least if cost is not None and cost <= least + slack else None for cost in costs
        ]

    def _alive(self, at: int) -> list[tuple[Vector, int]]:
        return [
            (self.nodes[at].options[index].vector, cost)
            for index, cost in enumerate(self.relative[at])
            if cost is not None
        ]

    def from_root(self) -> None:
        for at, node in enumerate(self.nodes):
            if node.parent is None:
                node.excess = list(self.relative[at])
                node.pick = next((i for i, cost in enumerate(node.excess) if cost == 0), 0)
            self._descend(at)

    def _descend(self, at: int) -> None:
        node, family = self.nodes[at], self.families[at]
        if not node.children:
            return
        if family is None:
            for child in node.children:
                below = self.nodes[child]
                below.excess = [0] * len(below.options)
                below.incomplete = below.incomplete or len(below.options) > 1
                below.pick = next((i for i, c in enumerate(self.relative[child]) if c == 0), 0)
            return
        # What each option costs with all but this family's own sums and rows below.
        whole = [
            above - (relative + node.whole - option.cost)
            if above is not None and relative is not None
            else None
            for above, relative, option in zip(
                node.excess, self.relative[at], node.options, strict=True
            )
        ]
        found = family.excess(whole)
        picks = family.pick(node.pick)
        for place, child in enumerate(node.children):
            self._set(child, found.get(place), picks.get(place))

    def _set(self, child: int, costs: dict[int, int] | None, pick: int | None) -> None:
        below = self.nodes[child]
        alive = [index for index, cost in enumerate(self.relative[child]) if cost is not None]
        below.excess = [None] * len(below.options)
        if costs is None:
            for index in alive:
                below.excess[index] = 0
            below.pick = alive[0] if alive else 0
            return
        for place, cost in costs.items():
            below.excess[alive[place]] = cost
        below.pick = alive[pick] if pick is not None and alive else 0
