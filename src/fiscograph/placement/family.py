"""One total and the rows that it sums: which of their options stand in a cheapest closing.

The rows below are taken one after another. What is left of the total in each column is the state;
an identity that can no longer hold is paid for once and leaves the state, so that states with the
same rest fall together. A forward and a backward pass over these states give, for each option, the
fewest identities that have to be given up if it is taken: exact, whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# A printed number fills its column; None is a number damaged beyond reading, which fits any sum.
Vector = tuple[int | None, ...]

# How many numbers were added is kept below the sum itself: the tolerance depends on it.
_SHIFT = 16
_COUNT = (1 << _SHIFT) - 1
_ANY = 1 << 80
# A column that is blank in a way; zero is a printed number.
BLANK = 1 << 90

_State = tuple[int | None, ...]


class LimitError(Exception):
    """The steps that a table may cost are used up."""


@dataclass(slots=True)
class Steps:
    """What may still be spent: a limit in steps, never in seconds."""

    left: int

    def spend(self, count: int) -> None:
        """Raises:
        LimitError: nothing is left.
        """
        self.left -= count
        if self.left < 0:
            raise LimitError


@dataclass(slots=True, eq=False)
class _Layer:
    """One row below with several options: the sums they add, their costs, which options they are."""

    row: int
    options: list[tuple[tuple[int | None, ...], int, list[int]]]
    # From each state: the option taken, the state reached and what the step costs.
    steps: dict[_State, list[tuple[int, _State, int]]] = field(default_factory=dict)


class Family:
    """A total's options and the rows that it sums.

    Args:
        totals: the options of the total; a column that it does not know is None.
        rows: for each row below its options with what each costs below it, from 0.
    """

    def __init__(
        self, totals: Sequence[Vector], rows: Sequence[Sequence[tuple[Vector, int]]]
    ) -> None:
        self._totals = totals
        self._columns = _active_columns(totals, rows)
        self._base = [0] * len(self._columns)
        self._layers: list[_Layer] = []
        for at, options in enumerate(rows):
            self._add(at, options)
        # Large amounts first: what is left is bounded sooner.
        self._layers.sort(key=lambda layer: (-_weight(layer), layer.row))
        self._bounds = self._suffix_bounds()
        self._starts: list[tuple[_State, int]] = [self._start(total) for total in totals]
        self._rest: list[dict[_State, int]] = []

    def _add(self, row: int, options: Sequence[tuple[Vector, int]]) -> None:
        grouped: dict[tuple[tuple[int | None, ...], int], list[int]] = {}
        for index, (vector, cost) in enumerate(options):
            sums = tuple(_encoded(vector[column]) for column in self._columns)
            grouped.setdefault((sums, cost), []).append(index)
        if len(grouped) == 1:
            ((sums, cost),) = grouped
            if cost == 0 and None not in sums:
                self._base = [b + (s or 0) for b, s in zip(self._base, sums, strict=True)]
                return
        self._layers.append(
            _Layer(row=row, options=[(s, cost, found) for (s, cost), found in grouped.items()])
        )

    def _suffix_bounds(self) -> list[list[tuple[int, int, int]]]:
        """For each layer on: the least and the most that the rows from it add to each column, and
        how many numbers they add at most."""
        bounds = [[(0, 0, 0)] * len(self._columns)]
        for layer in reversed(self._layers):
            after = bounds[-1]
            found = []
            for at, (low, high, count) in enumerate(after):
                added = [sums[at] for sums, _, _ in layer.options]
                if None in added:
                    found.append((-_ANY, _ANY, count + 1))
                    continue
                amounts = [value >> _SHIFT for value in added if value is not None]
                counts = [value & _COUNT for value in added if value is not None]
                found.append((low + min(amounts), high + max(amounts), count + max(counts)))
            bounds.append(found)
        return bounds[::-1]

    def _start(self, total: Vector) -> tuple[_State, int]:
        state: list[int | None] = []
        for at, column in enumerate(self._columns):
            value = total[column]
            amount = 0 if value == BLANK else value
            state.append(None if amount is None else self._base[at] - (amount << _SHIFT))
        return self._settled(state, 0)

    def _settled(self, state: Sequence[int | None], layer: int) -> tuple[_State, int]:
        """A state without the columns that are decided from a layer on, and what they cost."""
        cost = 0
        left: list[int | None] = []
        for value, (low, high, count) in zip(state, self._bounds[layer], strict=True):
            if value is None:
                left.append(None)
                continue
            rest, added = value >> _SHIFT, value & _COUNT
            allowed = added + count + 1
            if 2 * (rest + low) > allowed or 2 * (rest + high) < -allowed:
                cost += 1
                left.append(None)
            elif low == high == count == 0:
                left.append(None)
            else:
                left.append(value)
        return tuple(left), cost

    def costs(self, own: Sequence[int], slack: int, steps: Steps) -> list[int | None]:
        """For each option of the total its own cost and the fewest identities that it breaks here.

        Args:
            own: what each option of the total costs by itself.
            slack: how much above the least is asked for; what costs more is None.
            steps: what may be spent.

        Raises:
            LimitError: more steps are needed.
        """
        cap = slack + min(
            (cost + start for cost, (_, start) in zip(own, self._starts, strict=True)), default=0
        )
        while True:
            found = self._explore(own, cap, steps)
            known = [cost for cost in found if cost is not None]
            if known and min(known) + slack <= cap:
                least = min(known)
                return [c if c is not None and c <= least + slack else None for c in found]
            cap = cap + 1 if not known else min(known) + slack

    def _explore(self, own: Sequence[int], cap: int, steps: Steps) -> list[int | None]:
        """All states within a cap, forwards; then what each still costs, backwards."""
        reached: dict[_State, int] = {}
        for cost, (state, start) in zip(own, self._starts, strict=True):
            if cost + start <= cap:
                reached[state] = min(reached.get(state, cap), cost + start)
        for at, layer in enumerate(self._layers):
            reached = self._forward(layer, at + 1, reached, cap, steps)
        rest: dict[_State, int] = dict.fromkeys(reached, 0)
        self._rest = [rest]
        for layer in reversed(self._layers):
            rest = {
                state: min(cost + rest[after] for _, after, cost in ways if after in rest)
                for state, ways in layer.steps.items()
                if any(after in rest for _, after, _ in ways)
            }
            self._rest.append(rest)
        self._rest.reverse()
        found: list[int | None] = []
        for cost, (state, start) in zip(own, self._starts, strict=True):
            total = self._rest[0].get(state)
            whole = None if total is None else cost + start + total
            found.append(whole if whole is not None and whole <= cap else None)
        return found

    def _forward(
        self, layer: _Layer, after: int, reached: dict[_State, int], cap: int, steps: Steps
    ) -> dict[_State, int]:
        layer.steps = {}
        found: dict[_State, int] = {}
        for state, spent in reached.items():
            steps.spend(len(layer.options))
            ways: list[tuple[int, _State, int]] = []
            for option, (sums, own, _) in enumerate(layer.options):
                if spent + own > cap:
                    continue
                moved = [
                    None if value is None or added is None else value + added
                    for value, added in zip(state, sums, strict=True)
                ]
                to, paid = self._settled(moved, after)
                cost = own + paid
                if spent + cost <= cap:
                    ways.append((option, to, cost))
                    if spent + cost < found.get(to, cap + 1):
                        found[to] = spent + cost
            layer.steps[state] = ways
        return found

    def excess(self, whole: Sequence[int | None]) -> dict[int, dict[int, int]]:
        """For each row below with several options what each option costs above the least of all.

        Args:
            whole: what each option of the total costs above the least, all told but this family's
                own identities and rows; None where it is out of the question.

        Returns:
            by row and option; an option that is missing costs more than was asked for.
        """
        starts: dict[_State, int] = {}
        for above, (state, start) in zip(whole, self._starts, strict=True):
            if above is not None and state in self._rest[0]:
                starts[state] = min(starts.get(state, _ANY), above + start)
        found: dict[int, dict[int, int]] = {}
        reached = starts
        for at, layer in enumerate(self._layers):
            costs: dict[int, int] = {}
            grown: dict[_State, int] = {}
            for state, spent in reached.items():
                for option, to, cost in layer.steps[state]:
                    rest = self._rest[at + 1].get(to)
                    if rest is None:
                        continue
                    for index in layer.options[option][2]:
                        costs[index] = min(costs.get(index, _ANY), spent + cost + rest)
                    grown[to] = min(grown.get(to, _ANY), spent + cost)
            found[layer.row] = costs
            reached = grown
        return found

    def pick(self, total: int) -> dict[int, int]:
        """The first cheapest closing under one option of the total: an option for each row."""
        state = self._starts[total][0]
        found: dict[int, int] = {}
        for at, layer in enumerate(self._layers):
            rest = self._rest[at][state]
            index, state = min(
                (layer.options[option][2][0], to)
                for option, to, cost in layer.steps[state]
                if self._rest[at + 1].get(to, _ANY) + cost == rest
            )
            found[layer.row] = index
        return found


def _active_columns(
    totals: Sequence[Vector], rows: Sequence[Sequence[tuple[Vector, int]]]
) -> list[int]:
    """The columns in which something is printed, or may be."""
    width = len(totals[0]) if totals else 0
    vectors = [*totals, *(vector for options in rows for vector, _ in options)]
    return [at for at in range(width) if any(vector[at] != BLANK for vector in vectors)]


def _encoded(value: int | None) -> int | None:
    if value is None:
        return None
    return 0 if value == BLANK else (value << _SHIFT) + 1


def _weight(layer: _Layer) -> int:
    return max(
        (abs(value >> _SHIFT) for sums, _, _ in layer.options for value in sums if value), default=0
    )
