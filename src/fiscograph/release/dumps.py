"""The whole graph in one file, on demand: the manifest has its hash, the folder not its bytes."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, ClassVar

from fiscograph.release import manifest, stored
from fiscograph.release.errors import ManifestError
from fiscograph.release.manifest import FileEntry
from fiscograph.release.text import GraphText, Style


class Dump(ABC):
    """A format of the whole graph. ``pieces`` gives the bytes that a graph adds."""

    name: ClassVar[str]
    file_name: ClassVar[str]
    media_type: ClassVar[str]

    @abstractmethod
    def opening(self, style: Style) -> bytes: ...

    @abstractmethod
    def piece(self, text: GraphText, *, first: bool) -> bytes: ...

    def closing(self) -> bytes:
        return b""


class Turtle(Dump):
    """All graphs merged; a remark before each names the graph that it comes from."""

    name = "turtle"
    file_name = "fiscograph.ttl"
    media_type = "text/turtle"

    def opening(self, style: Style) -> bytes:
        return style.header

    def piece(self, text: GraphText, *, first: bool) -> bytes:  # noqa: ARG002
        return text.turtle


class NQuads(Dump):
    name = "nquads"
    file_name = "fiscograph.nq"
    media_type = "application/n-quads"

    def opening(self, style: Style) -> bytes:  # noqa: ARG002
        return b""

    def piece(self, text: GraphText, *, first: bool) -> bytes:  # noqa: ARG002
        return text.nquads


class NTriples(Dump):
    """All graphs merged, a triple a line."""

    name = "ntriples"
    file_name = "fiscograph.nt"
    media_type = "application/n-triples"

    def opening(self, style: Style) -> bytes:  # noqa: ARG002
        return b""

    def piece(self, text: GraphText, *, first: bool) -> bytes:  # noqa: ARG002
        return text.ntriples


class TriG(Dump):
    name = "trig"
    file_name = "fiscograph.trig"
    media_type = "application/trig"

    def opening(self, style: Style) -> bytes:
        return style.header

    def piece(self, text: GraphText, *, first: bool) -> bytes:  # noqa: ARG002
        return text.trig


class JsonLd(Dump):
    """A list of named graphs, compacted by our context."""

    name = "jsonld"
    file_name = "fiscograph.jsonld"
    media_type = "application/ld+json"

    def opening(self, style: Style) -> bytes:
        return style.writer.opening().encode()

    def piece(self, text: GraphText, *, first: bool) -> bytes:
        return (("" if first else ",\n") + text.named_graph).encode()

    def closing(self) -> bytes:
        return b"\n]}\n"


DUMPS: dict[str, Dump] = {
    dump.name: dump for dump in (Turtle(), JsonLd(), NQuads(), TriG(), NTriples())
}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Hashes and measures one dump while its graphs pass by; keeps nothing of them."""

    dump: Dump
    style: Style
    size: int = 0
    triples: int = 0
    graphs: int = 0
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self._take(self.dump.opening(self.style))

    def feed(self, text: GraphText) -> None:
        self._take(self.dump.piece(text, first=self.graphs == 0))
        self.graphs += 1
        self.triples += len(text.graph.triples)

    def finish(self) -> FileEntry:
        self._take(self.dump.closing())
        return FileEntry(
            path=self.dump.file_name,
            media_type=self.dump.media_type,
            size=self.size,
            sha256=self._hash.hexdigest(),
            triples=self.triples,
        )

    def _take(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)


def of_suffix(suffix: str) -> Dump | None:
    """The format whose files end in a suffix, as ``.ttl``; None where there is none."""
    return next((one for one in DUMPS.values() if Path(one.file_name).suffix == suffix), None)


def pieces(folder: Path, dump: Dump) -> Iterator[bytes]:
    """The bytes of a dump of a release on disk, graph by graph.

    Raises:
        NotAReleaseError: the folder holds no release.
    """
    style = Style.of(str(manifest.read(folder)["base"]), stored.context_of(folder))
    yield dump.opening(style)
    for number, graph in enumerate(stored.graphs(folder)):
        yield dump.piece(GraphText(graph=graph, style=style), first=number == 0)
    yield dump.closing()


def write(folder: Path, dump: Dump, out: IO[bytes]) -> int:
    """Write a dump of a release on disk and compare it with the manifest; gives its size.

    Raises:
        NotAReleaseError: the folder holds no release.
        ManifestError: the bytes are not those that the manifest promises.
    """
    digest, size = hashlib.sha256(), 0
    for data in pieces(folder, dump):
        out.write(data)
        digest.update(data)
        size += len(data)
    promised = {one["path"]: one["sha256"] for one in manifest.read(folder)["dumps"]}
    if promised.get(dump.file_name) != digest.hexdigest():
        raise ManifestError(folder, (f"{dump.file_name} is not what the manifest promises",))
    return size
