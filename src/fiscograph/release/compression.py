"""Compressed dumps, the same bytes for the same dump: no clock and no file name inside.

``COMPRESSIONS`` gives for a way of compressing what turns a file into one that writes into it.
"""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import IO, cast


@contextmanager
def _plain(out: IO[bytes]) -> Iterator[IO[bytes]]:
    yield out


@contextmanager
def _gzip(out: IO[bytes]) -> Iterator[IO[bytes]]:
    # RFC 1952, section 2.3: MTIME and FNAME are left out.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as file:
        yield cast("IO[bytes]", file)


@contextmanager
def _xz(out: IO[bytes]) -> Iterator[IO[bytes]]:
    with lzma.LZMAFile(out, "wb", preset=6) as file:
        yield cast("IO[bytes]", file)


COMPRESSIONS: Mapping[str, Callable[[IO[bytes]], AbstractContextManager[IO[bytes]]]] = {
    "none": _plain,
    "gz": _gzip,
    "xz": _xz,
}
