"""What the tables of a filing say of each other: the forms' equalities, over the cells at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscograph.budget import Unit
from fiscograph.forms.grid import Grid, Row
from fiscograph.forms.schema import FormBook, Grammar
from fiscograph.identities import CellRef, CrossEquality, tolerance_of_sum
from fiscograph.placement.problem import Anchor, TableProblem, Way
from fiscograph.placement.tree import BLANK, Known

# In a reference: any class that is printed.
_ANY = "*"

Terms = tuple[CellRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one side of an equality says, in yuan; ``step`` is one unit of its coarsest last
    decimal, in yuan.
    """

    value: Decimal
    terms: int
    step: Decimal


def equalities_of(book: FormBook, grids: Sequence[Grid]) -> tuple[CrossEquality, ...]:
    """The forms' equalities; one that holds for any class, once for each class that is printed."""
    found: list[CrossEquality] = []
    for equality in book.cross:
        refs = [ref for side in (equality.left, equality.right) for terms in side for ref in terms]
        anys = [ref for ref in refs if ref.row.endswith(_ANY)]
        if not anys:
            found.append(equality)
            continue
        keys = {key for ref in anys for key in _keys(ref, grids)}
        found.extend(_of_key(equality, key) for key in sorted(keys))
    return tuple(found)


def _keys(ref: CellRef, grids: Sequence[Grid]) -> Iterator[str]:
    """The class codes that a table prints in the rows that a reference is about."""
    side = ref.row.partition(":")[0]
    for grid in grids:
        if grid.form.id != ref.form:
            continue
        for row in grid.rows:
            if side == "code" and row.code is not None and len(row.code) == 3:
                yield row.code
            elif row.side == side and row.role == "item" and row.key and row.key.isdigit():
                yield row.key


def _of_key(equality: CrossEquality, key: str) -> CrossEquality:
    def side(alternatives: tuple[Terms, ...]) -> tuple[Terms, ...]:
        return tuple(
            tuple(replace(ref, row=ref.row.replace(_ANY, key)) for ref in terms)
            for terms in alternatives
        )

    return replace(equality, left=side(equality.left), right=side(equality.right))


def anchors_of(
    own: TableProblem,
    others: Sequence[TableProblem],
    equalities: Sequence[CrossEquality],
    unit: Unit,
) -> tuple[Anchor, ...]:
    """What the settled cells of other tables give for the cells of one.

    Args:
        own: the table.
        others: the other tables, solved.
        equalities: the forms' equalities, as :func:`equalities_of` gives them.
        unit: the unit of tables that name none.
    """
    found: list[Anchor] = []
    form = own.grid.form.id
    for equality in equalities:
        for near, far in ((equality.left, equality.right), (equality.right, equality.left)):
            ref = next((terms[0] for terms in near if _is_here(terms, own)), None)
            if ref is None or all(term.form == form for terms in far for term in terms):
                continue
            told = told_by(far, others, unit)
            column = column_of(own.grid, ref)
            if told is None or column is None:
                continue
            found.append(_anchor(own, (ref, column), told, unit, soft=equality.soft))
    return tuple(sorted(set(found), key=_order))


def _order(anchor: Anchor) -> tuple[int, int, Decimal, bool]:
    return (-1 if anchor.row is None else anchor.row, anchor.column, anchor.value, anchor.soft)


def _is_here(terms: Terms, own: TableProblem) -> bool:
    """Whether a side is one cell of a table, or of the total that it does not print."""
    if len(terms) > 1 or terms[0].form != own.grid.form.id:
        return False
    if row_of(own.grid, terms[0]) is not None:
        return True
    return terms[0].row == "total" and own.grid.form.grammar is Grammar.CODE_ROWS


def _anchor(
    own: TableProblem, cell: tuple[CellRef, int], told: Told, unit: Unit, *, soft: bool
) -> Anchor:
    factor = (own.grid.unit or unit).value
    step = max(told.step, factor.scaleb(-own.scale))
    return Anchor(
        row=row_of(own.grid, cell[0]),
        column=cell[1],
        value=told.value / factor,
        tolerance=tolerance_of_sum(told.terms, 0) * step / factor,
        soft=soft,
    )


def told_by(
    alternatives: Sequence[Terms], tables: Sequence[TableProblem], unit: Unit
) -> Told | None:
    """What a side says: its first alternative whose cells all stand in tables, if all are settled."""
    for terms in alternatives:
        cells = [_cell(ref, tables) for ref in terms]
        if None in cells:
            continue
        values = [_settled(*cell) for cell in cells if cell is not None]
        steps = [
            (table.grid.unit or unit).value.scaleb(-table.scale)
            for table, _, _ in (cell for cell in cells if cell is not None)
        ]
        sums = [
            value * step for value, step in zip(values, steps, strict=True) if value is not None
        ]
        if len(sums) < len(terms):
            return None
        return Told(value=sum(sums, Decimal(0)), terms=len(terms), step=max(steps))
    return None


def _cell(ref: CellRef, tables: Sequence[TableProblem]) -> tuple[TableProblem, int, int] | None:
    for table in tables:
        if table.grid.form.id != ref.form:
            continue
        row, column = row_of(table.grid, ref), column_of(table.grid, ref)
        if row is not None and column is not None:
            return table, row, column
    return None


def _settled(table: TableProblem, row: int, column: int) -> int | None:
    """The number of a cell in the smallest printed unit, where all that survives agrees on it."""
    node = table.nodes[table.node_of[row]]
    if node.known is not Known.ALL or table.overfull:
        return None
    values = {node.options[at].vector[column] for at in node.within(0)}
    if len(values) != 1:
        return None
    (value,) = values
    return 0 if value == BLANK else value


def row_of(grid: Grid, ref: CellRef) -> int | None:
    """The index of the row that a reference names; one without numbers only where its label alone
    says that it is blank: an item of a two-sided form.
    """
    side, _, key = ref.row.partition(":")
    for index, row in enumerate(grid.rows):
        blank = row.role == "item" and grid.form.grammar is Grammar.TWO_SIDED
        if names(row, side, key) and (row.numbers or blank):
            return index
    return None


def names(row: Row, side: str, key: str) -> bool:
    """Whether a reference's row is this one."""
    if side == "total":
        return row.level == 0
    if side == "code":
        return row.code == key
    return row.side == side and row.key == key


def column_of(grid: Grid, ref: CellRef) -> int | None:
    """The index of the column that a reference names; of several years the latest."""
    row = row_of(grid, ref)
    side = grid.rows[row].side if row is not None else ""
    found = [
        (column.year or 0, index)
        for index, column in enumerate(grid.columns)
        if column.key == ref.column and column.side == side
    ]
    return max(found)[1] if found else None


def ways_left(table: TableProblem, row: int) -> list[Way]:
    """The ways of a row that survive, the canonical ones first."""
    node = table.nodes[table.node_of[row]]
    return [table.ways[row][at] for at in node.within(0)]
