"""Whether a release is what its manifest says: every trouble, each with its file.

Three depths. The bytes: every listed file is there, whole, and nothing else is. The counts: rows
and triples are as many as the manifest says. The graphs: read again from Turtle and from JSON-LD,
each has its hash by RDFC-1.0, and each dump would have its own.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any

from pyoxigraph import RdfFormat, parse

from fiscograph.release import dumps, manifest, stored
from fiscograph.release.errors import ManifestError
from fiscograph.release.manifest import FileEntry, identity, sha256
from fiscograph.release.text import GraphText, Style


class Flaw(Enum):
    """What is wrong, in Chinese and in English; the file's name precedes it."""

    MISSING = ("缺失", "is missing")
    EXTRA = ("不在清单中", "is not listed")
    SIZE = ("大小不符", "has another size")
    ALTERED = ("内容被改动", "was changed")
    IDENTITY = ("发布标识与文件不符", "the identity does not follow from the files")
    COUNT = ("数目不符", "has another count")
    GRAPH = ("图的散列值不符", "is another graph than its hash says")
    UNREADABLE = ("无法读取", "cannot be read")
    DUMP = ("与清单所许不同", "is not what the manifest promises")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """``subject`` is a file's path below the folder, a count's name or a graph's IRI; ``expected``
    is what the manifest says, ``found`` what there is, both empty where nothing is compared.
    """

    flaw: Flaw
    subject: str
    expected: str = ""
    found: str = ""

    @property
    def zh(self) -> str:
        compared = f"：清单为 {self.expected}，实为 {self.found}" if self.expected else ""
        return f"{self.subject} {self.flaw.value[0]}{compared}"

    @property
    def en(self) -> str:
        """As one clause.

        >>> Trouble(flaw=Flaw.SIZE, subject="a.csv", expected="9", found="8").en
        'a.csv has another size: 9 in the manifest, 8 found'
        """
        compared = f": {self.expected} in the manifest, {self.found} found" if self.expected else ""
        return f"{self.subject} {self.flaw.value[1]}{compared}"


def verify(folder: Path) -> Mapping[str, Any]:
    """Compare a folder with its manifest, byte for byte, and give the manifest.

    Raises:
        NotAReleaseError: the folder has no manifest.
        ManifestError: a file is missing, changed or not listed, or the identity is another.
    """
    document = manifest.read(folder)
    troubles = tuple(_bytes(folder, document))
    if troubles:
        raise ManifestError(folder, tuple(one.en for one in troubles))
    return document


def examine(folder: Path, *, deep: bool = False) -> tuple[Trouble, ...]:
    """Every trouble of a release: its bytes and counts, and its graphs where ``deep`` asks for it.

    Raises:
        NotAReleaseError: the folder has no manifest.
        ManifestError: the manifest itself cannot be read.
    """
    document = manifest.read(folder)
    troubles = [*_bytes(folder, document)]
    if troubles:
        return tuple(troubles)
    troubles += _counts(folder, document)
    if deep:
        troubles += _graphs(folder, document)
        troubles += _dumps(folder, document)
    return tuple(troubles)


def _bytes(folder: Path, document: Mapping[str, Any]) -> Iterator[Trouble]:
    entries = _entries(folder, document)
    for entry in entries:
        yield from _file(folder, entry)
    for path in manifest.foreign_files(folder, document):
        yield Trouble(flaw=Flaw.EXTRA, subject=path)
    if identity(entries) != document.get("identity"):
        yield Trouble(flaw=Flaw.IDENTITY, subject=manifest.FILE_NAME)


