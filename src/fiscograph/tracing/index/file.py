"""The index's file: its tables, and reading it from several threads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from fiscograph.errors import FiscographError

# Amounts are whole numbers of 10 to the power −scale yuan, so that SQLite adds them exactly; it
# fails rather than overflow. What sums group and filter by stands in `edge` as well, so that a
# ranking reads one table in one pass. Ids of documents are in the order of their IRIs.
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE region (id INTEGER PRIMARY KEY, iri TEXT, name TEXT);
CREATE TABLE organization (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, name TEXT);
CREATE TABLE document (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, level TEXT, said TEXT NOT NULL
);
CREATE TABLE relation (id INTEGER PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE possible (id INTEGER PRIMARY KEY, document TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE budget (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, name TEXT NOT NULL, code TEXT NOT NULL,
  filing TEXT NOT NULL, year TEXT NOT NULL, phase TEXT NOT NULL, region INTEGER NOT NULL,
  unit INTEGER, payer INTEGER, amount INTEGER, printed TEXT, covered INTEGER NOT NULL,
  founded INTEGER NOT NULL, inferred INTEGER NOT NULL
);
CREATE TABLE told (budget INTEGER PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE staged (document TEXT NOT NULL, budget INTEGER NOT NULL, score REAL, inferred INTEGER);
"""
FINISHED = """
CREATE TABLE edge (
  document INTEGER NOT NULL, budget INTEGER NOT NULL, year TEXT NOT NULL, phase TEXT NOT NULL,
  region INTEGER NOT NULL, payer INTEGER, amount INTEGER, covered INTEGER NOT NULL,
  score REAL, inferred INTEGER NOT NULL, PRIMARY KEY (document, budget)
) WITHOUT ROWID;
INSERT OR IGNORE INTO edge
  SELECT document.id, budget.id, year, phase, region, payer, amount, covered, score, staged.inferred
  FROM staged JOIN document ON document.iri = staged.document JOIN budget ON budget.id = staged.budget
  ORDER BY document.id, budget.id;
DROP TABLE staged;
CREATE INDEX edge_of_budget ON edge (budget, document, inferred);
UPDATE budget SET
  founded = EXISTS (SELECT 1 FROM edge WHERE edge.budget = budget.id),
  inferred = COALESCE((SELECT MIN(inferred) FROM edge WHERE edge.budget = budget.id), 0);
DELETE FROM told WHERE budget NOT IN (SELECT budget FROM edge);
CREATE INDEX budget_sums
  ON budget (payer, year, phase, covered, amount, founded, inferred, region);
CREATE INDEX budget_of_year ON budget (year, phase, founded, covered, amount, inferred, region);
CREATE INDEX budget_without ON budget (founded, COALESCE(amount, 0) DESC, iri);
"""


class IndexUnreadable(FiscographError):
    """The index of a release cannot be asked; it is made anew where it is missing.

    Args:
        path: the file.
        reason: why, in one clause.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason} (delete it: it is made anew)"


@dataclass(frozen=True, kw_only=True)
class IndexFile:
    """An index that is complete, opened for reading. Thread-safe; close it.

    ``scale`` is that of the amounts.
    """

    path: Path
    scale: int
    _idle: list[sqlite3.Connection]
    _lock: threading.Lock

    @classmethod
    def open(cls, path: Path) -> IndexFile:
        """Open it.

        Raises:
            IndexUnreadable: it is no index.
        """
        made = cls(path=path, scale=0, _idle=[], _lock=threading.Lock())
        (found,) = made.rows("SELECT value FROM meta WHERE name = 'scale'")
        object.__setattr__(made, "scale", int(found[0]))
        return made

    def close(self) -> None:
        """Close every connection that is not in use."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a SELECT.

        Raises:
            IndexUnreadable: the file cannot be read, or a sum does not fit 64 bits.
        """
        try:
            with self._connection() as connection:
                return connection.execute(sql, values or {}).fetchall()
        except sqlite3.Error as error:
            raise IndexUnreadable(self.path, str(error)) from error

    def yuan(self, amount: object) -> Decimal:
        """An amount or a sum as yuan; of nothing, zero."""
        return Decimal(int(str(amount or 0))).scaleb(-self.scale)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            # The file never changes: no locks are needed.
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)
