"""A graph in the forms that are published, each written at most once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from fiscograph import resources
from fiscograph.release import context, turtle
from fiscograph.release.graphs import Graph
from fiscograph.release.jsonld import Writer, dumps


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How all files of one release are written: the base, the Turtle prefixes, the JSON-LD."""

    base: str
    prefixes: Mapping[str, str]
    writer: Writer

    @classmethod
    def of(cls, base: str, document: context.Context | None = None) -> Self:
        """The style of a base IRI under our own context, or under another one.

        Raises:
            ContextError: the context uses a feature that the writer does not know.
        """
        chosen = document or context.load(resources.ontology() / "context.jsonld")
        # Instances stand in Turtle relative to @base; a prefix of theirs would only escape them.
        outside = {name: iri for name, iri in chosen.prefixes.items() if not iri.startswith(base)}
        return cls(base=base, prefixes=outside, writer=Writer(context=chosen))

    @property
    def header(self) -> bytes:
        return turtle.header(self.base, self.prefixes)


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class GraphText:
    """One graph and its published forms."""

    graph: Graph
    style: Style

    @cached_property
    def turtle(self) -> bytes:
        """A section of a Turtle file: a remark with the graph's IRI, then its triples."""
        return turtle.section(self.graph, self.style.base, self.style.prefixes)

    @cached_property
    def nodes(self) -> str:
        """The node objects of a JSON-LD list, one a line."""
        return ",\n".join(self.style.writer.nodes(self.graph))

    @cached_property
    def named_graph(self) -> str:
        """The node object of a JSON-LD named graph."""
        alias = self.style.writer.context.alias
        name = dumps(self.style.writer.absolute(self.graph.iri))
        return f'{{"{alias("@id")}":{name},"{alias("@graph")}":[\n{self.nodes}\n]}}'

    @cached_property
    def nquads(self) -> bytes:
        return turtle.nquads(self.graph)

    @property
    def trig(self) -> bytes:
        """The graph in its braces."""
        return turtle.block(self.turtle, self.graph.iri)

    @cached_property
    def ntriples(self) -> bytes:
        """The triples without the graph's name, in the graph's order."""
        name = f" <{self.graph.iri}> .\n".encode()
        lines = self.nquads.splitlines(keepends=True)
        return b"".join(line.removesuffix(name) + b" .\n" for line in lines)

    @cached_property
    def canonical_hash(self) -> str:
        """SHA-256 of the graph's canonical N-Quads (W3C, RDF Dataset Canonicalization, RDFC-1.0,
        section 5): its triples without the graph's name, sorted by code point. There are no blank
        nodes to name.
        """
        lines = sorted(self.ntriples.splitlines(keepends=True))
        return hashlib.sha256(b"".join(lines)).hexdigest()
