"""Turtle and N-Quads: a header of our own, bodies by the serializer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from fiscograph.release.graphs import Graph

GRAPH_MARK = "# graph "
# The serializer shortens every IRI of the base's scheme to a network path (RFC 3986, 4.2), which
# is right and hard to read; a literal may hold the same characters.
_LITERAL_OR_NETWORK_PATH = re.compile(rb'"(?:[^"\\]|\\.)*"|<//')


def header(base: str, prefixes: Mapping[str, str]) -> bytes:
    """The ``@base`` and ``@prefix`` lines, sorted: the serializer's own order is not stable."""
    lines = [f"@base <{base}> ."]
    lines += [f"@prefix {name}: <{prefixes[name]}> ." for name in sorted(prefixes)]
    return ("\n".join(lines) + "\n").encode()


def body(graph: Graph, base: str, prefixes: Mapping[str, str]) -> bytes:
    """The triples of one graph, without header; IRIs below ``base`` are relative to it."""
    triples = [Triple(*triple) for triple in graph.triples]
    buffer = BytesIO()
    serialize(triples, buffer, RdfFormat.TURTLE, prefixes=dict(prefixes), base_iri=base)
    text = buffer.getvalue()
    start = 0
    while text.startswith(b"@", start):
        start = text.index(b"\n", start) + 1
    scheme = base.partition("//")[0].encode()
    whole = b"<" + scheme + b"//"
    return _LITERAL_OR_NETWORK_PATH.sub(
        lambda match: whole if match[0] == b"<//" else match[0], text[start:]
    )


def section(graph: Graph, base: str, prefixes: Mapping[str, str]) -> bytes:
    """A body under a remark that names its graph, which plain Turtle cannot."""
    return f"\n{GRAPH_MARK}<{graph.iri}>\n".encode() + body(graph, base, prefixes)


def nquads(graph: Graph) -> bytes:
    """The graph as N-Quads, in its order."""
    name = NamedNode(graph.iri)
    quads = [Quad(*triple, name) for triple in graph.triples]
    buffer = BytesIO()
    serialize(quads, buffer, RdfFormat.N_QUADS)
    return buffer.getvalue()
