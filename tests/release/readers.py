"""Three readers of JSON-LD that share no code: what each takes for the graph of a text.

None may fetch anything; a remote context ends in an error.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping

import rdflib
from pyld import jsonld
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse


def refuse(url: str, *_options: object) -> None:
    """A document loader that loads nothing."""
    raise AssertionError(f"{url} was fetched")


def by_pyld(text: str) -> frozenset[Quad]:
    options = {"format": "application/n-quads", "documentLoader": refuse}
    return frozenset(parse(jsonld.to_rdf(json.loads(text), options), RdfFormat.N_QUADS))


def by_pyoxigraph(text: str) -> frozenset[Quad]:
    """It has no loader: it refuses remote contexts itself."""
    return frozenset(parse(text, RdfFormat.JSON_LD))


def by_rdflib(text: str) -> frozenset[Quad]:
    graph = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it deprecates what it itself calls
        graph.parse(data=text, format="json-ld")
        found = list(graph.quads())
    return frozenset(
        Quad(
            NamedNode(str(subject)),
            NamedNode(str(predicate)),
            _term(value),
            NamedNode(str(name)) if name else DefaultGraph(),
        )
        for subject, predicate, value, name in found
    )


def _term(value: object) -> NamedNode | Literal:
    if not isinstance(value, rdflib.Literal):
        return NamedNode(str(value))
    if value.language:
        return Literal(str(value), language=value.language)
    return Literal(str(value), datatype=NamedNode(value.datatype) if value.datatype else None)


READERS: Mapping[str, Callable[[str], frozenset[Quad]]] = {
    "PyLD": by_pyld,
    "pyoxigraph": by_pyoxigraph,
    "rdflib": by_rdflib,
}
