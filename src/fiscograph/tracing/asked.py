"""Rows of the store as plain texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from fiscograph.queries import Limits, QueryEngine, SolutionFormat, load
from fiscograph.queries.query import Term

# Address space in bytes, of engines that are opened for a whole release.
MEMORY = 4_000_000_000
LIMITS = Limits(seconds=10.0, result_bytes=50_000_000)
# What runs through a whole release is read once and kept; it may take its time, and the memory that
# the engine's owner allows: a store maps its files, so that address space grows with the release.
WHOLE = Limits(seconds=300.0, result_bytes=2_000_000_000, memory=MEMORY)
# By variable, unbound ones left out. Texts take two thirds of the time that terms take.
Row = Mapping[str, str]


def text(row: Row, name: str) -> str | None:
    return row.get(name)


def required(row: Row, name: str) -> str:
    """The text of a variable that the query always binds."""
    return row.get(name, "")


def whole_number(row: Row, name: str) -> int | None:
    found = row.get(name)
    return None if found is None else int(found)


def money(row: Row, name: str) -> Decimal | None:
    found = row.get(name)
    return None if found is None else Decimal(found)


def ask(engine: QueryEngine, name: str, **bindings: Term) -> tuple[Row, ...]:
    """The solutions of one of the package's queries.

    Raises:
        QueryError: the store cannot be asked.
    """
    query = replace(load(name, **bindings), solutions=SolutionFormat.CSV)
    return engine.run(query, LIMITS).texts()


def stream(engine: QueryEngine, name: str) -> Iterator[tuple[str, ...]]:
    """The solutions of a query that runs through the whole release, as plain texts.

    Raises:
        QueryError: the store cannot be asked.
    """
    query = replace(load(name), solutions=SolutionFormat.CSV)
    return engine.run(query, WHOLE).columns()
