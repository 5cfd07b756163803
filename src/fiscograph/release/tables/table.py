"""A table of the release: its name, its columns, its rows, and how a cell is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import canonical_decimal
from fiscograph.release.tables.columns import Schema, schemas
from fiscograph.release.tables.directory import Directory

Cell = str | int | bool | Decimal | None | tuple[str, ...] | tuple[int, ...]
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a table under its schema. They are sorted by the cells of its key, texts by code
    point, numbers by value.
    """

    schema: Schema
    rows: Callable[[Directory], Iterable[Row]]

    @property
    def name(self) -> str:
        return self.schema.name

    @property
    def columns(self) -> tuple[str, ...]:
        return self.schema.names

    @property
    def key(self) -> tuple[str, ...]:
        return self.schema.key

    @property
    def file_name(self) -> str:
        return self.schema.file_name


def table(name: str, rows: Callable[[Directory], Iterable[Row]]) -> Table:
    """The table of that name with the columns that ``columns.toml`` gives it.

    Raises:
        KeyError: it gives it none.
    """
    return Table(schema=schemas()[name], rows=rows)


def written(cell: Cell) -> str:
    """A cell as it stands in the file.

    >>> written(Decimal("712000.00")), written(True), written(None), written(("a", "b"))
    ('712000', 'true', '', 'a|b')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return canonical_decimal(cell)
    if isinstance(cell, tuple):
        return "|".join(str(one) for one in cell)
    return str(cell)


def as_csv(made: Table, directory: Directory) -> tuple[bytes, int]:
    """The file's bytes and its number of rows.

    Raises:
        ValueError: a row has other columns than the table.
    """
    rows = sorted(
        made.rows(directory), key=lambda row: tuple(_order(row[name]) for name in made.key)
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(made.columns)
    for row in rows:
        if row.keys() != set(made.columns):
            odd = sorted(row.keys() ^ set(made.columns))
            raise ValueError(f"{made.file_name}: a row misses or adds the columns {odd}")
        writer.writerow([written(row[name]) for name in made.columns])
    return out.getvalue().encode(), len(rows)


def _order(cell: Cell) -> tuple[int, str]:
    return (cell, "") if isinstance(cell, int) else (0, written(cell))
