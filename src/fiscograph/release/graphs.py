"""Quads in the one order that all dumps are written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from fiscograph.release.errors import BlankNodeError

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Resource = NamedNode
Value = NamedNode | Literal
Triple = tuple[Resource, NamedNode, Value]
_Key = tuple[str, bool, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """One named graph: its IRI and its triples, sorted by subject, then predicate (the types
    first), then object; each triple once.
    """

    iri: str
    triples: tuple[Triple, ...]


def sort(quads: Iterable[Quad]) -> tuple[Graph, ...]:
    """The named graphs of some quads, by IRI.

    Raises:
        BlankNodeError: a quad holds a blank node or stands in the default graph.
    """
    graphs: dict[str, dict[_Key, Triple]] = {}
    for quad in quads:
        subject, predicate, value, name = quad
        if isinstance(name, DefaultGraph | BlankNode):
            raise BlankNodeError("default graph", str(quad.triple))
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            raise BlankNodeError(name.value, str(quad.triple))
        key = (subject.value, predicate != RDF_TYPE, predicate.value, str(value))
        graphs.setdefault(name.value, {})[key] = (subject, predicate, value)
    return tuple(
        Graph(iri=iri, triples=tuple(graphs[iri][key] for key in sorted(graphs[iri])))
        for iri in sorted(graphs)
    )
