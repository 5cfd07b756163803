"""Rows below a total that share columns: which of their options stand in a cheapest closing.

The rows are taken one after another. What is left of the total in each column is the state; an
identity that can no longer hold is paid for once and leaves the state, so that states with the same
rest fall together. A forward and a backward pass over these states give, for each option, the
fewest identities that have to be given up if it is taken: exact, whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# A printed number fills its column; None is a number damaged beyond reading, which fits any sum.
Vector = tuple[int | None, ...]

# A column that is blank in a way; zero is a printed number.
BLANK = 1 << 90
# How many numbers were added is kept below the sum itself: the tolerance depends on it.
SHIFT = 16
COUNT = (1 << SHIFT) - 1
_ANY = 1 << 80
# States of one row that are followed; with more the steps would not do either.
_STATES = 4_000
# States that are followed from row to row in the search for one closing where all are too many.
_BEAM = 150
_TAIL = 7_000

State = tuple[int | None, ...]
# A cost, and the option taken of each row.
_Way = tuple[int, tuple[int, ...]]


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
class Layer:
    """One row with several options: the sums that they add, their costs, which options they are."""

    row: int
    options: list[tuple[tuple[int | None, ...], int, list[int]]]
    # From each state: the option taken, the state reached and what the step costs.
    steps: dict[State, list[tuple[int, State, int]]] = field(default_factory=dict)


class Chain:
    """Rows that share columns.

    Args:
        layers: the rows, their sums over these columns.
        starts: for each option of the total the state before the first row.
        addends: how many rows the total sums in all.
    """

    def __init__(self, layers: Sequence[Layer], starts: Sequence[State], addends: int) -> None:
        self._addends = addends
        # Large amounts first: what is left is bounded sooner.
        self.layers = sorted(layers, key=lambda layer: (-_weight(layer), layer.row))
        width = len(starts[0]) if starts else 0
        self._bounds = self._suffix_bounds(width)
        self._starts = [self._settled(start, (0,) * width, 0) for start in starts]
        self._rest: list[dict[State, int]] = []

    def _suffix_bounds(self, width: int) -> list[list[tuple[int, int, int]]]:
        """For each row on: the least and the most that the rows from it add to each column, and
        how many numbers they add at most.
        """
        bounds = [[(0, 0, 0)] * width]
        for layer in reversed(self.layers):
            found = []
            for at, (low, high, count) in enumerate(bounds[-1]):
                added = [sums[at] for sums, _, _ in layer.options]
                if None in added:
                    found.append((-_ANY, _ANY, count + 1))
                    continue
                amounts = [value >> SHIFT for value in added if value is not None]
                counts = [value & COUNT for value in added if value is not None]
                found.append((low + min(amounts), high + max(amounts), count + max(counts)))
            bounds.append(found)
        return bounds[::-1]

    def _settled(
        self, state: Sequence[int | None], added: Sequence[int | None], layer: int
    ) -> tuple[State, int]:
        """A state and what a row adds to it, without the columns that are decided from the next
        row (``layer``) on, and what they cost.
        """
        cost = 0
        left: list[int | None] = []
        short = -self._addends - 1
        bounds = self._bounds[layer]
        for value, more, (low, high, count) in zip(state, added, bounds, strict=True):
            if value is None or more is None:
                left.append(None)
                continue
            whole = value + more
            rest = whole >> SHIFT
            if 2 * (rest + low) > (whole & COUNT) + count + 1 or 2 * (rest + high) < short:
                cost += 1
                left.append(None)
            elif low == high == count == 0:
                left.append(None)
            else:
                left.append(whole)
        return tuple(left), cost

    def costs(self, cap: int, steps: Steps) -> list[int | None]:
        """For each option of the total the fewest identities given up here; None if above a cap.

        Raises:
            LimitError: more steps are needed.
        """
        reached: dict[State, int] = {}
        for state, paid in self._starts:
            if paid <= cap:
                reached[state] = min(reached.get(state, cap), paid)
        for at, layer in enumerate(self.layers):
            reached = self._forward(layer, at + 1, reached, cap, steps)
            if len(reached) > _STATES:
                raise LimitError
        rest: dict[State, int] = dict.fromkeys(reached, 0)
        self._rest = [rest]
        for layer in reversed(self.layers):
            rest = {
                state: min(cost + rest[to] for _, to, cost in ways if to in rest)
                for state, ways in layer.steps.items()
                if any(to in rest for _, to, _ in ways)
            }
            self._rest.append(rest)
        self._rest.reverse()
        found: list[int | None] = []
        for state, paid in self._starts:
            below = self._rest[0].get(state)
            found.append(None if below is None or paid + below > cap else paid + below)
        return found

    def _forward(
        self, layer: Layer, after: int, reached: dict[State, int], cap: int, steps: Steps
    ) -> dict[State, int]:
        layer.steps = {}
        found: dict[State, int] = {}
        for state, spent in reached.items():
            steps.spend(len(layer.options))
            ways: list[tuple[int, State, int]] = []
            for option, (to, cost) in self._moves(layer, state, after, cap - spent):
                ways.append((option, to, cost))
                if spent + cost < found.get(to, cap + 1):
                    found[to] = spent + cost
            layer.steps[state] = ways
        return found

    def _moves(
        self, layer: Layer, state: State, after: int, cap: int
    ) -> list[tuple[int, tuple[State, int]]]:
        found = []
        for option, (sums, own, _) in enumerate(layer.options):
            if own > cap:
                continue
            to, paid = self._settled(state, sums, after)
            if own + paid <= cap:
                found.append((option, (to, own + paid)))
        return found

    def excess(self, whole: Sequence[int | None]) -> dict[int, dict[int, int]]:
        """For each row what each of its options costs in all.

        Args:
            whole: what each option of the total costs besides these rows and their sums; None
                where it is out of the question.

        Returns:
            by row and option; an option that is missing costs more than was asked for.
        """
        reached: dict[State, int] = {}
        for above, (state, paid) in zip(whole, self._starts, strict=True):
            if above is not None and state in self._rest[0]:
                reached[state] = min(reached.get(state, _ANY), above + paid)
        found: dict[int, dict[int, int]] = {}
        for at, layer in enumerate(self.layers):
            costs: dict[int, int] = {}
            grown: dict[State, int] = {}
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
        for at, layer in enumerate(self.layers):
            rest = self._rest[at][state]
            index, state = min(
                (layer.options[option][2][0], to)
                for option, to, cost in layer.steps[state]
                if self._rest[at + 1].get(to, _ANY) + cost == rest
            )
            found[layer.row] = index
        return found

    def witness(self, total: int) -> tuple[int, dict[int, int]]:
        """What some closing costs, looked for along a few states of each row, and its options."""
        found = self._closing_all(total)
        if found is None:
            cap = len(self._bounds[0]) + len(self.layers)
            states = self._along_few(total, cap, len(self.layers))
            found = min(states.values(), default=None)
        cost, taken = found or (_ANY, (0,) * len(self.layers))
        return cost, {
            layer.row: layer.options[option][2][0]
            for layer, option in zip(self.layers, taken, strict=True)
        }

    def _along_few(self, total: int, cap: int, rows: int) -> dict[State, _Way]:
        """Some of the states after some rows, each with its cost and the options taken."""
        start, paid = self._starts[total]
        ways: dict[State, _Way] = {start: (paid, ())} if paid <= cap else {}
        for at, layer in enumerate(self.layers[:rows]):
            grown: dict[State, _Way] = {}
            for state, (spent, taken) in ways.items():
                for option, (to, cost) in self._moves(layer, state, at + 1, cap - spent):
                    if spent + cost < grown.get(to, (_ANY,))[0]:
                        grown[to] = (spent + cost, (*taken, option))
            # States far from each other: what lies between closes alike.
            stride = max(1, len(grown) // _BEAM)
            ways = {state: grown[state] for state in list(grown)[::stride]}
        return ways

    def _closing_all(self, total: int) -> _Way | None:
        """A closing without any broken identity: few states of the large rows met by all sums of
        the small ones.
        """
        large, count = len(self.layers), 1
        while large and count * len(self.layers[large - 1].options) <= _TAIL:
            large -= 1
            count *= len(self.layers[large].options)
        tails = self._sums_of_all(large)
        by_first: dict[int, list[tuple[State, tuple[int, ...]]]] = {}
        for sums, taken in tails.items():
            by_first.setdefault((sums[0] or 0) >> SHIFT, []).append((sums, taken))
        for state, (_, taken) in self._along_few(total, 0, large).items():
            if state[0] is None:
                continue
            rest = state[0] >> SHIFT
            width = ((state[0] & COUNT) + len(self.layers) - large + 1) // 2
            for amount in range(-rest - (self._addends + 1) // 2, -rest + width + 1):
                for sums, small in by_first.get(amount, ()):
                    if all(
                        s is None or t is None or is_closed(s + t, self._addends)
                        for s, t in zip(state, sums, strict=True)
                    ):
                        return 0, (*taken, *small)
        return None

    def _sums_of_all(self, first: int) -> dict[State, tuple[int, ...]]:
        """Every sum that the rows from one on can make at no cost, with the options taken."""
        width = len(self._bounds[0])
        sums: dict[State, tuple[int, ...]] = {(0,) * width: ()}
        for layer in self.layers[first:]:
            sums = {
                tuple(
                    None if a is None or b is None else a + b
                    for a, b in zip(before, added, strict=True)
                ): (*taken, option)
                for before, taken in sums.items()
                for option, (added, cost, _) in enumerate(layer.options)
                if cost == 0
            }
        return sums


def encoded(value: int | None) -> int | None:
    """A number as what it adds to a state: its amount, and itself as one addend."""
    if value is None:
        return None
    return 0 if value == BLANK else (value << SHIFT) + 1


def left_of(total: int | None, base: int) -> int | None:
    """The state of a column before the first row: what is added already less the total."""
    if total is None:
        return None
    return base - ((0 if total == BLANK else total) << SHIFT)


def is_closed(state: int | None, addends: int) -> bool:
    """Whether a column without further rows sums to its total within rounding (DESIGN §7).

    The rows may sum to more than the total by half a unit for each number that is printed, and the
    total's own; to less by as much for each row, for a blank may be an amount that rounds to
    nothing.
    """
    if state is None:
        return True
    rest = state >> SHIFT
    return 2 * rest <= (state & COUNT) + 1 and -2 * rest <= addends + 1


def _weight(layer: Layer) -> int:
    return max(
        (abs(value >> SHIFT) for sums, _, _ in layer.options for value in sums if value), default=0
    )
