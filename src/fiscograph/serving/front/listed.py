"""The rows of the lists beside the store, so that any page of a long list is one read of a few rows.

What stands there is what the query of each list answers without its limit and with nothing chosen,
row by row in its order; what is chosen is looked up in the columns that the query compares.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from pathlib import Path

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from fiscograph.queries import Limits, QueryEngine, Row, SolutionFormat, Term, load, text
from fiscograph.serving.data.kept import beside
from fiscograph.serving.front.lists import LISTINGS, Choice, Filter, Listing

LAYOUT = 1
_LIMIT = re.compile(r"\nLIMIT [0-9]+\s*\Z")
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE listed (
  list TEXT NOT NULL, n INTEGER NOT NULL, scope TEXT, key1 TEXT, key2 TEXT, key3 TEXT,
  text TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (list, n)
) WITHOUT ROWID;
CREATE TABLE row (id INTEGER PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE within (region TEXT NOT NULL, scope TEXT NOT NULL, PRIMARY KEY (region, scope)) WITHOUT ROWID;
"""
_FINISHED = """
CREATE INDEX by_scope ON listed (list, scope);
CREATE INDEX by_key1 ON listed (list, key1);
CREATE INDEX by_key2 ON listed (list, key2);
CREATE INDEX by_key3 ON listed (list, key3);
"""
_MOST_KEYS = 3
Values = Mapping[str, Term]
_Terms = Mapping[str, NamedNode | Literal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of a list, and how many there are in all."""

    rows: tuple[Row, ...]
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The file, as :func:`make_lists` makes it; a connection is opened for each question."""

    file: Path

    def part(self, listing: Listing, chosen: Mapping[str, str], *, start: int, most: int) -> Part:
        """At most so many rows of a list.

        Args:
            listing: which list.
            chosen: by the name of a filter what it was set to: the IRI of a region, a key, a piece
                of text; empty for any.
            start: the first of them, counted from 0.
            most: how many.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        where, values = _where(listing, chosen)
        address = f"{self.file.resolve().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as file:
            (found,) = file.execute(f"SELECT COUNT(*) FROM listed {where}", values).fetchone()  # noqa: S608  clauses of ours
            asked = file.execute(
                f"SELECT said FROM row WHERE id IN (SELECT row FROM listed {where}"  # noqa: S608  likewise
                " ORDER BY n LIMIT ? OFFSET ?) ORDER BY id",
                (*values, most, start),
            )
            return Part(rows=tuple(_read(said) for (said,) in asked), found=found)


def listed_of(store: Path) -> Listed | None:
    """The lists beside a store, where they have been made."""
    file = lists_beside(store)
    return Listed(file=file) if file.is_file() else None


def lists_beside(store: Path) -> Path:
    """Where the lists of a store stand; what they are made of and how is in the name."""
    queries = [
        text(name) for name in ("regions-of-scopes", *(_query(one) for one in LISTINGS.values()))
    ]
    told = sha256("\n".join((_TABLES, _FINISHED, *queries)).encode()).hexdigest()
    return store.parent / f"lists-{LAYOUT}-{told[:12]}.sqlite"


def _query(listing: Listing) -> str:
    return listing.question.query


def _where(listing: Listing, chosen: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    clauses, values = ["list = ?"], [listing.question.query]
    keys = 0
    for one in listing.filters:
        keys += one.choice is Choice.KEY
        said = chosen.get(one.name, "")
        if not said:
            continue
        values.append(said)
        match one.choice:
            case Choice.KEY:
                clauses.append(f"key{keys} = ?")
            case Choice.REGION:
                clauses.append("scope IN (SELECT scope FROM within WHERE region = ?)")
            case Choice.TEXT:
                clauses.append("instr(text, ?) > 0")
    return f"WHERE {' AND '.join(clauses)}", tuple(values)


def make_lists(
    engine: QueryEngine, file: Path, limits: Limits, values: Mapping[str, Values]
) -> None:
    """Ask for every list whole and write the file; it appears whole or not at all.

    Args:
        engine: an engine with the memory for it.
        file: where it is made.
        limits: those of each query.
        values: by the name of a list the values of its query that leave nothing out.

    Raises:
        QueryError: the store cannot be asked.
        OSError: the file cannot be written.
        sqlite3.Error: likewise.
    """
    with beside(file) as made, contextlib.closing(sqlite3.connect(made)) as connection:
        connection.executescript(_TABLES)
        numbers = count(1)
        for name, listing in LISTINGS.items():
            rows = _whole(engine, listing, limits, values[name])
            _add(connection, listing, rows, numbers)
        within = engine.run(
            replace(load("regions-of-scopes"), solutions=SolutionFormat.CSV), limits
        )
        connection.executemany("INSERT OR IGNORE INTO within VALUES (?, ?)", within.columns())
        connection.executescript(_FINISHED)
        connection.execute("ANALYZE")
        connection.commit()


def _whole(
    engine: QueryEngine, listing: Listing, limits: Limits, values: Values
) -> Iterator[_Terms]:
    name = listing.question.query
    query = replace(
        load(name, **values), text=_LIMIT.sub("\n", text(name)), solutions=SolutionFormat.TSV
    )
    body = engine.run(query, limits).body
    solutions = parse_query_results(body, format=QueryResultsFormat.TSV)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a list is a SELECT")
    # What was bound is the asker's, not the row's.
    names = [one.value for one in solutions.variables if one.value not in values]
    for solution in solutions:
        terms = ((name, solution[name]) for name in names)
        yield {name: term for name, term in terms if isinstance(term, NamedNode | Literal)}


def _add(
    connection: sqlite3.Connection,
    listing: Listing,
    rows: Iterable[_Terms],
    numbers: Iterator[int],
) -> None:
    query = listing.question.query
    keys = [one for one in listing.filters if one.choice is Choice.KEY]
    scope = next((one.column for one in listing.filters if one.choice is Choice.REGION), None)
    for n, row in enumerate(rows):
        cells = [*(_key(one, row) for one in keys), *[None] * (_MOST_KEYS - len(keys))]
        place = None if scope is None else _text(row, scope)
        searched = " ".join(_text(row, one) or "" for one in listing.texts)
        at = next(numbers)
        connection.execute("INSERT INTO row VALUES (?, ?)", (at, _said(row)))
        connection.execute(
            "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (query, n, place, *cells, searched, at),
        )


def _key(one: Filter, row: _Terms) -> str | None:
    """What a row has that a filter's key is compared with."""
    found = _text(row, one.column)
    if one.bound:
        return one.keys[0] if found is None else one.keys[1]
    return None if found is None else (found.rpartition("/")[2] if one.path else found)


def _text(row: _Terms, name: str) -> str | None:
    term = row.get(name)
    return None if term is None else term.value


def _said(row: _Terms) -> str:
    """A row as text: of an IRI ``<`` and the IRI, of a literal ``"`` and its text."""
    written = {
        name: ("<" if isinstance(term, NamedNode) else '"') + term.value
        for name, term in row.items()
    }
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def _read(said: str) -> Row:
    return {
        name: NamedNode(term[1:]) if term[0] == "<" else Literal(term[1:])
        for name, term in json.loads(said).items()
    }
