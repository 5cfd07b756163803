"""The fixed queries of pages, answered once: what they were answered is kept as long as the release is
served, and what runs through a whole release is read from a file that was prepared beside the store.

A release never changes while it is served, so that the same question has the same answer.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from fiscograph.queries import Limits, Query, QueryEngine, QueryResult, Row, SolutionFormat
from fiscograph.queries.engine import MEMORY

LAYOUT = 1
# Rows that are kept in memory, of all answers together; an answer with more than a quarter is not.
MOST_ROWS = 20_000
_LEVEL = 5
_TABLE = "CREATE TABLE answer (key BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"


class KeptAnswers:
    """A file of answers as they came from the engine, open. Thread-safe; close it.

    Args:
        file: as :func:`write_answers` makes it.
    """

    def __init__(self, file: Path) -> None:
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._file = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def get(self, key: bytes) -> tuple[Row, ...] | None:
        """The solutions that were kept; None where none were, or they cannot be read."""
        try:
            with self._lock:
                asked = self._file.execute("SELECT body FROM answer WHERE key = ?", (key,))
                row = asked.fetchone()
            body = None if row is None else zlib.decompress(row[0])
        except (sqlite3.Error, zlib.error):
            return None
        if body is None:
            return None
        return QueryResult(body=body, media_type=SolutionFormat.JSON.value).rows()

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._file.close()


class PageEngine(QueryEngine):
    """The engine of the pages' own queries: what was selected once is not evaluated again.

    Its arguments are those of :class:`QueryEngine`.
    """

    def __init__(
        self,
        store: Path,
        *,
        base: str | None,
        prefixes: dict[str, str],
        workers: int,
        most_waiting: int,
        memory: int = MEMORY,
    ) -> None:
        super().__init__(
            store,
            base=base,
            prefixes=prefixes,
            workers=workers,
            most_waiting=most_waiting,
            memory=memory,
        )
        self._prepared: KeptAnswers | None = None
        self._beside: Callable[[], None] | None = None
        self._known: OrderedDict[bytes, tuple[Row, ...]] = OrderedDict()
        self._rows = 0
        self._own = threading.Lock()

    @property
    def kept(self) -> KeptAnswers | None:
        """What was prepared, where it is used."""
        return self._prepared

    def use(self, kept: KeptAnswers) -> None:
        """Answer from what was prepared first of all; it is closed with the engine."""
        self._prepared, self._beside = kept, None

    @property
    def preparing(self) -> bool:
        """Whether something is prepared beside the engine just now."""
        return self._beside is not None

    def ends_with(self, stop: Callable[[], None] | None) -> None:
        """Stop what is prepared beside the engine before it is closed; None when it has ended."""
        self._beside = stop

    def select(self, query: Query, limits: Limits | None = None) -> tuple[Row, ...]:
        """As the engine's; what is known already costs none of its limits."""
        key = key_of(query)
        with self._own:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        found = None if self._prepared is None else self._prepared.get(key)
        if found is None:
            found = super().select(query, limits)
        self._keep(key, found)
        return found

    def close(self) -> None:
        """Kill all workers, those of what is prepared beside too; close the file."""
        if self._beside is not None:
            self._beside()
        super().close()
        if self._prepared is not None:
            self._prepared.close()

    def _keep(self, key: bytes, rows: tuple[Row, ...]) -> None:
        if len(rows) > MOST_ROWS // 4:
            return
        with self._own:
            if key in self._known:
                return
            self._known[key] = rows
            self._rows += len(rows) + 1
            while self._rows > MOST_ROWS:
                _, gone = self._known.popitem(last=False)
                self._rows -= len(gone) + 1


class PreparingEngine(PageEngine):
    """An engine that takes its time and remembers every answer, to be written to a file.

    Args:
        store: as in :class:`QueryEngine`.
        base: likewise.
        prefixes: likewise.
        whole: the limits of every query, whatever whoever asks would give it.
    """

    def __init__(
        self, store: Path, *, base: str | None, prefixes: dict[str, str], whole: Limits
    ) -> None:
        super().__init__(
            store, base=base, prefixes=prefixes, workers=1, most_waiting=64, memory=whole.memory
        )
        self._whole = whole
        self.found: dict[bytes, bytes] = {}

    def select(
        self,
        query: Query,
        limits: Limits | None = None,  # noqa: ARG002  whatever a page would give it
    ) -> tuple[Row, ...]:
        """As the engine's, with its own limits."""
        key = key_of(query)
        if key not in self.found:
            self.found[key] = zlib.compress(self.run(query, self._whole).body, _LEVEL)
        body = zlib.decompress(self.found[key])
        return QueryResult(body=body, media_type=SolutionFormat.JSON.value).rows()


def key_of(query: Query) -> bytes:
    """What tells one query with its values from another."""
    bound = [(name, str(term)) for name, term in sorted(query.bindings.items())]
    told = repr((query.text, bound, query.default_graphs, query.named_graphs, query.solutions))
    return sha256(told.encode()).digest()


def write_answers(found: Mapping[bytes, bytes], file: Path) -> None:
    """Write the answers of a :class:`PreparingEngine`; the file appears whole or not at all.

    Raises:
        OSError: it cannot be written.
        sqlite3.Error: likewise.
    """
    with beside(file) as made, contextlib.closing(sqlite3.connect(made)) as connection, connection:
        connection.execute(_TABLE)
        connection.executemany("INSERT INTO answer VALUES (?, ?)", sorted(found.items()))


@contextlib.contextmanager
def beside(file: Path) -> Iterator[Path]:
    """A path to write to that becomes the file when all is well."""
    descriptor, name = tempfile.mkstemp(prefix=".tmp-", dir=file.parent)
    os.close(descriptor)
    made = Path(name)
    try:
        yield made
        made.replace(file)
    finally:
        made.unlink(missing_ok=True)
