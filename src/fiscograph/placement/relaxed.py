"""One total and many rows, some of which contradict themselves: bounds instead of all closings.

Most rows of a long list keep their own identities in some way; few do not. The few are tried in
every way. The many are held to the ways in which they keep their own identities, and it is then
asked what one of them, or two, could win by giving theirs up. What that cannot repay is ruled out,
exactly; what it could is left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from fiscograph.placement.chain import COUNT, SHIFT, LimitError, Vector, is_closed
from fiscograph.placement.family import Family, Row, Sums, start_of, sums_of

# Ways of the total and the contradictory rows that are tried together.
_CASES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One option of the total with one of each contradictory row."""

    total: int
    taken: dict[int, int]
    own: int


class RelaxedFamily:
    """Like :class:`Family`, for rows that are too many to follow when some identity does not hold.

    Args:
        totals: the options of the total; a column that it does not know is None.
        rows: for each row below its options with what each costs below it, from 0.
        doubtful: the rows that cannot keep their own identities.
        steps: for each chain the steps that it may cost.
    """

    def __init__(
        self,
        totals: Sequence[Vector],
        rows: Sequence[Sequence[tuple[Vector, int]]],
        doubtful: frozenset[int],
        steps: int,
    ) -> None:
        self._rows: list[Row] = [[(sums_of(v), cost) for v, cost in options] for options in rows]
        self._tried = sorted(doubtful)
        self._kept = [row for row in range(len(rows)) if row not in doubtful]
        ways = [range(len(self._rows[row])) for row in self._tried]
        count = len(totals)
        for way in ways:
            count *= len(way)
        if count > _CASES:
            raise LimitError
        self._cases = [
            _Case(
                total=total,
                taken=dict(zip(self._tried, taken, strict=True)),
                own=sum(rows[r][t][1] for r, t in zip(self._tried, taken, strict=True)),
            )
            for total, *taken in product(range(len(totals)), *ways)
        ]
        starts = [
            start_of(totals[case.total], [rows[r][t][0] for r, t in case.taken.items()])
            for case in self._cases
        ]
        self._best = [
            [at for at, (_, cost) in enumerate(self._rows[row]) if cost == 0] for row in self._kept
        ]
        self._family = Family(
            starts,
            [
                [self._rows[row][at] for at in best]
                for row, best in zip(self._kept, self._best, strict=True)
            ],
            len(rows),
            steps,
            case_of=[case.total for case in self._cases],
        )
        reach = self._reach(len(starts[0]))
        self._forced = [self._out_of_reach(start, reach) for start in starts]
        self.gap = 0
        self._own: list[int] = []
        self._most = 0
        self._inside: list[int | None] = []
        self._deviation: list[int] = []
        self._single: dict[tuple[int, int], dict[int, int]] = {}

    def _reach(self, width: int) -> list[tuple[int, int, int] | None]:
        """For each column the least and the most that all rows can add, and how many numbers; None
        where a number is damaged.
        """
        found: list[tuple[int, int, int] | None] = []
        for at in range(width):
            low = high = most = 0
            damaged = False
            for row in self._kept:
                added = [value for (sums, _) in self._rows[row] if (value := sums[at]) is not None]
                damaged = damaged or len(added) < len(self._rows[row])
                low += min((value >> SHIFT for value in added), default=0)
                high += max((value >> SHIFT for value in added), default=0)
                most += max((value & COUNT for value in added), default=0)
            found.append(None if damaged else (low, high, most))
        return found

    def _out_of_reach(
        self, start: Sequence[int | None], reach: Sequence[tuple[int, int, int] | None]
    ) -> int:
        """How many columns cannot close, whatever way each row takes."""
        count = 0
        for value, bounds in zip(start, reach, strict=True):
            if value is None or bounds is None:
                continue
            low, high, most = bounds
            rest, allowed = value >> SHIFT, (value & COUNT) + most + 1
            short = 2 * (rest + high) < -len(self._rows) - 1
            count += 2 * (rest + low) > allowed or short
        return count

    def costs(self, own: Sequence[int], slack: int) -> list[int | None]:
        """For each option of the total the least that it may cost; None if above the slack.

        ``gap`` says how much more than the least of them a closing that is known costs.
        """
        base = [own[case.total] + case.own for case in self._cases]
        self._inside = self._family.costs(base, slack)
        least = min(cost for cost in self._inside if cost is not None)
        self.gap = self._family.gap
        self._most = least + slack
        self._deviate(base, self._most)
        bounds: list[int | None] = [None] * len(own)
        for at, case in enumerate(self._cases):
            inside = self._inside[at]
            bound = min(base[at] + self._deviation[at], inside if inside is not None else 1 << 40)
            before = bounds[case.total]
            if bound <= least + slack and (before is None or bound < before):
                bounds[case.total] = bound
        lowest = min(bound for bound in bounds if bound is not None)
        self.gap += max(0, least - lowest)
        self._own = list(own)
        return bounds

    def _deviate(self, base: Sequence[int], most: int) -> None:
        """What it costs at the least, in each case, if one row or two leave their best ways."""
        family = self._family
        deltas = self._deltas()
        self._deviation = []
        for at in range(len(self._cases)):
            start, room = family.starts[at], most - base[at]
            # Whatever a row does, what no row can close stays broken.
            floor = 1 + self._forced[at]
            least = 1 + floor
            for (sums, cost), places in deltas.items() if floor <= room else ():
                bound = max(cost, floor)
                if cost <= room:
                    bound = cost + sum(
                        not is_closed(_plus(start[column], sums[i]), family.addends)
                        for i, column in enumerate(family.still)
                    )
                least = min(least, bound)
                for place in places:
                    self._single.setdefault(place, {})[at] = bound
            self._deviation.append(least if floor <= room else floor)

    def _deltas(self) -> dict[tuple[Sums, int], list[tuple[int, int]]]:
        """What each way that is not a row's best would change in the columns that do not vary."""
        found: dict[tuple[Sums, int], list[tuple[int, int]]] = {}
        for row, best in zip(self._kept, self._best, strict=True):
            options = self._rows[row]
            first = options[best[0]][0]
            for at, (sums, cost) in enumerate(options):
                if cost == 0:
                    continue
                delta = tuple(_minus(sums[c], first[c]) for c in self._family.still)
                found.setdefault((delta, cost), []).append((row, at))
        return found

    def excess(self, whole: Sequence[int | None]) -> dict[int, dict[int, int]]:
        """As :meth:`Family.excess`: what each option costs at the least, by row and option."""
        out = [whole[case.total] for case in self._cases]
        full = [
            None if above is None else above + case.own
            for above, case in zip(out, self._cases, strict=True)
        ]
        inside = self._family.excess(full)
        swerved = min(
            (f + d for f, d in zip(full, self._deviation, strict=True) if f is not None),
            default=1 << 40,
        )
        found: dict[int, dict[int, int]] = {}
        for place, (row, best) in enumerate(zip(self._kept, self._best, strict=True)):
            own = inside.get(place)
            found[row] = {
                at: min(own.get(i, 1 << 40) if own is not None else 0, swerved)
                for i, at in enumerate(best)
            }
            for at, (_, cost) in enumerate(self._rows[row]):
                if cost:
                    found[row][at] = self._least_with((row, at), full)
        for row in self._tried:
            found[row] = self._tried_options(row, full)
        return found

    def _least_with(self, place: tuple[int, int], full: Sequence[int | None]) -> int:
        single = self._single.get(place, {})
        return min(
            above + min(single.get(at, 1 + self._forced[at]), 2 + self._forced[at])
            for at, above in enumerate(full)
            if above is not None
        )

    def _tried_options(self, row: int, full: Sequence[int | None]) -> dict[int, int]:
        found: dict[int, int] = {}
        for at, case in enumerate(self._cases):
            above, inside = full[at], self._inside[at]
            if above is None:
                continue
            base = self._own[case.total] + case.own
            # What is not told costs more than was asked for.
            closing = (self._most + 1 if inside is None else inside) - base
            cost = above + min(closing, self._deviation[at])
            option = case.taken[row]
            found[option] = min(found.get(option, 1 << 40), cost)
        return found

    def pick(self, total: int) -> dict[int, int]:
        """As :meth:`Family.pick`."""
        at = min(
            (at for at, case in enumerate(self._cases) if case.total == total),
            key=lambda at: (1 << 40 if (cost := self._inside[at]) is None else cost, at),
        )
        picked = self._family.pick(at)
        found = {self._kept[place]: self._best[place][i] for place, i in picked.items()}
        for place, row in enumerate(self._kept):
            found.setdefault(row, self._best[place][0])
        return found | self._cases[at].taken

    def unsettled(self) -> set[int]:
        """As :meth:`Family.unsettled`."""
        return {self._kept[place] for place in self._family.unsettled()}


def _plus(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left + right


def _minus(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left - right
