"""A table as a problem: for each row the ways to place its numbers, and the sums over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fiscograph.forms.grid import Grid, Row
from fiscograph.placement.candidates import ColumnSum, candidates_of
from fiscograph.placement.preference import (
    canonical,
    contradicted_words,
    named_groups,
    uneven_years,
)
from fiscograph.placement.row_sums import (
    allowed_columns,
    applicable_sums,
    blank_columns,
    grid_decimals,
    in_order_of_sums,
    is_misread,
    is_overfull,
    table_sums,
)
from fiscograph.placement.structure import parents_of
from fiscograph.placement.tree import BLANK, Node, Option, Vector

Way = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way to fill a row: the column of each number, the columns of those that are damaged beyond
    reading, and how many of the row's own identities it breaks.
    """

    columns: Way
    holes: tuple[int, ...] = ()
    cost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Anchor:
    """A value that other cells give for a cell, or for the sum of some of one row: ``row`` is its
    index, None the total that the table does not print; ``value`` and ``tolerance`` in the table's
    unit. A ``soft`` one orders rivals and is no identity.
    """

    row: int | None
    columns: tuple[int, ...]
    value: Decimal
    tolerance: Decimal
    soft: bool = False


@dataclass(slots=True, eq=False)
class TableProblem:
    """A table's rows with their ways; ``opened`` are the rows whose drawn boundaries are not
    trusted: leaving them counts as giving up one identity.
    """

    grid: Grid
    anchors: tuple[Anchor, ...] = ()
    opened: frozenset[int] = frozenset()
    parents: list[int | None] = field(default_factory=list)
    scale: int = 2
    sums: tuple[ColumnSum, ...] = ()
    groups: Mapping[str, frozenset[int]] = field(default_factory=dict)
    choices: list[list[Choice]] = field(default_factory=list)
    # For each row and way the identities with other cells that it breaks.
    missed: dict[int, list[int]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    node_of: dict[int, int] = field(default_factory=dict)
    # Its header was not read as it stands: nothing in it is proved.
    misread: bool = False
    # What was posed when it was last solved.
    posed: tuple[tuple[tuple[Option, ...], int | None], ...] = ()
    parts_missing: bool = False
    # The rows that references of other tables name, as far as they were looked up.
    named: dict[str, int | None] = field(default_factory=dict)
    _cache: dict[tuple[int, bool], list[Choice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grid = self.grid = in_order_of_sums(self.grid)
        self.parents = parents_of(grid.rows, grid.form.grammar)
        self.scale = grid_decimals(grid)
        self.sums = applicable_sums(grid)
        self.groups = named_groups(grid)
        self.parts_missing = bool(table_sums(grid)) and not self.sums
        self.misread = any(is_overfull(grid, row) for row in grid.rows) or is_misread(grid)

    def integer(self, value: Decimal) -> int:
        """A value in the smallest printed unit."""
        return int(value.scaleb(self.scale))

    def pose(self) -> None:
        """Lay out rows, ways and anchors as nodes of the tree, parents first."""
        self.missed = {}
        self.choices = [self._ordered(index) for index in range(len(self.grid.rows))]
        self.nodes, self.node_of = [], {}
        virtual = self._virtual_total()
        if virtual is not None:
            self.nodes.append(virtual)
        for index in self._parents_first():
            parent = self.parents[index]
            above = self.node_of[parent] if parent is not None else None
            top = above is None and self.grid.rows[index].numbers and not self._is_total(index)
            if top and virtual is not None:
                above = 0
            self.node_of[index] = len(self.nodes)
            self.missed[index] = self._missed(index)
            options = [
                Option(vector=self._vector(index, choice), cost=choice.cost + missed)
                for choice, missed in zip(self.choices[index], self.missed[index], strict=True)
            ]
            # A row without numbers is no addend.
            printed = bool(self.grid.rows[index].numbers)
            self.nodes.append(Node(options=options, parent=above if printed else None))

    def _is_total(self, index: int) -> bool:
        return self.grid.rows[index].level == 0

    def _parents_first(self) -> list[int]:
        done: list[int] = []
        pending = list(range(len(self.grid.rows)))
        placed: set[int] = set()
        while pending:
            rest = []
            for index in pending:
                parent = self.parents[index]
                if parent is None or parent in placed:
                    done.append(index)
                    placed.add(index)
                else:
                    rest.append(index)
            pending = rest
        return done

    def _virtual_total(self) -> Node | None:
        """The total that the table does not print, as other tables tell it."""
        known = {
            anchor.columns[0]: anchor.value
            for anchor in self.anchors
            if anchor.row is None and not anchor.soft and len(anchor.columns) == 1
        }
        if not known:
            return None
        width = range(len(self.grid.columns))
        vector = tuple(self.integer(known[at]) if at in known else None for at in width)
        return Node(options=[Option(vector=vector)], parent=None)

    def ways(self, index: int) -> list[Way]:
        """The ways of a row in canonical order, one for each option of its node."""
        return [choice.columns for choice in self.choices[index]]

    def _ordered(self, index: int) -> list[Choice]:
        """The ways of a row, those first that agree with what only orders rivals."""
        key = (index, index in self.opened)
        if key not in self._cache:
            self._cache[key] = self._choices(index)
        soft = [a for a in self.anchors if a.row == index and a.soft]
        if not soft:
            return self._cache[key]
        return sorted(
            self._cache[key],
            key=lambda choice: sum(self._misses(index, choice, anchor) for anchor in soft),
        )

    def _choices(self, index: int) -> list[Choice]:
        """The ways of a row in canonical order, with the row identities that each breaks."""
        row = self.grid.rows[index]
        drawn = tuple(cell.column for cell in row.numbers)
        if not row.numbers:
            return [Choice(columns=())]
        if None not in drawn and index not in self.opened and not row.shifted:
            return [Choice(columns=drawn, cost=self._cost_as_drawn(row))]
        found = self._free(row)
        if not found:
            return [Choice(columns=drawn if None not in drawn else (None,) * len(drawn))]
        if None in drawn:
            return found
        found.sort(key=lambda choice: choice.columns != drawn)
        if row.shifted:
            return found
        return [replace(choice, cost=choice.cost + (choice.columns != drawn)) for choice in found]

    def _cost_as_drawn(self, row: Row) -> int:
        if row.damaged:
            return 0
        values = [self.integer(cell.value) for cell in row.numbers]
        columns = [cell.column for cell in row.numbers if cell.column is not None]
        if len(set(columns)) < len(columns):
            return 0
        return candidates_of(values, columns, self.sums)[0].cost

    def _free(self, row: Row) -> list[Choice]:
        """All ways in printed order; the canonical ones of the fewest broken identities first."""
        printed: list[tuple[tuple[int, int], int | None]] = [
            ((cell.span.line, cell.span.start), self.integer(cell.value)) for cell in row.numbers
        ]
        printed += [((span.line, span.start), None) for span in row.damaged]
        printed.sort(key=lambda pair: pair[0])
        values = [value for _, value in printed]
        own = row.level > 0 or row.role == "item"
        found: list[tuple[tuple[int, ...], Choice]] = []
        blank = blank_columns(self.grid, row)
        for candidate in candidates_of(values, allowed_columns(self.grid, row), self.sums):
            way = tuple(
                column
                for column, value in zip(candidate.columns, values, strict=True)
                if value is not None
            )
            holes = tuple(
                column
                for column, value in zip(candidate.columns, values, strict=True)
                if value is None
            )
            said = contradicted_words(way, row, self.groups) if own else 0
            said += not blank.isdisjoint(way)
            found.append((way, Choice(columns=way, holes=holes, cost=candidate.cost + said)))
        order = {way: at for at, way in enumerate(canonical({w for w, _ in found}, self.grid))}
        found.sort(
            key=lambda pair: (uneven_years(pair[0], self.grid), pair[1].cost, order[pair[0]])
        )
        return [choice for _, choice in found]

    def _vector(self, index: int, choice: Choice) -> Vector:
        row = self.grid.rows[index]
        lost = bool(row.damaged) and not choice.holes
        # Where a drawn row lost a number, it may stand in any column that is blank.
        values: list[int | None] = [None if lost else BLANK] * len(self.grid.columns)
        for column in choice.holes:
            values[column] = None
        for cell, place in zip(row.numbers, choice.columns, strict=True):
            if place is not None:
                values[place] = self.integer(cell.value)
        return tuple(values)

    def _missed(self, index: int) -> list[int]:
        """For each way of a row how many identities with other cells it breaks.

        One that every way breaks says nothing of the columns.
        """
        hard = [a for a in self.anchors if a.row == index and not a.soft and self._tells(a)]
        choices = self.choices[index]
        counts = [0] * len(choices)
        for anchor in hard:
            broken = [self._misses(index, choice, anchor) for choice in choices]
            if not all(broken):
                counts = [count + miss for count, miss in zip(counts, broken, strict=True)]
        return counts

    def _tells(self, anchor: Anchor) -> bool:
        """Whether a blank of an anchored column would say that there is nothing: not where the
        table prints totals without their parts.
        """
        if not self.parts_missing:
            return True
        totals = {identity.total for identity in table_sums(self.grid)}
        return totals.issuperset(anchor.columns)

    def _misses(self, index: int, choice: Choice, anchor: Anchor) -> bool:
        """Whether a way contradicts what other cells say; a blank counts zero."""
        vector = self._vector(index, choice)
        values = [vector[column] for column in anchor.columns]
        if None in values:
            return False
        total = sum(value for value in values if value is not None and value != BLANK)
        return abs(Decimal(total).scaleb(-self.scale) - anchor.value) > anchor.tolerance
