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
from enum import Enum

from fiscograph.placement.chain import BLANK, LimitError, Vector
from fiscograph.placement.family import Family, start_of, sums_of
from fiscograph.placement.relaxed import RelaxedFamily

__all__ = ["BLANK", "DEPTH", "Known", "Node", "Option", "Vector", "solve"]

# Steps that one group of rows below a total may cost; those of a filing of 90 kB take some 10,000.
STEPS = 40_000
# How many more identities than the least a rival may break and still be looked at.
DEPTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to fill a row: its numbers by column, and how many identities it breaks by itself."""

    vector: Vector
    cost: int = 0


class Known(Enum):
    """How much is known of a row's rivals."""

    ALL = "all"
    # The limit of steps was reached: none is left out, but some may not stand in any closing.
    BOUNDED = "bounded"
    NOTHING = "nothing"


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree; ``options`` in canonical order.

    After :func:`solve`: ``excess`` is, for each option, how many more identities have to be given
    up if it is taken than at the least, None where it is more than was asked for; ``pick`` the
    first option in canonical order of a cheapest whole; ``whole`` how many identities at least are
    given up by the row and in its sums, ``least`` those in its sums; ``known`` how much of that is
    sure; ``gap`` how much more than the least the whole may cost, where that is not known exactly.
    """

    options: list[Option]
    parent: int | None
    children: list[int] = field(default_factory=list)
    excess: list[int | None] = field(default_factory=list)
    pick: int = 0
    least: int = 0
    whole: int = 0
    known: Known = Known.ALL
    gap: int = 0

    def within(self, above: int) -> list[int]:
        """The options that cost at most so much above the least."""
        return [at for at, cost in enumerate(self.excess) if cost is not None and cost <= above]

    @property
    def is_doubtful(self) -> bool:
        """Whether the row cannot keep its own identities, in whatever way it is filled."""
        return len(self.options) > 1 and all(option.cost for option in self.options)


def solve(nodes: Sequence[Node], *, slack: int = 0, limit: int = STEPS) -> bool:
    """Set ``excess``, ``pick``, ``least``, ``whole`` and ``known`` of every node.

    All closings are followed first; where a table with contradictions has too many of them, what
    cannot stand in any is told by bounds; where those do not tell either, nothing is ruled out.

    Args:
        nodes: every parent before its children.
        slack: up to how much above the least ``excess`` is told.
        limit: steps that a group of rows below one total may cost.

    Returns:
        whether all closings were followed; if not, ``excess`` is told up to ``DEPTH``, as the least
        that it may be.
    """
    tree = _Tree(nodes, limit)
    if tree.solve_exactly(slack):
        return True
    bounded = _Tree(nodes, limit, bounded=True)
    bounded.from_leaves([DEPTH] * len(nodes))
    bounded.from_root()
    for node in nodes:
        node.gap = bounded.gap
    return False


class _Tree:
    def __init__(self, nodes: Sequence[Node], limit: int, *, bounded: bool = False) -> None:
        self.nodes = nodes
        self.limit = limit
        self.bounded = bounded
        # Whether all closings have to be followed, since some identity does not hold.
        self.strict = False
        self.families: list[Family | RelaxedFamily | None] = [None] * len(nodes)
        # Each node's options with what they cost with all below them, above the least.
        self.relative: list[list[int | None]] = [[] for _ in nodes]
        # Rows of which it is not known what their options cost.
        self.unknown: set[int] = set()
        self.too_long = False
        for node in nodes:
            node.children, node.known, node.gap = [], Known.ALL, 0
        for at, node in enumerate(nodes):
            if node.parent is not None:
                nodes[node.parent].children.append(at)

    def solve_exactly(self, slack: int) -> bool:
        """Follow all closings; False where a table with contradictions has too many."""
        depth = [slack] * len(self.nodes)
        while True:
            self.strict = any(depth)
            self.from_leaves(depth)
            if self.strict and self.too_long:
                return False
            deeper = [*depth]
            # What a total gives up, its rows may give up in its stead: so far they must be known.
            for at, node in enumerate(self.nodes):
                if node.parent is not None:
                    above = self.nodes[node.parent]
                    deeper[at] = max(depth[at], deeper[node.parent] + above.least)
            if self.gap:
                return False
            if deeper == depth:
                break
            depth = deeper
        self.from_root()
        return True

    @property
    def gap(self) -> int:
        """How much more than was found at the least the table may cost."""
        return sum(family.gap for family in self.families if family is not None)

    def from_leaves(self, depth: Sequence[int]) -> None:
        self.unknown, self.too_long = set(), False
        for at in range(len(self.nodes) - 1, -1, -1):
            self._cost(at, depth[at])

    def _cost(self, at: int, slack: int) -> None:
        node = self.nodes[at]
        own = [option.cost for option in node.options]
        costs: list[int | None] = list(own)
        self.families[at] = None
        if node.children:
            told = self._told_by_rows(at, own, slack)
            if told is not None:
                costs = told
            else:
                self.too_long = True
                if len(node.options) > 1:
                    self.unknown.add(at)
        least = min((cost for cost in costs if cost is not None), default=0)
        node.whole, node.least = least, least - min(own, default=0)
        self.relative[at] = [
            cost - least if cost is not None and cost <= least + slack else None for cost in costs
        ]

    def _told_by_rows(self, at: int, own: Sequence[int], slack: int) -> list[int | None] | None:
        """What each option of a total costs with its rows; None where that cannot be told."""
        node = self.nodes[at]
        if not self.unknown.isdisjoint(node.children):
            return None
        try:
            family = self._family(node)
            costs = family.costs(own, slack)
        except LimitError:
            return None
        self.families[at] = family
        return costs

    def _family(self, node: Node) -> Family | RelaxedFamily:
        totals = [option.vector for option in node.options]
        if not self.bounded:
            rows = [
                [(sums_of(vector), cost) for vector, cost in self._alive(child)]
                for child in node.children
            ]
            starts = [start_of(total) for total in totals]
            return Family(starts, rows, len(rows), self.limit, strict=self.strict)
        doubtful = frozenset(
            place for place, child in enumerate(node.children) if self.nodes[child].is_doubtful
        )
        return RelaxedFamily(
            totals, [self._all(child) for child in node.children], doubtful, self.limit
        )

    def _alive(self, at: int) -> list[tuple[Vector, int]]:
        return [
            (self.nodes[at].options[index].vector, cost)
            for index, cost in enumerate(self.relative[at])
            if cost is not None
        ]

    def _all(self, at: int) -> list[tuple[Vector, int]]:
        """Every option with the least that it may cost."""
        return [
            (option.vector, DEPTH + 1 if cost is None else cost)
            for option, cost in zip(self.nodes[at].options, self.relative[at], strict=True)
        ]

    def from_root(self) -> None:
        for at, node in enumerate(self.nodes):
            if node.parent is None:
                node.excess = list(self.relative[at])
                node.pick = self._cheapest(at)
                if at in self.unknown:
                    self._forget(at)
            self._descend(at)

    def _cheapest(self, at: int) -> int:
        return next((i for i, cost in enumerate(self.relative[at]) if cost == 0), 0)

    def _forget(self, at: int) -> None:
        """Nothing is known of a row's options: none is ruled out."""
        node = self.nodes[at]
        node.excess = [0] * len(node.options)
        node.known = Known.NOTHING
        node.pick = self._cheapest(at)

    def _descend(self, at: int) -> None:
        node, family = self.nodes[at], self.families[at]
        if not node.children:
            return
        if family is None or node.known is Known.NOTHING:
            for child in node.children:
                self._forget(child)
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
        found, picks, unsettled = family.excess(whole), family.pick(node.pick), family.unsettled()
        for place, child in enumerate(node.children):
            self._set(child, found.get(place), picks.get(place))
            if self.bounded or place in unsettled:
                self.nodes[child].known = Known.BOUNDED

    def _set(self, child: int, costs: dict[int, int] | None, pick: int | None) -> None:
        below = self.nodes[child]
        places = list(range(len(below.options)))
        if not self.bounded:
            places = [index for index, cost in enumerate(self.relative[child]) if cost is not None]
        below.excess = [None] * len(below.options)
        if costs is None:
            below.excess = list(self.relative[child])
            below.pick = self._cheapest(child)
            return
        for place, cost in costs.items():
            below.excess[places[place]] = cost
        below.pick = places[pick] if pick is not None else self._cheapest(child)
