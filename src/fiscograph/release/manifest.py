"""The manifest: what a release holds, from what it was made, and how to prove both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fiscograph.release.contents import Failure, Input
from fiscograph.release.errors import ManifestError, NotAReleaseError

FILE_NAME = "MANIFEST.json"
_PROGRAM = "fiscograph"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file of the release: its path below the folder (with ``/``), bytes and SHA-256.

    ``rows`` counts the rows of a table without its header, ``triples`` those of a graph; None
    where the file has none.
    """

    path: str
    media_type: str
    size: int
    sha256: str
    rows: int | None = None
    triples: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphEntry:
    """A named graph: its IRI, its triples, and the SHA-256 of its canonical form (W3C, RDF Dataset
    Canonicalization, RDFC-1.0), in which the graph stands alone and without its name.
    """

    iri: str
    triples: int
    rdfc10_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``identity`` is the SHA-256 over the hashes and paths of all files; ``dumps`` are made on
    demand and not kept in the folder.
    """

    program_version: str
    base: str
    identity: str
    inputs: tuple[Input, ...]
    files: tuple[FileEntry, ...]
    dumps: tuple[FileEntry, ...]
    graphs: tuple[GraphEntry, ...]
    counts: Mapping[str, int]
    failures: tuple[Failure, ...]

    def to_json(self) -> bytes:
        """The file's bytes: keys in a stated order, lists sorted, two spaces of indent."""
        document = {
            "program": {"name": _PROGRAM, "version": self.program_version},
            "identity": self.identity,
            "base": self.base,
            "counts": dict(sorted(self.counts.items())),
            "inputs": [_input(one) for one in self.inputs],
            "failures": [
                {"file": one.file, "line": one.line, "reason": one.reason} for one in self.failures
            ],
            "files": [_entry(one) for one in self.files],
            "dumps": [_entry(one) for one in self.dumps],
            "graphs": [asdict(one) for one in self.graphs],
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def identity(files: Iterable[FileEntry]) -> str:
    """The identity of a release: SHA-256 over ``{sha256}  {path}`` lines, sorted by path."""
    lines = (f"{one.sha256}  {one.path}\n" for one in sorted(files, key=lambda one: one.path))
    return sha256("".join(lines).encode())


def _input(one: Input) -> dict[str, object]:
    filing = str(one.filing) if one.filing else None
    return {"file": one.file, "filing": filing, "size": one.size, "sha256": one.sha256}


def _entry(one: FileEntry) -> dict[str, object]:
    entry: dict[str, object] = {
        "path": one.path,
        "media_type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
    }
    if one.rows is not None:
        entry["rows"] = one.rows
    if one.triples is not None:
        entry["triples"] = one.triples
    return entry


def read(folder: Path) -> Mapping[str, Any]:
    """The manifest of a release as JSON.

    Raises:
        NotAReleaseError: the folder has none.
        ManifestError: it is no JSON, or not ours.
    """
    try:
        document = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except FileNotFoundError as error:
        raise NotAReleaseError(folder) from error
    except (ValueError, NotADirectoryError) as error:
        raise ManifestError(folder, (f"{FILE_NAME} is damaged",)) from error
    if not isinstance(document, dict) or document.get("program", {}).get("name") != _PROGRAM:
        raise ManifestError(folder, (f"{FILE_NAME} is not one of {_PROGRAM}",))
    if not isinstance(document.get("files"), list):
        raise ManifestError(folder, (f"{FILE_NAME} lists no files",))
    return document


def foreign_files(folder: Path, document: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands in a release's folder and not in its manifest: paths below it, sorted."""
    listed = {one["path"] for one in document["files"]} | {FILE_NAME}
    present = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return tuple(sorted({path.relative_to(folder).as_posix() for path in present} - listed))
