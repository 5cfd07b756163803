"""What is said of each thing as the bytes that are sent: one file beside the store, one read each.

Reading a thing's triples from the store costs a look-up for every term of every triple; the bytes
are the same as long as the release is.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, serialize

from fiscograph.queries import Lookup

LAYOUT = 1
# Reading more than this from the store would keep the loop that all share for milliseconds.
MOST_AT_ONCE = 500
# The highest level takes four times as long for a twentieth less.
LEVEL = 5
_MAPPED = 1 << 32
_GZIP = 31  # zlib's number for a gzip frame, whose checksum finds a flipped byte


class Prepared:
    """The file, open; to be used by one thread at a time.

    Args:
        file: as :func:`prepare` makes it.
    """

    def __init__(self, file: Path) -> None:
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._file = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._file.execute(f"PRAGMA mmap_size = {_MAPPED}")

    def get(self, iri: str) -> tuple[bytes, bytes] | None:
        """The N-Triples with this subject, plain and packed with gzip; None where none are prepared
        or they cannot be read.
        """
        try:
            row = self._file.execute(
                "SELECT body FROM about WHERE key = ?", (_key(iri),)
            ).fetchone()
            if row is None:
                return None
            plain = zlib.decompress(row[0], _GZIP)
        except (sqlite3.Error, zlib.error):
            return None
        return (plain, row[0]) if plain.startswith(f"<{iri}> ".encode()) else None

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


def prepare(lookup: Lookup, file: Path) -> Prepared:
    """Make the file of a release, unless it is there, and open it.

    Args:
        lookup: the store of the release.
        file: where it is found or made; it appears whole or not at all.

    Raises:
        OSError: it cannot be written.
        sqlite3.Error: likewise.
    """
    if not file.is_file():
        descriptor, name = tempfile.mkstemp(prefix=".tmp-", dir=file.parent)
        os.close(descriptor)
        beside = Path(name)
        try:
            _write(lookup, beside)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    return Prepared(file)


def _write(lookup: Lookup, file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE about (key INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        # Two IRIs of one key: the first has the row, the other is read from the store.
        made.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", _rows(lookup))


def _rows(lookup: Lookup) -> Iterator[tuple[int, bytes]]:
    for thing in lookup.subjects():
        body = n_triples(lookup, thing, MOST_AT_ONCE)
        if body is not None:
            yield _key(thing.value), gzip.compress(body, LEVEL, mtime=0)


def _key(iri: str) -> int:
    return int.from_bytes(blake2b(iri.encode(), digest_size=8).digest(), "big", signed=True)


def n_triples(lookup: Lookup, thing: NamedNode, most: int) -> bytes | None:
    """What is said of a thing, each triple on a line; None where nothing is, or more than ``most``."""
    triples = lookup.about(thing, most + 1)
    if not triples or len(triples) > most:
        return None
    return serialize(triples, format=RdfFormat.N_TRIPLES)
