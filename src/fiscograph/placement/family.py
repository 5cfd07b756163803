"""One total and the rows that it sums: which of their options stand in a cheapest closing.

Rows that vary in columns of their own are independent of each other once the total is given: each
such group is a chain. What varies nowhere is added up beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fiscograph.placement.chain import (
    Chain,
    Layer,
    LimitError,
    State,
    Steps,
    Vector,
    encoded,
    is_closed,
    left_of,
)

Sums = tuple[int | None, ...]
# Options of a row: what each adds to the columns, and what it costs below it, from 0.
Row = Sequence[tuple[Sums, int]]


class Family:
    """A total's options and the rows that it sums.

    Args:
        starts: for each option of the total what is left of it before any row is added, by column.
        rows: the options of each row below.
        addends: how many rows the total sums in all.
        steps: for each chain the steps that it may cost.
        strict: whether a chain that is too long is an error.
        case_of: for each start the option of the total that it is a case of; its own if not given.
    """

    def __init__(
        self,
        starts: Sequence[State],
        rows: Sequence[Row],
        addends: int,
        steps: int,
        *,
        strict: bool = False,
        case_of: Sequence[int] | None = None,
    ) -> None:
        self._case_of = list(case_of if case_of is not None else range(len(starts)))
        self._steps = steps
        self.addends = addends
        self._strict = strict
        width = len(starts[0]) if starts else 0
        varied = [_varied(options, width) for options in rows]
        base = [_added_by_all(rows, varied, at) for at in range(width)]
        self.starts = [
            tuple(None if s is None else s + b for s, b in zip(start, base, strict=True))
            for start in starts
        ]
        groups = _groups(varied)
        self.still = [at for at in range(width) if not any(at in group for group in groups)]
        self.fixed = [sum(not is_closed(s[at], addends) for at in self.still) for s in self.starts]
        self.chains = [
            Chain(
                [_layer(row, rows[row], group) for row, own in enumerate(varied) if own & group],
                [tuple(start[at] for at in sorted(group)) for start in self.starts],
                addends,
            )
            for group in groups
        ]
        self._rows = [[row for row, own in enumerate(varied) if own & group] for group in groups]
        self._costs: list[list[int | None]] = []
        self._witness: dict[tuple[int, int], tuple[int, dict[int, int]]] = {}
        self.gap = 0
        self.limited: list[bool] = [False] * len(groups)

    def costs(self, own: Sequence[int], slack: int) -> list[int | None]:
        """For each option of the total its own cost and the fewest identities that it breaks here.

        Where a chain is too long to follow, the cost is the least that it may be; ``gap`` says how
        much more the cheapest closing that is known costs, of each option at the most.

        Raises:
            LimitError: a chain is too long, and that is not allowed.

        Args:
            own: what each option of the total costs by itself.
            slack: how much above the least is asked for; what costs more is None.
        """
        base = [cost + fixed for cost, fixed in zip(own, self.fixed, strict=True)]
        caps = [slack] * len(self.chains)
        found = [self._chain_costs(at, cap) for at, cap in enumerate(caps)]
        while True:
            mins = [min((c for c in costs if c is not None), default=None) for costs in found]
            totals = [_total(cost, [costs[at] for costs in found]) for at, cost in enumerate(base)]
            least = min((total for total in totals if total is not None), default=None)
            deeper = False
            for at, cap in enumerate(caps):
                others = min(base) + sum(m or 0 for i, m in enumerate(mins) if i != at)
                needed = cap + 1 if least is None else least + slack - others
                if cap < needed and not self.limited[at]:
                    caps[at] = needed
                    found[at] = self._chain_costs(at, needed)
                    deeper = True
            if not deeper:
                break
        self._costs = found
        most = slack + (least or 0)
        self.gap = self._known_above(totals, most)
        return [total if total is not None and total <= most else None for total in totals]

    def _known_above(self, totals: Sequence[int | None], most: int) -> int:
        """How much more than told the closings cost that are known, of some option of the total."""
        if not any(self.limited):
            return 0
        lowest: dict[int, int] = {}
        known: dict[int, int] = {}
        for v, total in _known(totals, most):
            group = self._case_of[v]
            lowest.setdefault(group, total)
            if total < known.get(group, total + 1):
                known[group] = min(known.get(group, 1 << 40), total + self._more(v))
        return max((known[group] - lowest[group] for group in known), default=0)

    def _more(self, total: int) -> int:
        """How much more than the least the closings cost that are known under an option."""
        return sum(self._closing(at, total)[0] for at, long in enumerate(self.limited) if long)

    def _chain_costs(self, at: int, cap: int) -> list[int | None]:
        if not self.limited[at]:
            try:
                return self.chains[at].costs(cap, Steps(left=self._steps))
            except LimitError:
                if self._strict:
                    raise
                self.limited[at] = True
        return [0] * len(self.starts)

    def _closing(self, at: int, total: int) -> tuple[int, dict[int, int]]:
        if (at, total) not in self._witness:
            self._witness[at, total] = self.chains[at].witness(total)
        return self._witness[at, total]

    def excess(self, whole: Sequence[int | None]) -> dict[int, dict[int, int]]:
        """For each row below with several options what each option costs above the least of all.

        Args:
            whole: what each option of the total costs above the least, all told but this family's
                own identities and rows; None where it is out of the question.

        Returns:
            by row and option; an option that is missing costs more than was asked for. Of a chain
            too long to follow every option may stand in a closing.
        """
        found: dict[int, dict[int, int]] = {}
        for at, chain in enumerate(self.chains):
            starts: list[int | None] = []
            for v, above in enumerate(whole):
                others = [costs[v] for other, costs in enumerate(self._costs) if other != at]
                out = above is None or any(cost is None for cost in others)
                starts.append(
                    None if out else (above or 0) + self.fixed[v] + sum(c or 0 for c in others)
                )
            if not self.limited[at]:
                found.update(chain.excess(starts))
                continue
            least = min((start for start in starts if start is not None), default=0)
            for layer in chain.layers:
                found[layer.row] = {
                    index: least + cost for _, cost, places in layer.options for index in places
                }
        return found

    def pick(self, total: int) -> dict[int, int]:
        """The first cheapest closing under one option of the total: an option for each row."""
        found: dict[int, int] = {}
        for at, chain in enumerate(self.chains):
            found.update(self._closing(at, total)[1] if self.limited[at] else chain.pick(total))
        return found

    def unsettled(self) -> set[int]:
        """The rows of chains that were too long to follow."""
        return {row for at, rows in enumerate(self._rows) if self.limited[at] for row in rows}


def start_of(total: Vector, added: Iterable[Vector] = ()) -> State:
    """What is left of a total, by column, with some rows added already."""
    left = [left_of(value, 0) for value in total]
    for vector in added:
        for at, value in enumerate(vector):
            sums, before = encoded(value), left[at]
            left[at] = None if sums is None or before is None else before + sums
    return tuple(left)


def sums_of(vector: Vector) -> Sums:
    """What a row adds to each column."""
    return tuple(encoded(value) for value in vector)


def _added_by_all(rows: Sequence[Row], varied: Sequence[frozenset[int]], at: int) -> int:
    """What the rows that do not vary in a column add to it."""
    return sum(
        options[0][0][at] or 0
        for options, own in zip(rows, varied, strict=True)
        if options and at not in own
    )


def _varied(options: Row, width: int) -> frozenset[int]:
    """The columns in which a row's options differ, or whose number is damaged."""
    return frozenset(
        at
        for at in range(width)
        if len({sums[at] for sums, _ in options}) > 1
        or any(sums[at] is None for sums, _ in options)
    )


