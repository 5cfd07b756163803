"""Files of RDF as quads, one after the other, whoever published them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import pyoxigraph as ox

from fiscograph.validation.errors import GraphUnreadable

FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
)
_SAME: Mapping[str, str] = MappingProxyType(
    {
        "turtle": "ttl",
        "ntriples": "nt",
        "n-triples": "nt",
        "nquads": "nq",
        "n-quads": "nq",
        "json": "jsonld",
        "json-ld": "jsonld",
    }
)
_REMOTE = "remote contexts"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFile:
    """A file and the format it is in; ``path`` is None for standard input."""

    path: Path | None
    format: ox.RdfFormat

    @property
    def name(self) -> str:
        return "-" if self.path is None else str(self.path)


def graph_file(name: str, form: str | None = None) -> GraphFile:
    """A file as the user names it: ``-`` is standard input, the suffix tells the format.

    Args:
        name: a path, or ``-``.
        form: a format's name or suffix, in place of what the suffix says.

    Raises:
        GraphUnreadable: no format is known for it, or there is no such file.
    """
    path = None if name == "-" else Path(name)
    wanted = form if form is not None else (path.suffix[1:] if path is not None else "")
    key = wanted.lower()
    known = FORMATS.get(_SAME.get(key, key))
    listed = ", ".join(FORMATS)
    if known is None and path is None and form is None:
        raise GraphUnreadable(name, f"standard input needs --format: {listed}")
    if path is not None and not path.is_file():
        missing = "it is a folder: name its files" if path.is_dir() else "there is no such file"
        raise GraphUnreadable(name, missing)
    if known is None:
        raise GraphUnreadable(name, f"unknown format {wanted!r}; known are {listed} (--format)")
    return GraphFile(path=path, format=known)


def quads_of(file: GraphFile, number: int = 1) -> Iterator[ox.Quad]:
    """The quads of a file, read as they come.

    Blank nodes are the file's own: they are named after its ``number`` among the files and after
    the order in which they appear, so that a report is the same from run to run.
    Relative IRIs are resolved against the file's own IRI (RFC 3986, section 5.1.3). Nothing is
    ever fetched.

    Raises:
        GraphUnreadable: it is not in its format, refers to a remote JSON-LD context, or holds what
            RDF 1.1 does not have.
    """
    if file.path is None:
        yield from _renamed(_parsed(file, sys.stdin.buffer), number)
        return
    try:
        with file.path.open("rb", buffering=_CHUNK) as opened:
            yield from _renamed(_parsed(file, opened), number)
    except OSError as error:
        raise GraphUnreadable(file.name, error.strerror or "it cannot be read") from error


def _renamed(quads: Iterator[ox.Quad], number: int) -> Iterator[ox.Quad]:
    nodes: dict[ox.BlankNode, ox.BlankNode] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
            for node in (subject, value):
                if isinstance(node, ox.BlankNode) and node not in nodes:
                    nodes[node] = ox.BlankNode(f"file{number}node{len(nodes) + 1}")
            yield ox.Quad(
                nodes[subject] if isinstance(subject, ox.BlankNode) else subject,
                quad.predicate,
                nodes[value] if isinstance(value, ox.BlankNode) else value,
                quad.graph_name,
            )
        else:
            yield quad


def _parsed(file: GraphFile, opened: BinaryIO) -> Iterator[ox.Quad]:
    base = None if file.path is None else file.path.resolve().as_uri()
    try:
        for quad in ox.parse(opened, format=file.format, base_iri=base):
            if isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple):
                raise GraphUnreadable(file.name, "it holds triple terms, which SHACL does not know")
            yield quad
    except SyntaxError as error:
        raise GraphUnreadable(file.name, _reason(error), line=error.lineno) from error


def _reason(error: SyntaxError) -> str:
    """What the parser says, without the place, which stands before it already."""
    if _REMOTE in str(error.msg):
        return (
            "its @context is at another address, and nothing is fetched: embed the context itself"
        )
    said = str(error.msg)
    told = said.split(": ", 1)[-1] if said.startswith("Parser error at") else said
    return f"it cannot be parsed: {told}"
