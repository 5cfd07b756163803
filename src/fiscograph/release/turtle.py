"""Turtle and N-Quads: a header of our own, bodies by the serializer, then shortened.

What a filing's graph repeats most are the filing, its sources, the places in them and concepts of
code lists. Each section of a filing opens with prefixes of its own for these (W3C, RDF 1.1 Turtle,
section 2.4: a prefix may be declared anew at any statement), so that a place reads ``at:L460C19``
and a rule ``rule:row-sum``. It stays plain Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from fiscograph.release.graphs import Graph

GRAPH_MARK = "# graph "
_LITERAL_OR_IRI = re.compile(r'"(?:[^"\\]|\\.)*"|<([^<>\s]*)>')
_SOURCE = re.compile(r"(source/[0-9a-f]{16})(/at/|/table/)?(.*)")
# Escaped as a local name may be: letters, digits, and the slash of a selector's path.
_LOCAL = re.compile(r"[A-Za-z0-9]*(?:/[a-z]+)?", re.ASCII)
_CONCEPT = re.compile(r"(code/([a-z][a-z-]*)/)([A-Za-z0-9][A-Za-z0-9-]*)", re.ASCII)
_KINDS = {"/at/": "at", "/table/": "table", None: "source"}
_FILING_GRAPH = "graph/"


def header(base: str, prefixes: Mapping[str, str]) -> bytes:
    """The ``@base`` and ``@prefix`` lines, sorted: the serializer's own order is not stable."""
    lines = [f"@base <{base}> ."]
    lines += [f"@prefix {name}: <{prefixes[name]}> ." for name in sorted(prefixes)]
    return ("\n".join(lines) + "\n").encode()


def body(graph: Graph, base: str, prefixes: Mapping[str, str]) -> bytes:
    """The triples of one graph, without header; IRIs below ``base`` are relative to it."""
    names = _Names(graph.iri, base, prefixes)
    text = _LITERAL_OR_IRI.sub(names.short, _serialized(graph, base, prefixes))
    return "".join((*names.lines(), text)).encode()


def section(graph: Graph, base: str, prefixes: Mapping[str, str]) -> bytes:
    """A body under a remark that names its graph, which plain Turtle cannot."""
    return f"\n{GRAPH_MARK}<{graph.iri}>\n".encode() + body(graph, base, prefixes)


def block(section: bytes, graph: str) -> bytes:
    """A section as a graph of TriG (W3C, RDF 1.1 TriG, section 2.2): what declares prefixes stands
    before the graph's braces.
    """
    lines = section.decode().split("\n")[2:]  # an empty line, and the remark
    declared = [line for line in lines if line.startswith("@prefix ")]
    opening = "\n".join(["", *declared, f"<{graph}> {{", ""])
    return (opening + "\n".join(lines[len(declared) :]) + "}\n").encode()


def nquads(graph: Graph) -> bytes:
    """The graph as N-Quads, in its order."""
    name = NamedNode(graph.iri)
    quads = [Quad(*triple, name) for triple in graph.triples]
    buffer = BytesIO()
    serialize(quads, buffer, RdfFormat.N_QUADS)
    return buffer.getvalue()


class _Names:
    """The prefixes of one section, as far as it comes to use them.

    Args:
        graph: the graph's IRI; only a filing's graph has a filing and sources of its own.
        base: the publisher's base IRI.
        taken: the prefixes of the whole file, which keep their meaning.
    """

    def __init__(self, graph: str, base: str, taken: Mapping[str, str]) -> None:
        path = graph.removeprefix(f"{base}{_FILING_GRAPH}")
        self._base = base
        self._taken = taken
        self._filing = path if path.startswith("filing/") else None
        # The serializer shortens every IRI of the base's scheme to a network path (RFC 3986,
        # section 4.2), which is right and hard to read.
        self._scheme = base.partition("//")[0]
        self._used: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def short(self, match: re.Match[str]) -> str:
        """An IRI of the serializer's text as we write it; a literal stays as it is."""
        iri = match[1]
        if iri is None:
            return match[0]
        if iri not in self._known:
            self._known[iri] = self._named(iri)
        return self._known[iri]

    def lines(self) -> list[str]:
        """The ``@prefix`` lines of the prefixes in use."""
        return [f"@prefix {name}: <{self._used[name]}> .\n" for name in sorted(self._used)]

    def _named(self, iri: str) -> str:
        if iri.startswith("//"):
            return f"<{self._scheme}{iri}>"
        if self._filing is None:
            return f"<{iri}>"
        if iri == self._filing:
            return self._use("filing", iri, "")
        concept = _CONCEPT.fullmatch(iri)
        if concept and concept[2] not in self._taken.keys() | _KINDS.values() | {"filing"}:
            return self._use(concept[2], concept[1], concept[3])
        source = _SOURCE.fullmatch(iri)
        if source is None or not _LOCAL.fullmatch(source[3]) or (source[3] and not source[2]):
            return f"<{iri}>"
        # Most filings have one source, which needs no number.
        number = self._sources.setdefault(source[1], str(len(self._sources) + 1))
        name = _KINDS[source[2]] + ("" if number == "1" else number)
        return self._use(name, source[1] + (source[2] or ""), source[3])

    def _use(self, name: str, start: str, local: str) -> str:
        self._used[name] = self._base + start
        return f"{name}:{local}".replace("/", "\\/")


def _serialized(graph: Graph, base: str, prefixes: Mapping[str, str]) -> str:
    """What the serializer writes, without its prefixes."""
    triples = [Triple(*triple) for triple in graph.triples]
    buffer = BytesIO()
    serialize(triples, buffer, RdfFormat.TURTLE, prefixes=dict(prefixes), base_iri=base)
    text = buffer.getvalue()
    start = 0
    while text.startswith(b"@", start):
        start = text.index(b"\n", start) + 1
    return text[start:].decode()
