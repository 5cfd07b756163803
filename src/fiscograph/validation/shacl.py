"""SHACL by pySHACL: the only place that knows the engine.

The engine gets an in-memory copy of the graph, loads no imports, infers nothing and runs no rules.
Shapes are property shapes with a target of their own, which pySHACL checks over all focus nodes in
one go: some 45,000 triples take about a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import BNode, Identifier, Node

from fiscograph.validation.errors import ShapesError
from fiscograph.validation.report import Report, Violation
from fiscograph.vocabulary import FG, PROV

_LINE = rdflib.URIRef(FG.line.value)
_EVIDENCE = (
    rdflib.URIRef(PROV.hadPrimarySource.value),
    rdflib.URIRef(PROV.wasDerivedFrom.value),
)
_LOCATOR = re.compile(r"/L(\d+)(?:C\d+)?(?:/[a-z]+)?\Z")


def validate(graph: Iterable[ox.Quad] | bytes, shapes: Path) -> Report:
    """Check a graph, given as quads or as N-Triples or N-Quads, against a folder of shapes.

    Graph names are dropped: the shapes are about the union.

    Raises:
        ShapesError: the folder holds no shapes, or one that cannot be used.
        SyntaxError: the bytes are no N-Quads.
    """
    rules = _shapes(shapes.resolve())
    data = _copy(ox.parse(graph, ox.RdfFormat.N_QUADS) if isinstance(graph, bytes) else graph)
    try:
        _, results, _ = pyshacl.validate(
            data,
            shacl_graph=rules,
            inference="none",
            advanced=False,
            inplace=True,
            meta_shacl=False,
            do_owl_imports=False,
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise ShapesError(shapes, f"the shapes cannot be used: {error}") from error
    if not isinstance(results, rdflib.Graph):
        raise ShapesError(shapes, f"the shapes cannot be used: {results}")
    return Report(
        violations=tuple(sorted(_violations(results, data, rules), key=str)),
        focus_nodes=_focus_nodes(data, rules),
        triples=len(data),
    )


@lru_cache(maxsize=4)
def _shapes(folder: Path) -> rdflib.Graph:
    """All ``*.ttl`` of the folder, examples left out."""
    graph = rdflib.Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            graph.parse(data=path.read_text("utf-8"), format="turtle")
        except (ValueError, SyntaxError) as error:
            raise ShapesError(path, f"is no Turtle: {error}") from error
    if not any(graph.subjects(SH.targetClass)):
        raise ShapesError(folder, "no shapes with a target class in it")
    return graph


def _copy(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    terms: dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, Identifier] = {}
    for quad in quads:
        triple = (quad.subject, quad.predicate, quad.object)
        for term in triple:
            if term not in terms:
                terms[term] = _term(term)
        graph.add((terms[triple[0]], terms[triple[1]], terms[triple[2]]))
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError(f"the graph has no triple terms: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    # The shapes' own strings have no datatype in rdflib, and only equal terms are equal there.
    return rdflib.Literal(
        term.value, datatype=None if datatype == XSD.string else datatype, normalize=False
    )


def _focus_nodes(data: rdflib.Graph, rules: rdflib.Graph) -> int:
    targets = set(rules.objects(None, SH.targetClass))
    classes = {
        kind for target in targets for kind in data.transitive_subjects(RDFS.subClassOf, target)
    }
    return len({node for kind in classes for node in data.subjects(RDF.type, kind)})


def _violations(
    results: rdflib.Graph, data: rdflib.Graph, rules: rdflib.Graph
) -> Iterable[Violation]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = _one(results, result, SH.focusNode)
        shape = _one(results, result, SH.sourceShape)
        component = str(_one(results, result, SH.sourceConstraintComponent))
        value = results.value(result, SH.value)
        messages = {
            message.language: str(message)
            for message in rules.objects(shape, SH.message)
            if isinstance(message, rdflib.Literal)
        }
        yield Violation(
            focus=str(focus),
            shape=str(shape),
            path=_path(rules, rules.value(shape, SH.path)),
            constraint=component.rsplit("#", 1)[-1].removesuffix("ConstraintComponent"),
            value=None if value is None else str(value),
            line=_line(data, focus),
            message_zh=messages.get("zh", ""),
            message_en=messages.get("en", ""),
        )


def _one(graph: rdflib.Graph, subject: Node, predicate: rdflib.URIRef) -> Node:
    value = graph.value(subject, predicate)
    if value is None:
        raise TypeError(f"a validation result without {predicate}")
    return value


def _path(rules: rdflib.Graph, path: Node | None) -> str:
    if isinstance(path, BNode):
        alternatives = rules.value(path, SH.alternativePath)
        if alternatives is not None:
            return "|".join(str(item) for item in Collection(rules, alternatives))
    return "" if path is None else str(path)


def _line(data: rdflib.Graph, focus: Node) -> int | None:
    """The first line that a node says or stands in, else that of its evidence."""
    lines = [int(str(line)) for line in data.objects(focus, _LINE) if str(line).isdigit()]
    if lines:
        return min(lines)
    located = _LOCATOR.search(str(focus))
    if located is not None:
        return int(located[1])
    for predicate in _EVIDENCE:
        places = [_LOCATOR.search(str(place)) for place in data.objects(focus, predicate)]
        found = [int(place[1]) for place in places if place is not None]
        if found:
            return min(found)
    return None
