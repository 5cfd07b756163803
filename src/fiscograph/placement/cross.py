"""What the tables of a filing say of each other: the forms' equalities, over the cells at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscograph.budget import Unit
from fiscograph.forms.grid import Grid, Row
from fiscograph.forms.narrative import ToldAmount
from fiscograph.forms.schema import FormBook, Grammar
from fiscograph.identities import CellRef, CrossEquality, tolerance_of_sum
from fiscograph.placement.problem import Anchor, TableProblem
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
    def cell(ref: CellRef) -> CellRef:
        return replace(ref, row=ref.row.replace(_ANY, key))

    def side(alternatives: tuple[Terms, ...]) -> tuple[Terms, ...]:
        return tuple(tuple(cell(ref) for ref in terms) for terms in alternatives)

    when = equality.when
    return replace(
        equality,
        left=side(equality.left),
        right=side(equality.right),
        when=(cell(when[0]), cell(when[1])) if when is not None else None,
    )


def anchors_of(
    own: TableProblem,
    tables: Sequence[TableProblem],
    equalities: Sequence[CrossEquality],
    unit: Unit,
) -> tuple[Anchor, ...]:
    """What the settled cells of a filing give for the cells of one table.

    Args:
        own: the table.
        tables: all tables, solved.
        equalities: the forms' equalities, as :func:`equalities_of` gives them.
        unit: the unit of tables that name none.
    """
    found: list[Anchor] = []
    for equality in equalities:
        for near, far in ((equality.left, equality.right), (equality.right, equality.left)):
            terms = next((terms for terms in near if _is_here(terms, own)), None)
            if terms is None or not _applies(equality, tables, unit):
                continue
            columns = [column_of(own.grid, ref) for ref in terms]
            told = told_by(far, _without(tables, own, terms), unit)
            if told is not None and None not in columns:
                known = tuple(column for column in columns if column is not None)
                found.append(_anchor(own, terms, known, told, unit, soft=equality.soft))
    return tuple(sorted(set(found), key=_order))


def _order(anchor: Anchor) -> tuple[int, tuple[int, ...], Decimal, bool]:
    return (-1 if anchor.row is None else anchor.row, anchor.columns, anchor.value, anchor.soft)


def _is_here(terms: Terms, own: TableProblem) -> bool:
    """Whether a side is one row of a table, or one cell of the total that it does not print."""
    form = own.grid.form.id
    if terms[0].form != form:
        return False
    if any(ref.form != form or ref.row != terms[0].row for ref in terms):
        return False
    if _row(own, terms[0]) is not None:
        return True
    one = len(terms) == 1
    return one and terms[0].row == "total" and own.grid.form.grammar is Grammar.CODE_ROWS


def _applies(equality: CrossEquality, tables: Sequence[TableProblem], unit: Unit) -> bool:
    """Whether the condition of an equality is known to hold."""
    if equality.when is None:
        return True
    one, other = (told_by([(ref,)], tables, unit) for ref in equality.when)
    if one is None or other is None:
        return False
    step = max(one.step, other.step)
    return abs(one.value - other.value) <= tolerance_of_sum(1, 0) * step


def _without(
    tables: Sequence[TableProblem], own: TableProblem, terms: Terms
) -> list[tuple[TableProblem, int | None]]:
    """The tables, and of a table's own rows all but the one that is asked for."""
    return [(table, _row(own, terms[0]) if table is own else None) for table in tables]


def _anchor(
    own: TableProblem,
    terms: Terms,
    columns: tuple[int, ...],
    told: Told,
    unit: Unit,
    *,
    soft: bool,
) -> Anchor:
    factor = (own.grid.unit or unit).value
    step = max(told.step, factor.scaleb(-own.scale))
    return Anchor(
        row=_row(own, terms[0]),
        columns=columns,
        value=told.value / factor,
        tolerance=tolerance_of_sum(max(told.terms, len(terms)), 0) * step / factor,
        soft=soft,
    )


def told_anchors(own: TableProblem, told: Sequence[ToldAmount], unit: Unit) -> tuple[Anchor, ...]:
    """What the narrative tells of a table: of the rows of a form with one, of the total of others.

    It weighs as much as an identity, and orders the rivals that it does not rule out.
    """
    grid = own.grid
    factor = (grid.unit or unit).value
    one_row = grid.form.grammar is Grammar.ITEM_COLUMNS
    rows = [i for i, row in enumerate(grid.rows) if row.numbers and (one_row or row.level == 0)]
    latest = max((column.year or 0 for column in grid.columns), default=0)
    found = {
        Anchor(
            row=row,
            columns=(index,),
            value=said.amount / factor,
            tolerance=tolerance_of_sum(1, own.scale),
            soft=soft,
        )
        for said in told
        if said.form == grid.form.id
        for index, column in enumerate(grid.columns)
        if column.key == said.column and (column.year or 0) == (said.year or latest)
        for row in rows
        for soft in (False, True)
    }
    return tuple(sorted(found, key=_order))


def told_by(
    alternatives: Sequence[Terms],
    tables: Sequence[tuple[TableProblem, int | None]] | Sequence[TableProblem],
    unit: Unit,
) -> Told | None:
    """What a side says: its first alternative whose cells all stand in tables, if all are settled.

    A table may come with the index of a row of its own that is not to be asked.
    """
    asked = [table if isinstance(table, tuple) else (table, None) for table in tables]
    for terms in alternatives:
        cells = [_cell(ref, asked) for ref in terms]
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


def _cell(
    ref: CellRef, tables: Sequence[tuple[TableProblem, int | None]]
) -> tuple[TableProblem, int, int] | None:
    for table, hidden in tables:
        if table.grid.form.id != ref.form:
            continue
        row = _row(table, ref)
        column = column_of(table.grid, ref) if row is not None and row != hidden else None
        if row is not None and column is not None:
            return table, row, column
    return None


def _settled(table: TableProblem, row: int, column: int) -> int | None:
    """The number of a cell in the smallest printed unit, where all that survives agrees on it.

    A blank says zero only of a row that can keep its own sums: of another a number may be missing.
    """
    node = table.nodes[table.node_of[row]]
    if node.known is not Known.ALL or table.misread:
        return None
    values = {node.options[at].vector[column] for at in node.within(0)}
    if len(values) != 1:
        return None
    (value,) = values
    if value != BLANK:
        return value
    return 0 if min(choice.cost for choice in table.choices[row]) == 0 else None


def _row(table: TableProblem, ref: CellRef) -> int | None:
    """As :func:`row_of`; every round of settling asks for the same rows."""
    if ref.row not in table.named:
        table.named[ref.row] = row_of(table.grid, ref)
    return table.named[ref.row]


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
