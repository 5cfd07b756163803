"""The index as small JSON files, so that a site on a plain file host is searched in the browser.

``meta.json`` says what there is, the names of all further files among it, so that none is asked
for in vain; ``t/XXXX.json`` holds the tokens that begin with one character
(two, where they are no Chinese) with the numbers of the entries under them; ``c/XXXX.json`` the
codes that begin with one; ``e/N.json`` some entries. ``web/src/searching.ts`` reads them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fiscograph.search.asking import MOST_OF_KIND, SearchIndex
from fiscograph.search.entry import Kind
from fiscograph.search.index import KIND_BITS, LAYOUT
from fiscograph.search.words import WIDE

_CHUNK = 256
_BELOW = (1 << KIND_BITS) - 1
_KINDS = tuple(Kind)
Address = Callable[[Kind, str], str]
"""Where an entry leads on the site, from its kind and its path under the base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How many files were written and how long they are together."""

    files: int
    size: int


def export_static(index: SearchIndex, folder: Path, address: Address) -> Exported:
    """Write the index into a folder that is empty or missing, file after file.

    The same index gives the same files. Nothing but one character's tokens is held at a time.

    Args:
        index: the index of a release.
        folder: where ``meta.json`` and the folders of the others go.
        address: says where an entry leads.

    Raises:
        OSError: a file cannot be written.
    """
    with index.opened() as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.tokens USING fts5vocab('main', 'words', 'instance')"
        )
        offsets = _offsets(connection)
        made = {
            "e": _written(folder / "e", _entries(connection, address)),
            "t": _written(folder / "t", _tokens(connection, offsets)),
            "c": _written(folder / "c", _codes(connection, offsets)),
        }
        names = {part: " ".join(made[part]) for part in ("t", "c")}
        size = _write(folder / "meta.json", {**_meta(offsets), "files": names})
    sizes = [size, *(one for part in made.values() for one in part.values())]
    return Exported(files=len(sizes), size=sum(sizes))


_Files = Iterator[tuple[str, object]]


def _written(folder: Path, files: _Files) -> dict[str, int]:
    """The names of the files, without their ending, and how long they are."""
    return {name: _write(folder / f"{name}.json", made) for name, made in files}


def _write(file: Path, made: object) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    file.write_bytes(data)
    return len(data)


def _offsets(connection: sqlite3.Connection) -> Mapping[Kind, int]:
    """The number of each kind's first entry where all are numbered from 0 in one row."""
    offsets: dict[Kind, int] = {}
    done = 0
    for kind in _KINDS:
        offsets[kind] = done
        first = kind.order << KIND_BITS
        (last,) = connection.execute(
            "SELECT max(id) FROM entry WHERE id BETWEEN ? AND ?", (first, first + _BELOW)
        ).fetchone()
        done += 0 if last is None else last & _BELOW
    return offsets


def _dense(number: int, offsets: Mapping[Kind, int]) -> int:
    """The number of an entry among all, from its number in the index, which counts from 1."""
    return offsets[_KINDS[number >> KIND_BITS]] + (number & _BELOW) - 1


def _meta(offsets: Mapping[Kind, int]) -> dict[str, object]:
    kinds = [
        {"key": kind.value, "zh": kind.words.zh, "en": kind.words.en, "first": offsets[kind]}
        for kind in _KINDS
    ]
    return {"layout": LAYOUT, "chunk": _CHUNK, "most": MOST_OF_KIND, "kinds": kinds}


def _entries(connection: sqlite3.Connection, address: Address) -> _Files:
    rows = connection.execute("SELECT id, path, name, text, place FROM entry ORDER BY id")
    for number, some in groupby(enumerate(rows), key=lambda one: one[0] // _CHUNK):
        yield (
            str(number),
            [
                [address(_KINDS[entry >> KIND_BITS], path), name, text, where]
                for _, (entry, path, name, text, where) in some
            ],
        )


def _tokens(connection: sqlite3.Connection, offsets: Mapping[Kind, int]) -> _Files:
    rows = connection.execute("SELECT term, doc, col FROM temp.tokens")
    for name, some in groupby(rows, key=lambda row: _file(row[0])):
        tokens: dict[str, list[list[int]]] = {}
        for term, found in groupby(some, key=lambda row: row[0]):
            tokens[term] = _postings(found, offsets)
        yield name, tokens


def _postings(
    found: Iterable[tuple[str, int, str]], offsets: Mapping[Kind, int]
) -> list[list[int]]:
    """The entries with a token in their name, then the others; each list as steps."""
    in_name: set[int] = set()
    every: set[int] = set()
    for _, doc, column in found:
        number = _dense(doc, offsets)
        every.add(number)
        if column == "name":
            in_name.add(number)
    return [_steps(sorted(in_name)), _steps(sorted(every - in_name))]


def _steps(numbers: list[int]) -> list[int]:
    return [one - before for before, one in zip([0, *numbers], numbers, strict=False)]


def _codes(connection: sqlite3.Connection, offsets: Mapping[Kind, int]) -> _Files:
    rows = connection.execute("SELECT key, id FROM code_key ORDER BY key, id")
    for name, some in groupby(rows, key=lambda row: _file(row[0])):
        codes: dict[str, list[int]] = {}
        for code, number in some:
            codes.setdefault(code, []).append(_dense(number, offsets))
        yield name, codes


def _file(token: str) -> str:
    """The file of a token: what it begins with, so that a beginning is found in one file too."""
    begins = token[:1] if token[0] >= WIDE else token[:2]
    return "-".join(f"{ord(char):x}" for char in begins)