def _entries(folder: Path, document: Mapping[str, Any]) -> Sequence[FileEntry]:
    try:
        entries = [
            FileEntry(
                path=str(one["path"]),
                media_type=str(one["media_type"]),
                size=int(one["size"]),
                sha256=str(one["sha256"]),
                rows=one.get("rows"),
                triples=one.get("triples"),
            )
            for one in document["files"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise ManifestError(folder, (f"{manifest.FILE_NAME} is damaged",)) from error
    for entry in entries:
        path = PurePosixPath(entry.path)
        if path.is_absolute() or ".." in path.parts:
            raise ManifestError(folder, (f"{manifest.FILE_NAME} leads out of it: {entry.path}",))
    return entries


def _file(folder: Path, entry: FileEntry) -> Iterator[Trouble]:
    try:
        data = (folder / entry.path).read_bytes()
    except FileNotFoundError:
        yield Trouble(flaw=Flaw.MISSING, subject=entry.path)
        return
    except OSError:
        yield Trouble(flaw=Flaw.UNREADABLE, subject=entry.path)
        return
    if len(data) != entry.size:
        yield Trouble(
            flaw=Flaw.SIZE, subject=entry.path, expected=str(entry.size), found=str(len(data))
        )
    if sha256(data) != entry.sha256:
        yield Trouble(flaw=Flaw.ALTERED, subject=entry.path)


def _counts(folder: Path, document: Mapping[str, Any]) -> Iterator[Trouble]:
    """The bytes are right by now, so what differs is what the manifest says of them."""
    found: Counter[str] = Counter()
    for entry in _entries(folder, document):
        if entry.rows is not None:
            rows = _rows(folder / entry.path)
            found[Path(entry.path).stem] = rows
            if rows != entry.rows:
                yield _count(entry.path, entry.rows, rows)
    found["filings"] = sum(
        one.path.startswith("filings/") and one.path.endswith(".ttl")
        for one in _entries(folder, document)
    )
    promised = {one["path"]: one.get("triples") for one in document["files"]}
    found["triples"] = sum(
        promised[path.relative_to(folder).as_posix()] or 0 for path in stored.turtle_files(folder)
    )
    counts: Mapping[str, int] = document.get("counts", {})
    for name in sorted(counts.keys() | found.keys()):
        if counts.get(name) != found.get(name):
            yield _count(f"counts.{name}", counts.get(name), found.get(name))


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _graphs(folder: Path, document: Mapping[str, Any]) -> Iterator[Trouble]:
    style = Style.of(str(document["base"]), stored.context_of(folder))
    promised = {one["iri"]: one for one in document.get("graphs", ())}
    seen: set[str] = set()
    for file in stored.turtle_files(folder):
        path = file.relative_to(folder).as_posix()
        texts = [GraphText(graph=graph, style=style) for graph in stored.graphs_of(file, folder)]
        for text in texts:
            seen.add(text.graph.iri)
            yield from _graph(text, promised.get(text.graph.iri, {}))
        told = {entry["path"]: entry.get("triples") for entry in document["files"]}
        triples = {triple for text in texts for triple in text.graph.triples}
        if told[path] != len(triples):
            yield _count(path, told[path], len(triples))
        beside = file.with_suffix(".jsonld")
        other = parse(path=beside, format=RdfFormat.JSON_LD)
        if {(one.subject, one.predicate, one.object) for one in other} != triples:
            yield Trouble(flaw=Flaw.GRAPH, subject=beside.relative_to(folder).as_posix())
    for iri in sorted(promised.keys() - seen):
        yield Trouble(flaw=Flaw.MISSING, subject=iri)


def _graph(text: GraphText, promised: Mapping[str, Any]) -> Iterator[Trouble]:
    if promised.get("rdfc10_sha256") != text.canonical_hash:
        yield Trouble(
            flaw=Flaw.GRAPH,
            subject=text.graph.iri,
            expected=str(promised.get("rdfc10_sha256")),
            found=text.canonical_hash,
        )
    if promised.get("triples") != len(text.graph.triples):
        yield _count(text.graph.iri, promised.get("triples"), len(text.graph.triples))


def _dumps(folder: Path, document: Mapping[str, Any]) -> Iterator[Trouble]:
    known = {one.file_name: one for one in dumps.DUMPS.values()}
    for promised in document.get("dumps", ()):
        digest = hashlib.sha256()
        for data in dumps.pieces(folder, known[promised["path"]]):
            digest.update(data)
        if digest.hexdigest() != promised["sha256"]:
            yield Trouble(flaw=Flaw.DUMP, subject=promised["path"])


def _count(subject: str, expected: object, found: object) -> Trouble:
    return Trouble(flaw=Flaw.COUNT, subject=subject, expected=str(expected), found=str(found))
