"""Which columns the two sides of a form have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from fiscograph.forms.grid import Column
from fiscograph.forms.headers.drawn import drawn_columns, unnamed_column, year_of
from fiscograph.forms.headers.flat import NO_AMOUNT
from fiscograph.forms.schema import ColumnSpec, Form, amount_headers
from fiscograph.tables import Line, header_paths

SIDES = {"income": "收入", "expenditure": "支出", "use": "支出用途"}


def column_specs(form: Form) -> tuple[ColumnSpec, tuple[ColumnSpec, ...]]:
    """The income column and the expenditure columns of a form."""
    amounts = form.amount_columns
    return amounts[0], amounts[1:]


def sided(column: Column, side: str) -> Column:
    """A column on its side: its path starts with the name of the side."""
    head = SIDES[side]
    path = column.path if column.path[:1] == (head,) else (head, *column.path)
    return replace(column, side=side, path=path)


def drawn_sides(
    form: Form, header: Sequence[Line], width: int, split: int, filled: Collection[int]
) -> tuple[tuple[Column, ...], dict[int, int]]:
    """The columns of a form whose header cells are drawn, income first.

    A column whose header the form does not know has no key of its own: its neighbour's would be
    read for it. Only where all others stand in the form's order, and none is left over, its place
    tells what it is.

    Args:
        form: the recognised form.
        header: the header's lines, top down.
        width: how many cells the table has.
        split: the cell in which the labels of expenditure stand.
        filled: the cells that print amounts in some row.

    Returns:
        the columns, and by cell index which of them it prints.
    """
    income, expenditure = column_specs(form)
    paths = header_paths(header, width)
    columns: list[Column] = []
    by_index: dict[int, int] = {}
    for side, specs, within in (
        ("income", (income,), range(1, min(split, width))),
        ("expenditure", expenditure, range(split + 1, width)),
    ):
        amounts = drawn_columns(form, header, width, specs, within=within)[0] if within else {}
        cells = [i for i in within if not NO_AMOUNT & set(paths[i])]
        named = _named({i: amounts[i] for i in cells if i in amounts})
        told = _in_order(cells, paths, named, specs)
        for index in cells:
            column = named.get(index) or (
                _unnamed(told.get(index, ""), paths[index], index)
                if index in told or index in filled
                else None
            )
            if column is not None:
                by_index[index] = len(columns)
                columns.append(sided(replace(column, path=column.path[-1:]), side))
    return tuple(columns), by_index


def _unnamed(key: str, path: tuple[str, ...], index: int) -> Column:
    """A column whose header the form does not know, or that prints none."""
    path = path[-1:] or unnamed_column(index + 1).path
    return Column(key=key, path=path, year=year_of(path))


def _named(amounts: dict[int, Column]) -> dict[int, Column]:
    """The columns that headers name: of two with one key the first."""
    first: dict[str, int] = {}
    for index, column in amounts.items():
        first.setdefault(column.key, index)
    return {index: column for index, column in amounts.items() if first[column.key] == index}


def _in_order(
    cells: Sequence[int],
    paths: Sequence[tuple[str, ...]],
    named: dict[int, Column],
    specs: Sequence[ColumnSpec],
) -> dict[int, str]:
    """The keys of the columns that no header names, where the whole header is the form's own."""
    if len(cells) != len(specs):
        return {}
    keys = {index: spec.key for index, spec in zip(cells, specs, strict=True)}
    if any(keys[index] != column.key for index, column in named.items()):
        return {}
    return {
        index: key
        for index, key in keys.items()
        if index not in named and not amount_headers() & set(paths[index])
    }
