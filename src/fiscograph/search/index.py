"""The index of one release: a SQLite file, written once and then only read.

A row of ``entry`` is one entry; its number holds its kind above and a count below, so that each
kind is one range of numbers and a search can ask for one kind alone. ``words`` is an FTS5 table
(https://sqlite.org/fts5.html) of our own tokens: it keeps no text and no places, for what it finds
is compared with the entry itself.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

from fiscograph.search.entry import Entry, Kind
from fiscograph.search.errors import IndexUnwritable, SearchUnavailable
from fiscograph.search.words import fold, index_tokens, key

_T = TypeVar("_T")
LAYOUT = 2
KIND_BITS = 40
_BATCH = 2_000
_LONGEST_TEXT = 20_000
_TABLES = """
CREATE TABLE entry(
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  place TEXT NOT NULL);
CREATE TABLE name_key(key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE code_key(key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  name, text, content='', columnsize=0, detail=column, tokenize="ascii tokenchars '.'");
"""


def check_sqlite() -> None:
    """See that the index can be made and read here.

    Raises:
        SearchUnavailable: this SQLite has no FTS5.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(a, content='')")
        except sqlite3.OperationalError as error:
            raise SearchUnavailable(sqlite3.sqlite_version) from error


def build_index(entries: Iterable[Entry], file: Path) -> None:
    """Write the index of some entries; the same entries give the same bytes.

    It is made beside and renamed: ``file`` is complete or not there.

    Raises:
        SearchUnavailable: this SQLite has no FTS5.
        IndexUnwritable: the file cannot be written.
    """
    check_sqlite()
    beside = file.with_name(f".tmp-{os.getpid()}-{file.name}")
    try:
        beside.unlink(missing_ok=True)
        with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            _fill(connection, entries)
        _fsync(beside)
        beside.replace(file)
        _fsync(file.parent)
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexUnwritable(file, str(error)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    # Nothing to roll back to: a file that is not complete is thrown away.
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
    connection.execute("BEGIN")
    for some in _in_batches(_rows(entries)):
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", (row for row, _ in some))
        connection.executemany(
            "INSERT OR IGNORE INTO code_key VALUES (?, ?)",
            ((key(code), row[0]) for row, codes in some for code in codes if key(code)),
        )
    connection.execute(f"PRAGMA user_version={LAYOUT}")
    connection.execute("COMMIT")
    _fill_words(connection)


_Row = tuple[int, str, str, str, str]


def _rows(entries: Iterable[Entry]) -> Iterator[tuple[_Row, tuple[str, ...]]]:
    counts = dict.fromkeys(Kind, 0)
    for one in entries:
        counts[one.kind] += 1
        number = (one.kind.order << KIND_BITS) + counts[one.kind]
        text = _storable(one.text)[:_LONGEST_TEXT]
        yield (number, one.path, _storable(one.name), text, _storable(one.where)), one.codes


def _storable(text: str) -> str:
    """SQLite takes text up to a NUL and no lone surrogates."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _fill_words(connection: sqlite3.Connection) -> None:
    """The words in the order of the numbers: FTS5 writes out what it has gathered whenever a
    smaller number comes.
    """
    connection.execute("BEGIN")
    found = connection.execute("SELECT id, name, text FROM entry ORDER BY id")
    for some in _in_batches(found):
        folded = [(number, fold(name).text, fold(text).text) for number, name, text in some]
        connection.executemany(
            "INSERT INTO words(rowid, name, text) VALUES (?, ?, ?)",
            ((number, _tokens(name), _tokens(text)) for number, name, text in folded),
        )
        connection.executemany(
            "INSERT INTO name_key VALUES (?, ?)",
            ((name.replace(" ", ""), number) for number, name, _ in folded if name),
        )
    connection.execute("INSERT INTO words(words) VALUES ('optimize')")
    connection.execute("COMMIT")


def _tokens(folded: str) -> str:
    return " ".join(dict.fromkeys(index_tokens(folded)))


def _in_batches(rows: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(rows)
    while some := list(islice(rest, _BATCH)):
        yield some


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
