"""SHACL by pySHACL: the only place that knows the engine.

The engine gets an in-memory copy of the graph, loads no imports, infers nothing and runs no rules.
Shapes are property shapes with a target of their own, which pySHACL checks over all focus nodes in
one go: some 45,000 triples take about a second. What it does not check itself is in
:mod:`fiscograph.validation.own_rules`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import DCTERMS, RDFS, SH, SKOS
from rdflib.term import BNode, Node, URIRef

from fiscograph.validation.data import Data, engine_term
from fiscograph.validation.errors import QueryUnusable, ShapesError
from fiscograph.validation.own_rules import Broken, broken, elsewhere
from fiscograph.validation.report import Elsewhere, Report, Violation
from fiscograph.validation.rules import Rules, load_rules, named, path_text
from fiscograph.vocabulary import FG, PROV

_LINE = URIRef(FG.line.value)
_EVIDENCE = (URIRef(PROV.hadPrimarySource.value), URIRef(PROV.wasDerivedFrom.value))
_NAMES = (
    URIRef(FG.printedText.value),
    DCTERMS.title,
    RDFS.label,
    SKOS.prefLabel,
    DCTERMS.identifier,
)
_LOCATOR = re.compile(r"/L(\d+)(?:C\d+)?(?:/[a-z]+)?\Z")
_LONGEST_NAME = 40
# A literal that its datatype does not allow is a violation of a shape, told as such; rdflib would
# print a stack trace for each.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def validate(
    graph: Iterable[ox.Quad] | bytes, shapes: Path, *, engine_only: bool = False
) -> Report:
    """Check a graph, given as quads or as N-Triples or N-Quads, against a folder of shapes.

    Graph names are dropped: the shapes are about the union. What the graph refers to and does not
    describe is taken to be described elsewhere, and is in the report as such.

    Args:
        graph: the quads, each read once.
        shapes: the folder; its own files, not those of folders in it.
        engine_only: leave every constraint to the SHACL engine, as others would run the shapes.

    Raises:
        ShapesError: the folder holds no shapes, or one that cannot be used.
        SyntaxError: the bytes are no N-Quads.
    """
    rules = load_rules(shapes.resolve(), engine_only=engine_only)
    data = Data(ox.parse(graph, ox.RdfFormat.N_QUADS) if isinstance(graph, bytes) else graph, rules)
    results = _engine_results(data, rules, shapes)
    unknown: list[Elsewhere] = []
    try:
        violations = [
            *_of_engine(results, data, rules, unknown),
            *(_of_own(found, data, rules) for found in broken(data, rules)),
        ]
    except QueryUnusable as error:
        raise ShapesError(shapes, str(error)) from error
    targets = tuple(rules.targets())
    return Report(
        violations=tuple(sorted(violations, key=str)),
        focus_nodes=len({node for target in targets for node in data.focus_nodes(target)}),
        triples=data.triples,
        elsewhere=tuple(sorted((*elsewhere(data, rules), *unknown))),
    )


def _engine_results(data: Data, rules: Rules, shapes: Path) -> rdflib.Graph:
    try:
        _, results, _ = pyshacl.validate(
            data.engine,
            shacl_graph=rules.core,
            inference="none",
            advanced=False,
            inplace=True,
            meta_shacl=False,
            do_owl_imports=False,
        )
    except Exception as error:
        raise ShapesError(shapes, f"the shapes cannot be used: {error}") from error
    if not isinstance(results, rdflib.Graph):
        raise ShapesError(shapes, f"the shapes cannot be used: {results}")
    return results


def _of_engine(
    results: rdflib.Graph, data: Data, rules: Rules, unknown: list[Elsewhere]
) -> Iterator[Violation]:
    """The engine's results; a class that is not known here goes to ``unknown``."""
    for result in results.objects(None, SH.result):
        focus = _one(results, result, SH.focusNode)
        shape = _one(results, result, SH.sourceShape)
        component = str(_one(results, result, SH.sourceConstraintComponent))
        value = results.value(result, SH.value)
        path = path_text(rules.graph, rules.graph.value(shape, SH.path))
        constraint = component.rsplit("#", 1)[-1].removesuffix("ConstraintComponent")
        demanded = tuple(sorted(str(kind) for kind in rules.graph.objects(shape, SH["class"])))
        if constraint == "Class" and _is_elsewhere(value, data):
            unknown.append(
                Elsewhere(
                    shape=named(rules.graph, shape),
                    path=path,
                    expected=demanded,
                    value=str(value),
                    focus=str(focus),
                    references=1,
                )
            )
            continue
        yield _violation(
            data,
            rules,
            focus=focus,
            shape=shape,
            path=path,
            constraint=constraint,
            value=None if value is None else _text(value),
            told=str(results.value(result, SH.resultMessage) or ""),
        )


def _of_own(found: Broken, data: Data, rules: Rules) -> Violation:
    return _violation(
        data,
        rules,
        focus=engine_term(found.focus),
        shape=URIRef(found.shape),
        path=found.path,
        constraint=found.constraint,
        value=None if found.value is None else _text(engine_term(found.value)),
        told="",
    )


def _violation(
    data: Data,
    rules: Rules,
    *,
    focus: Node,
    shape: Node,
    path: str,
    constraint: str,
    value: str | None,
    told: str,
) -> Violation:
    messages = rules.messages(shape)
    english = messages.get("en") or messages.get("") or told
    return Violation(
        focus=_text(focus),
        shape=named(rules.graph, shape),
        path=path,
        constraint=constraint,
        value=value,
        line=_line(data.engine, focus),
        message_zh=messages.get("zh") or english,
        message_en=english,
        name=_name(data.engine, focus),
    )


def _is_elsewhere(value: Node | None, data: Data) -> bool:
    return isinstance(value, URIRef) and ox.NamedNode(str(value)) not in data.described


def _one(graph: rdflib.Graph, subject: Node, predicate: URIRef) -> Node:
    value = graph.value(subject, predicate)
    if value is None:
        raise TypeError(f"a validation result without {predicate}")
    return value


def _text(term: Node) -> str:
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _name(data: rdflib.Graph, focus: Node) -> str | None:
    """What a reader knows the focus by: what it prints, or is called."""
    for predicate in _NAMES:
        said = sorted(str(text) for text in data.objects(focus, predicate) if str(text).strip())
        if said:
            name = " ".join(said[0].split())
            return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return None


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
