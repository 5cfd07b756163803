"""The release's tables as a SQLite file, so that they are filtered, sorted and paged.

It is made from the CSV files, row by row in their order, beside the release's store, and then only
read. Decimals are kept as they are written, with a text beside that sorts as their values do: no
binary float touches an amount.
"""

from __future__ import annotations

import csv
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fiscograph.release import quads, read_manifest
from fiscograph.release.tables.columns import Kind, Schema, schemas
from fiscograph.search import folded_text
from fiscograph.vocabulary import PROV

LAYOUT = 2
# The ledger is what everything else was read from; it is had as a file.
TABLES = tuple(name for name in schemas() if name != "ledger")
_SECONDS = 3.0
_STEPS = 20_000
_WHOLE, _FRACTION = 30, 12
_NINES = str.maketrans("0123456789", "9876543210")
Cells = Mapping[str, str]


class TooLong(Exception):
    """A question took longer than is given to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A clause of SQL with its values; no value ever stands in the clause."""

    clause: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which rows of a table: those that every condition holds for, in the order of ``sort``
    (``-column`` for the largest first) and then of the file; ``most`` of them from ``start`` on.
    """

    conditions: tuple[Condition, ...] = ()
    sort: str | None = None
    start: int = 0
    most: int = -1


def sorting(number: str) -> str:
    """A text that sorts as a decimal does.

    >>> numbers = ["-10.5", "-2", "0", "0.03", "0.3", "12", "100"]
    >>> sorted(reversed(numbers), key=sorting) == numbers
    True
    """
    value = Decimal(number)
    whole, _, fraction = format(abs(value), "f").partition(".")
    digits = whole.zfill(_WHOLE) + fraction.ljust(_FRACTION, "0")
    return "0" + digits.translate(_NINES) if value < 0 else "1" + digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The tables of a release. One connection is opened for each question."""

    file: Path

    @classmethod
    def of(cls, release: Path, file: Path) -> Rows:
        """Make the file from a release's tables, or find it; beside and renamed.

        Raises:
            OSError: it cannot be written.
        """
        if not file.is_file():
            beside = file.with_name(f".tmp-{os.getpid()}-{file.name}")
            try:
                beside.unlink(missing_ok=True)
                with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
                    _fill(connection, release)
                beside.replace(file)
            finally:
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
        return cls(file=file)

    def count(self, table: str, chosen: Chosen) -> int:
        """How many rows the conditions hold for, however many are wanted.

        Raises:
            TooLong: it took too long.
        """
        where, values = _where(chosen.conditions)
        with self._opened() as connection:
            row = connection.execute(f'SELECT count(*) FROM "{table}"{where}', values).fetchone()  # noqa: S608  names of ours
        return int(row[0])

    def rows(self, table: str, chosen: Chosen) -> Iterator[Cells]:
        """The chosen rows, one after another; cells as they stand in the CSV.

        Raises:
            TooLong: it took too long.
        """
        names = schemas()[table].names
        columns = ", ".join(f'"{name}"' for name in names)
        where, values = _where(chosen.conditions)
        query = (
            f'SELECT {columns} FROM "{table}"{where} '  # noqa: S608  names of ours
            f"ORDER BY {_order(schemas()[table], chosen.sort)} LIMIT ? OFFSET ?"
        )
        with self._opened() as connection:
            for row in connection.execute(query, (*values, chosen.most, chosen.start)):
                yield dict(zip(names, row, strict=True))

    def printed(self, budget: str) -> tuple[str, ...]:
        """Where the amount of a project budget is printed: the printing that was used, then those
        of the same amount.
        """
        asked = (
            "SELECT b.amount FROM budget_amounts b "
            "LEFT JOIN printed_amounts a ON a.amount = b.amount "
            "LEFT JOIN projects p ON p.project_budget = b.project_budget "
            "WHERE b.project_budget = ? AND (b.is_chosen OR a.amount_cny = p.amount_cny) "
            "ORDER BY 1 - b.is_chosen, b.amount"
        )
        with self._opened() as connection:
            return tuple(amount for (amount,) in connection.execute(asked, (budget,)))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        address = f"{self.file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as connection:
            end = time.monotonic() + _SECONDS
            connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
            try:
                yield connection
            except sqlite3.OperationalError as error:
                raise TooLong from error


