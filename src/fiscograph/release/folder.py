"""Writes the files of a release into a folder of its own, the manifest last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from fiscograph import resources
from fiscograph.release import frames, graphs
from fiscograph.release.catalog import Statistics, catalog
from fiscograph.release.contents import Release
from fiscograph.release.dumps import DUMPS, Tally
from fiscograph.release.errors import ForeignQuadError
from fiscograph.release.manifest import (
    FILE_NAME,
    FileEntry,
    GraphEntry,
    Manifest,
    identity,
    sha256,
)
from fiscograph.release.tables import TABLES, Directory, as_csv
from fiscograph.release.tables.csvw import csvw
from fiscograph.release.tables.data_package import data_package
from fiscograph.release.text import GraphText, Style

TURTLE = "text/turtle"
JSONLD = "application/ld+json"
CSV = "text/csv"
JSON = "application/json"
CSVM = "application/csvm+json"
HTML = "text/html"


# What is being written, how many filings are done and how many there are.
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that is being filled; ``files`` and ``graphs`` are what it holds so far."""

    path: Path
    files: list[FileEntry] = field(default_factory=list)
    graphs: list[GraphEntry] = field(default_factory=list)

    def put(
        self,
        name: str,
        data: bytes,
        media_type: str,
        *,
        rows: int | None = None,
        triples: int | None = None,
    ) -> None:
        """Write one file (``name`` with ``/``) and note it for the manifest."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.files.append(
            FileEntry(
                path=name,
                media_type=media_type,
                size=len(data),
                sha256=sha256(data),
                rows=rows,
                triples=triples,
            )
        )


def write(release: Release, into: Path, told: Told = lambda _what, _done, _total: None) -> Manifest:
    """Write a release into an empty or missing folder.

    Args:
        release: what is written.
        into: the folder.
        told: called with what is being written, how many filings are done and how many there are.

    Raises:
        BlankNodeError: a graph is not free of blank nodes.
        ForeignQuadError: a filing's quads stand in another graph than its own.
        ContextError: ``ontology/context.jsonld`` uses an unknown feature.
    """
    into.mkdir(parents=True, exist_ok=True)
    folder = Folder(path=into)
    style = Style.of(release.ids.base)
    folder.put("context.jsonld", (resources.ontology() / "context.jsonld").read_bytes(), JSONLD)
    for name, frame in frames.files(style.writer.context):
        folder.put(name, frame, JSONLD)
    tallies = [Tally(dump=dump, style=style) for dump in DUMPS.values()]
    counted = Statistics()
    filings = sorted(release.filing_quads, key=str)
    for done, filing in enumerate(filings):
        told(f"publish {filing}", done, len(filings))
        quads = release.filing_quads[filing]
        _only_own(quads, release.ids.filing_graph(filing))
        texts = _texts(quads, style, tallies)
        _count(texts, counted, shared=False)
        put_both(f"filings/{filing}", texts, folder, style)
        if filing in release.reports:
            folder.put(f"filings/{filing}.html", release.reports[filing].encode(), HTML)
    told("publish shared", len(filings), len(filings))
    texts = _texts(release.shared_quads, style, tallies)
    _count(texts, counted, shared=True)
    put_both("shared", texts, folder, style)
    told("publish tables", len(filings), len(filings))
    _write_tables(release, folder)
    # The catalog knows size and checksum of every file before it, and is part of the dumps.
    texts = _texts(catalog(release, folder.files, counted), style, tallies)
    put_both("catalog", texts, folder, style)
    manifest = _manifest(release, folder, tuple(tally.finish() for tally in tallies))
    (into / FILE_NAME).write_bytes(manifest.to_json())
    return manifest


def _only_own(quads: Iterable[Quad], graph: str) -> None:
    """A filing's file stands for one graph, so nothing else may be in it."""
    for quad in quads:
        if quad.graph_name != NamedNode(graph):
            raise ForeignQuadError(graph, str(quad))


def _texts(quads: Iterable[Quad], style: Style, tallies: Sequence[Tally]) -> list[GraphText]:
    texts = [GraphText(graph=graph, style=style) for graph in graphs.sort(quads)]
    for tally in tallies:
        for text in texts:
            tally.feed(text)
    return texts


def _count(texts: Iterable[GraphText], counted: Statistics, *, shared: bool) -> None:
    for text in texts:
        counted.feed(text.graph, shared=shared)


def put_both(name: str, texts: Sequence[GraphText], folder: Folder, style: Style) -> None:
    """The same graphs as Turtle and as JSON-LD."""
    folder.graphs.extend(
        GraphEntry(
            iri=text.graph.iri,
            triples=len(text.graph.triples),
            rdfc10_sha256=text.canonical_hash,
        )
        for text in texts
    )
    triples = sum(len(text.graph.triples) for text in texts)
    turtle = style.header + b"".join(text.turtle for text in texts)
    folder.put(f"{name}.ttl", turtle, TURTLE, triples=triples)
    nodes = style.writer.opening() + ",\n".join(text.nodes for text in texts) + "\n]}\n"
    folder.put(f"{name}.jsonld", nodes.encode(), JSONLD, triples=triples)


def _write_tables(release: Release, folder: Folder) -> None:
    """The tables, then what describes them: it knows their sizes and checksums."""
    directory = Directory.of(release)
    for made in TABLES:
        data, rows = as_csv(made, directory)
        folder.put(f"tables/{made.file_name}", data, CSV, rows=rows)
    written = tuple(one for one in folder.files if one.media_type == CSV)
    folder.put("tables/datapackage.json", data_package(release, written), JSON)
    folder.put("tables/csv-metadata.json", csvw(release), CSVM)


def _manifest(release: Release, folder: Folder, whole: tuple[FileEntry, ...]) -> Manifest:
    files = sorted(folder.files, key=lambda one: one.path)
    counts = {Path(one.path).stem: one.rows for one in files if one.rows is not None}
    counts["filings"] = len(release.facts)
    counts["triples"] = max(one.triples or 0 for one in whole)
    return Manifest(
        program_version=release.program_version,
        base=release.ids.base,
        identity=identity(files),
        inputs=tuple(sorted(release.inputs, key=lambda one: one.file)),
        files=tuple(files),
        dumps=whole,
        graphs=tuple(sorted(folder.graphs, key=lambda one: one.iri)),
        counts=counts,
        failures=tuple(sorted(release.failures, key=lambda one: one.file)),
    )
