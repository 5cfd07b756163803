"""The shapes of a folder, sorted by who checks them.

Most constraints go to the SHACL engine as they are. Two kinds of them are checked in this room:

- what a value must be an instance of (``sh:class``, or ``sh:or`` over classes alone): a graph is
  often only a part of a release, and what another graph describes is no violation in this one;
- the SPARQL constraints of our own shapes: asked of all focus nodes of a class at once they take
  milliseconds, one by one in the engine minutes. A test holds that both ways give the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import BNode, Node, URIRef

from fiscograph import resources
from fiscograph.validation.errors import ShapesError

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_NO_CONSTRAINT = {RDF.type, SH.path, SH.message, SH.severity, *_TARGETS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom a shape is about: instances of classes, subjects or objects of properties, nodes."""

    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRule:
    """The values of ``path`` must be instances of one of ``classes``."""

    shape: str
    target: Target
    path: str
    classes: tuple[str, ...]
    constraint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRule:
    """A SPARQL constraint (SHACL, section 5): each row of ``select`` is a violation by ``$this``."""

    shape: str
    target: Target
    select: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """``core`` is what the SHACL engine checks, ``graph`` all that the files say."""

    core: rdflib.Graph
    graph: rdflib.Graph
    classes: tuple[ClassRule, ...]
    queries: tuple[QueryRule, ...]

    def messages(self, shape: Node) -> dict[str, str]:
        """The messages of a shape by their language."""
        return {
            message.language or "": str(message)
            for message in self.graph.objects(shape, SH.message)
            if isinstance(message, rdflib.Literal)
        }

    def targets(self) -> Iterator[Target]:
        """The targets of all shapes that have one."""
        return (_target(self.graph, shape) for shape in _with_targets(self.graph))


@lru_cache(maxsize=4)
def load_rules(folder: Path, *, engine_only: bool = False) -> Rules:
    """All ``*.ttl`` of the folder, examples left out.

    Args:
        folder: an absolute path; the shapes of others are read as well as our own.
        engine_only: leave every constraint to the SHACL engine.

    Raises:
        ShapesError: the folder holds no shapes, or a file that is no Turtle.
    """
    graph = _parsed(folder)
    own = folder == resources.shapes().resolve()
    classes = () if engine_only else tuple(_class_rules(graph))
    queries = () if engine_only or not own else tuple(_query_rules(graph))
    return Rules(core=_core(graph, classes, queries), graph=graph, classes=classes, queries=queries)


