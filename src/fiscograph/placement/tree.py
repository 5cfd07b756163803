"""Which candidates survive the sums of a tree: exact, by propagation over the tree.

Every row has candidates, each a vector of one integer per column; a row's vector has to be the sum
of its children's within the tolerance. The constraints form a tree, so one pass from the leaves
and one from the root leave for each row exactly the candidates that stand in some solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Vector = tuple[int, ...]

# Distinct partial sums that one row's children may have; beyond it the answer is incomplete.
_LIMIT = 4000
# Additions of vectors that one table may cost; beyond it the answer is incomplete.
_WORK = 400_000


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree. ``known`` marks the columns of a row whose vector is to be matched; a
    virtual total knows only some. ``half_units`` is twice the unit of tolerance per addend.
    """

    candidates: list[Vector]
    parent: int | None
    known: tuple[bool, ...]
    children: list[int] = field(default_factory=list)
    alive: list[int] = field(default_factory=list)
    relaxed: bool = False
    incomplete: bool = False
    pick: int = 0


def solve(nodes: list[Node], unit: int) -> None:
    """Set ``alive``, ``pick``, ``relaxed`` and ``incomplete`` of every node.

    Args:
        nodes: every parent before its children.
        unit: one unit of the last printed decimal, as an integer; a sum of n addends may miss its
            total by ``(n + 1) · unit / 2``.
    """
    for index, node in enumerate(nodes):
        node.children = []
        if node.parent is not None:
            nodes[node.parent].children.append(index)
    work = _Work(left=_WORK)
    for node in reversed(nodes):
        _from_leaves(node, nodes, unit, work)
    for node in nodes:
        if node.parent is None:
            node.pick = node.alive[0]
    for node in nodes:
        _from_root(node, nodes, unit, work)


@dataclass(slots=True)
class _Work:
    """What a table may still cost: a limit in steps, never in seconds."""

    left: int


class _Sums:
    """The sums that a row's children can make: ambiguous ones enumerated, the others added up."""

    def __init__(self, node: Node, nodes: Sequence[Node], unit: int, work: _Work) -> None:
        self.work = work
        kids = [nodes[child] for child in node.children]
        self.width = len(node.known)
        self.known = node.known
        self.tolerance = (len(kids) + 1) * unit
        self.fixed = [0] * self.width
        self.open: list[Node] = []
        # A partial sum can only be too large where nothing that follows is negative.
        self.bounded = [
            all(vector[at] >= 0 for kid in kids for vector in kid.candidates)
            for at in range(self.width)
        ]
        for kid in kids:
            distinct = {kid.candidates[i] for i in kid.alive}
            if len(distinct) == 1:
                only = next(iter(distinct))
                self.fixed = [a + b for a, b in zip(self.fixed, only, strict=True)]
            else:
                self.open.append(kid)

    def suffixes(self, target: Vector) -> list[set[Vector]] | None:
        """The sums of the open children from each one on; None beyond the limit."""
        zero = (0,) * self.width
        sets = [{zero}]
        for kid in reversed(self.open):
            vectors = {kid.candidates[i] for i in kid.alive}
            self.work.left -= len(sets[-1]) * len(vectors)
            if self.work.left < 0:
                return None
            grown = {
                total
                for known in sets[-1]
                for vector in vectors
                if self.within_bound(total := _add(known, vector), target)
            }
            if len(grown) > _LIMIT:
                return None
            sets.append(grown)
        return sets[::-1]

    def within_bound(self, total: Vector, target: Vector) -> bool:
        """Whether a partial sum can still be part of the target; only cuts where nothing is negative."""
        return all(
            not known or not bounded or 2 * (part + base - goal) <= self.tolerance
            for known, bounded, part, base, goal in zip(
                self.known, self.bounded, total, self.fixed, target, strict=True
            )
        )

    def closes(self, total: Vector, target: Vector) -> bool:
        return all(
            not known or 2 * abs(part + base - goal) <= self.tolerance
            for known, part, base, goal in zip(self.known, total, self.fixed, target, strict=True)
        )


def _add(left: Vector, right: Vector) -> Vector:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _from_leaves(node: Node, nodes: Sequence[Node], unit: int, work: _Work) -> None:
    node.alive = list(range(len(node.candidates)))
    if not node.children:
        return
    sums = _Sums(node, nodes, unit, work)
    alive = []
    for index in node.alive:
        target = node.candidates[index]
        sets = sums.suffixes(target)
        if sets is None:
            node.incomplete = True
            return
        if any(sums.closes(total, target) for total in sets[0]):
            alive.append(index)
    if alive:
        node.alive = alive
    else:
        node.relaxed = True


def _from_root(node: Node, nodes: Sequence[Node], unit: int, work: _Work) -> None:
    if not node.children:
        return
    kids = [nodes[child] for child in node.children]
    if node.relaxed or node.incomplete:
        for kid in kids:
            kid.pick = kid.alive[0]
            kid.incomplete = kid.incomplete or node.incomplete
        return
    sums = _Sums(node, nodes, unit, work)
    for kid in kids:
        kid.pick = kid.alive[0]
    survivors = _survivors(node, sums)
    for kid, alive in zip(sums.open, survivors, strict=True):
        if alive:
            kid.alive = sorted(alive)
        if kid.pick not in kid.alive:
            kid.pick = kid.alive[0]


def _survivors(node: Node, sums: _Sums) -> list[set[int]]:
    """The candidates of each open child that stand in some solution; picks the canonical one."""
    survivors: list[set[int]] = [set() for _ in sums.open]
    for index in node.alive:
        target = node.candidates[index]
        sets = sums.suffixes(target)
        if sets is None:
            continue
        _mark(sums, sets, target, survivors)
        if index == node.pick:
            _pick(sums, sets, target)
    return survivors


def _mark(
    sums: _Sums, sets: Sequence[set[Vector]], target: Vector, survivors: Sequence[set[int]]
) -> None:
    """Note which candidates of the open children stand in some sum that closes."""
    prefix: set[Vector] = {(0,) * sums.width}
    for place, kid in enumerate(sums.open):
        grown: set[Vector] = set()
        rest = sets[place + 1]
        for index in kid.alive:
            vector = kid.candidates[index]
            for before in prefix:
                part = _add(before, vector)
                if not sums.within_bound(part, target):
                    continue
                if any(sums.closes(_add(part, after), target) for after in rest):
                    survivors[place].add(index)
                    grown.add(part)
        prefix = grown


def _pick(sums: _Sums, sets: Sequence[set[Vector]], target: Vector) -> None:
    """The first solution in canonical order: each child's first candidate that still closes."""
    done: Vector = (0,) * sums.width
    for place, kid in enumerate(sums.open):
        for index in kid.alive:
            part = _add(done, kid.candidates[index])
            if any(sums.closes(_add(part, after), target) for after in sets[place + 1]):
                kid.pick, done = index, part
                break
