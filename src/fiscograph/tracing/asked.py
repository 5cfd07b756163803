"""Rows of the store as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from fiscograph.queries import Limits, QueryEngine, Row, SolutionFormat, load
from fiscograph.queries.query import Term

LIMITS = Limits(seconds=10.0, result_bytes=50_000_000)
# What runs through a whole release is read once and kept; it may take its time.
WHOLE = Limits(seconds=300.0, result_bytes=2_000_000_000)


def text(row: Row, name: str) -> str | None:
    term = row.get(name)
    return term.value if isinstance(term, NamedNode | Literal) else None


def required(row: Row, name: str) -> str:
    """The text of a variable that the query always binds."""
    return text(row, name) or ""


def whole_number(row: Row, name: str) -> int | None:
    found = text(row, name)
    return None if found is None else int(found)


def money(row: Row, name: str) -> Decimal | None:
    found = text(row, name)
    return None if found is None else Decimal(found)


def ask(engine: QueryEngine, name: str, **bindings: Term) -> tuple[Row, ...]:
    """The solutions of one of the package's queries.

    Raises:
        QueryError: the store cannot be asked.
    """
    return engine.select(load(name, **bindings), LIMITS)


def stream(engine: QueryEngine, name: str) -> Iterator[tuple[str, ...]]:
    """The solutions of a query that runs through the whole release, as plain texts.

    Raises:
        QueryError: the store cannot be asked.
    """
    query = replace(load(name), solutions=SolutionFormat.CSV)
    return engine.run(query, WHOLE).columns()