def _where(conditions: Sequence[Condition]) -> tuple[str, tuple[str, ...]]:
    clauses = " AND ".join(f"({one.clause})" for one in conditions)
    values = tuple(value for one in conditions for value in one.values)
    return (f" WHERE {clauses}" if clauses else ""), values


def _order(schema: Schema, sort: str | None) -> str:
    if sort is None:
        return "n"
    name, way = sort.removeprefix("-"), "DESC" if sort.startswith("-") else "ASC"
    kind = next(column.kind for column in schema.columns if column.name == name)
    if kind is Kind.DECIMAL:
        key = f'"{name} sorted"'
    elif kind is Kind.INTEGER:
        key = f'CAST("{name}" AS INTEGER)'
    else:
        key = f'"{name}"'
    # What is empty comes last, whichever way.
    return f"\"{name}\" = '', {key} {way}, n"


def _fill(connection: sqlite3.Connection, release: Path) -> None:
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN")
    for name in TABLES:
        schema = schemas()[name]
        decimals = tuple(one.name for one in schema.columns if one.kind is Kind.DECIMAL)
        columns = [*schema.names, *(f"{one} sorted" for one in decimals), "text searched"]
        listed = ", ".join(f'"{one}" TEXT NOT NULL' for one in columns)
        connection.execute(f'CREATE TABLE "{name}"(n INTEGER PRIMARY KEY, {listed})')
        places = ", ".join("?" for _ in range(len(columns) + 1))
        connection.executemany(
            f'INSERT INTO "{name}" VALUES ({places})',  # noqa: S608  names of ours
            _stored(release / "tables" / schema.file_name, schema, decimals),
        )
        for column in (one.name for one in schema.columns if one.kind is Kind.IRI):
            connection.execute(f'CREATE INDEX "{name} {column}" ON "{name}"("{column}")')
    connection.execute(
        "CREATE TABLE budget_amounts(project_budget TEXT NOT NULL, amount TEXT NOT NULL, "
        "is_chosen INTEGER NOT NULL, PRIMARY KEY (project_budget, amount)) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO budget_amounts VALUES (?, ?, ?) ON CONFLICT (project_budget, amount) "
        "DO UPDATE SET is_chosen = max(is_chosen, excluded.is_chosen)",
        _budget_amounts(release),
    )
    connection.execute("COMMIT")


def _budget_amounts(release: Path) -> Iterator[tuple[str, str, int]]:
    """Where the amount of each project budget is printed, which the graph says and no table."""
    base = read_manifest(release).get("base", "")
    for quad in quads(release):
        if quad.predicate in {PROV.hadPrimarySource, PROV.wasDerivedFrom}:
            budget, amount = (getattr(one, "value", "") for one in (quad.subject, quad.object))
            if "/project/" in budget:
                chosen = int(quad.predicate == PROV.hadPrimarySource)
                yield budget.removeprefix(base), amount.removeprefix(base), chosen


def _stored(file: Path, schema: Schema, decimals: Iterable[str]) -> Iterator[tuple[object, ...]]:
    if not file.is_file():
        return
    texts = [one.name for one in schema.columns if one.kind is Kind.TEXT]
    with file.open(encoding="utf-8", newline="") as opened:
        for number, row in enumerate(csv.DictReader(opened), start=1):
            cells = [row.get(name) or "" for name in schema.names]
            keys = [sorting(row[name]) if row[name] else "" for name in decimals]
            searched = " ".join(folded_text(row[name]) for name in texts if row.get(name))
            yield (number, *cells, *keys, searched)
