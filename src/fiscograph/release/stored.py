"""Reads a release back from its folder: the named graphs, as they were handed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from fiscograph.release import context as jsonld_context
from fiscograph.release import graphs as sorted_graphs
from fiscograph.release import manifest
from fiscograph.release.errors import ManifestError
from fiscograph.release.graphs import Graph
from fiscograph.release.turtle import GRAPH_MARK

_MARK = f"\n{GRAPH_MARK}<".encode()


def context_of(folder: Path) -> jsonld_context.Context:
    """The JSON-LD context that the release was written with."""
    return jsonld_context.load(folder / "context.jsonld")


def turtle_files(folder: Path) -> tuple[Path, ...]:
    """The files that hold the whole graph: one for each filing, by name, then what they share, then
    the catalog.
    """
    listed = {one["path"] for one in manifest.read(folder)["files"]}
    filings = sorted(
        path for path in listed if path.startswith("filings/") and path.endswith(".ttl")
    )
    others = [path for path in ("shared.ttl", "catalog.ttl") if path in listed]
    return tuple(folder / path for path in (*filings, *others))


def graphs(folder: Path) -> Iterator[Graph]:
    """All named graphs of a release, in the order of its dumps.

    Raises:
        NotAReleaseError: the folder holds no release.
        ManifestError: a Turtle file is damaged.
    """
    for file in turtle_files(folder):
        yield from graphs_of(file, folder)


def graphs_of(file: Path, folder: Path) -> tuple[Graph, ...]:
    """The named graphs of one Turtle file of a release.

    Raises:
        ManifestError: it is damaged.
    """
    return sorted_graphs.sort(_quads_of(file, folder))


def quads(folder: Path) -> Iterator[Quad]:
    """All quads of a release, for loading into a store.

    Raises:
        NotAReleaseError: the folder holds no release.
        ManifestError: a Turtle file is damaged.
    """
    for file in turtle_files(folder):
        yield from _quads_of(file, folder)


def _quads_of(file: Path, folder: Path) -> Iterator[Quad]:
    header, *sections = file.read_bytes().split(_MARK)
    for section in sections:
        name, _, body = section.partition(b">\n")
        graph = NamedNode(name.decode())
        try:
            for triple in parse(header + b"\n" + body, format=RdfFormat.TURTLE):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)
        except SyntaxError as error:
            raise ManifestError(folder, (f"{file.name}: {error}",)) from error