def _groups(varied: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """The columns that rows join by varying in several of them at once."""
    groups: list[frozenset[int]] = []
    for own in varied:
        if not own:
            continue
        joined = frozenset(own).union(*(group for group in groups if group & own))
        groups = [group for group in groups if not group & own] + [joined]
    return sorted(groups, key=min)


def _layer(row: int, options: Row, group: frozenset[int]) -> Layer:
    """A row over the columns of its chain; what does not vary is in the base already."""
    columns = sorted(group)
    own = _varied(options, len(options[0][0]))
    grouped: dict[tuple[Sums, int], list[int]] = {}
    for index, (sums, cost) in enumerate(options):
        key = tuple(sums[at] if at in own else 0 for at in columns)
        grouped.setdefault((key, cost), []).append(index)
    return Layer(row=row, options=[(sums, cost, found) for (sums, cost), found in grouped.items()])


def _known(totals: Sequence[int | None], most: int) -> list[tuple[int, int]]:
    """The totals up to a bound, the lowest first, with their indices."""
    found = [(at, total) for at, total in enumerate(totals) if total is not None and total <= most]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _total(own: int, costs: Sequence[int | None]) -> int | None:
    known = [cost for cost in costs if cost is not None]
    return own + sum(known) if len(known) == len(costs) else None