def _parsed(folder: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            graph.parse(data=path.read_text("utf-8"), format="turtle")
        except (ValueError, SyntaxError) as error:
            raise ShapesError(path, f"is no Turtle: {error}") from error
    if not _with_targets(graph):
        raise ShapesError(folder, "no shapes with a target in it")
    return graph


def _with_targets(graph: rdflib.Graph) -> set[Node]:
    """The shapes with a target: a shape that is a class is about its instances."""
    stated = {shape for kind in _TARGETS for shape in graph.subjects(kind)}
    return stated | {shape for shape in _shapes(graph) if _is_class(graph, shape)}


def _shapes(graph: rdflib.Graph) -> set[Node]:
    return {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}


def _is_class(graph: rdflib.Graph, shape: Node) -> bool:
    return (shape, RDF.type, RDFS.Class) in graph or (shape, RDF.type, OWL.Class) in graph


def _class_rules(graph: rdflib.Graph) -> Iterator[ClassRule]:
    """Those of shapes with a plain path and a target of their own; the engine keeps the others."""
    for shape in sorted(set(graph.subjects(SH.path)), key=str):
        path = graph.value(shape, SH.path)
        target = _target(graph, shape)
        ours = isinstance(path, URIRef) and isinstance(shape, URIRef)
        plain = target.classes or target.subjects_of
        if not ours or not plain or target.objects_of or target.nodes or _is_off(graph, shape):
            continue
        for constraint, classes in _demanded(graph, shape):
            yield ClassRule(
                shape=str(shape),
                target=target,
                path=str(path),
                classes=classes,
                constraint=constraint,
            )


def _demanded(graph: rdflib.Graph, shape: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    for demanded in graph.objects(shape, SH["class"]):
        yield "Class", (str(demanded),)
    for choice in graph.objects(shape, SH["or"]):
        members = [list(graph.predicate_objects(member)) for member in Collection(graph, choice)]
        if all(len(said) == 1 and said[0][0] == SH["class"] for said in members):
            yield "Or", tuple(str(said[0][1]) for said in members)


def _query_rules(graph: rdflib.Graph) -> Iterator[QueryRule]:
    for shape in sorted(set(graph.subjects(SH.sparql)), key=str):
        for constraint in graph.objects(shape, SH.sparql):
            if not _is_off(graph, shape):
                yield QueryRule(
                    shape=str(shape),
                    target=_target(graph, shape),
                    select=_prologue(graph, constraint) + str(graph.value(constraint, SH.select)),
                )


def _prologue(graph: rdflib.Graph, constraint: Node) -> str:
    """The declared prefixes, of what is imported too (SHACL, section 5.2.1)."""
    declared: dict[str, str] = {}
    for at in graph.objects(constraint, SH.prefixes):
        for ontology in graph.transitive_objects(at, OWL.imports):
            for entry in graph.objects(ontology, SH.declare):
                prefix, name = graph.value(entry, SH.prefix), graph.value(entry, SH.namespace)
                declared[str(prefix)] = str(name)
    return "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in sorted(declared.items()))


def _core(
    graph: rdflib.Graph, classes: tuple[ClassRule, ...], queries: tuple[QueryRule, ...]
) -> rdflib.Graph:
    core = rdflib.Graph()
    core += graph
    for prefix, name in graph.namespaces():
        core.bind(prefix, name)
    for rule in classes:
        kind = SH["class"] if rule.constraint == "Class" else SH["or"]
        core.remove((URIRef(rule.shape), kind, None))
    for query in queries:
        core.remove((URIRef(query.shape), SH.sparql, None))
        core.remove((None, SH.select, None))
    emptied = {rule.shape for rule in classes} | {query.shape for query in queries}
    for shape in map(URIRef, emptied):
        if set(core.predicates(shape)) <= _NO_CONSTRAINT:
            core.remove((shape, None, None))
    return core


def _target(graph: rdflib.Graph, shape: Node) -> Target:
    def stated(kind: URIRef) -> tuple[str, ...]:
        named = (item for item in graph.objects(shape, kind) if isinstance(item, URIRef))
        return tuple(sorted(str(item) for item in named))

    implicit = (str(shape),) if _is_class(graph, shape) and shape in _shapes(graph) else ()
    return Target(
        classes=(*stated(SH.targetClass), *implicit),
        subjects_of=stated(SH.targetSubjectsOf),
        objects_of=stated(SH.targetObjectsOf),
        nodes=stated(SH.targetNode),
    )


def _is_off(graph: rdflib.Graph, shape: Node) -> bool:
    return (shape, SH.deactivated, rdflib.Literal(lexical_or_value=True)) in graph


def named(graph: rdflib.Graph, shape: Node) -> str:
    """The IRI of a shape, or of the nearest shape around it that has one; empty without one."""
    seen: set[Node] = set()
    while isinstance(shape, BNode) and shape not in seen:
        seen.add(shape)
        around = sorted(
            graph.subjects(None, shape), key=lambda node: (isinstance(node, BNode), node)
        )
        if not around:
            return ""
        shape = around[0]
    return "" if isinstance(shape, BNode) else str(shape)


def path_text(graph: rdflib.Graph, path: Node | None) -> str:
    """A property path in the notation of SPARQL, its properties as bare IRIs."""
    if path is None:
        return ""
    if not isinstance(path, BNode):
        return str(path)
    choices = graph.value(path, SH.alternativePath)
    if choices is not None:
        return "|".join(path_text(graph, item) for item in Collection(graph, choices))
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + path_text(graph, inverse)
    return "/".join(path_text(graph, item) for item in Collection(graph, path))
