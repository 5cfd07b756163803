"""A graph in the forms in which it is checked, filled in one pass over its quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import BNode, Identifier

from fiscograph.validation.rules import Rules, Target
from fiscograph.vocabulary import FG, PROV

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_BATCH = 20_000
_TYPE, _BELOW = str(RDF.type), str(RDFS.subClassOf)
_PLACES = {FG.line.value, PROV.hadPrimarySource.value, PROV.wasDerivedFrom.value}


class Data:
    """``engine`` is what the SHACL engine sees, ``store`` what our queries are asked of.

    The engine's copy holds only the properties that some shape speaks of: it is by far the largest
    of the forms. Graph names play no part: the shapes are about the union.
    """

    def __init__(self, quads: Iterable[ox.Quad], rules: Rules) -> None:
        self.engine = rdflib.Graph(bind_namespaces="none")
        self.store = ox.Store()
        self.described: set[Term] = set()
        self._types: dict[Term, set[str]] = {}
        self._instances: dict[str, set[Term]] = {}
        self._links: dict[str, set[tuple[Term, Term]]] = {
            rule.path: set() for rule in rules.classes
        }
        for target in rules.targets():
            self._links |= {name: set() for name in (*target.subjects_of, *target.objects_of)}
        self._below: dict[str, set[str]] = {}
        self._terms: dict[Term, Identifier] = {}
        self._spoken_of = _spoken_of(rules)
        rest = iter(quads)
        while batch := list(islice(rest, _BATCH)):
            self.store.extend(batch)
            for quad in batch:
                self._add(quad.subject, quad.predicate.value, quad)

    @property
    def triples(self) -> int:
        return len(self.store)

    def values(self, path: str) -> Iterable[tuple[Term, Term]]:
        """All pairs of subject and object of a property that a class rule or target names."""
        return self._links[path]

    def focus_nodes(self, target: Target) -> set[Term]:
        """The nodes that a target picks (SHACL, section 2.1.3)."""
        found = {
            node
            for kind in target.classes
            for below in self.below(kind)
            for node in self._instances.get(below, ())
        }
        for name in target.subjects_of:
            found |= {subject for subject, _ in self._links[name]}
        for name in target.objects_of:
            found |= {value for _, value in self._links[name]}
        return found | {node for node in map(ox.NamedNode, target.nodes) if node in self.described}

    def below(self, kind: str) -> set[str]:
        """A class and all that the graph says to be its sub-classes."""
        found, waiting = {kind}, [kind]
        while waiting:
            for one in self._below.get(waiting.pop(), set()) - found:
                found.add(one)
                waiting.append(one)
        return found

    def is_one(self, node: Term, classes: Iterable[str]) -> bool:
        """Whether a node is a SHACL instance of one of the classes."""
        types = self._types.get(node, set())
        return any(types & self.below(kind) for kind in classes)

    def _add(self, subject: Term, predicate: str, quad: ox.Quad) -> None:
        self.described.add(subject)
        value = quad.object
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            self._types.setdefault(subject, set()).add(value.value)
            self._instances.setdefault(value.value, set()).add(subject)
        elif (
            predicate == _BELOW
            and isinstance(subject, ox.NamedNode)
            and isinstance(value, ox.NamedNode)
        ):
            self._below.setdefault(value.value, set()).add(subject.value)
        if predicate in self._links:
            self._links[predicate].add((subject, value))
        if self._spoken_of is None or predicate in self._spoken_of:
            self.engine.add((self._term(subject), self._term(quad.predicate), self._term(value)))

    def _term(self, term: Term) -> Identifier:
        known = self._terms.get(term)
        if known is None:
            known = self._terms[term] = engine_term(term)
        return known


def _spoken_of(rules: Rules) -> set[str] | None:
    """The properties that matter to the engine: all where a shape is closed or asks in SPARQL."""
    if any(True for name in (SH.closed, SH.sparql) for _ in rules.core.subjects(name)):
        return None
    named = {
        str(term) for triple in rules.core for term in triple if isinstance(term, rdflib.URIRef)
    }
    return named | _PLACES | {_TYPE, _BELOW}


def engine_term(term: Term) -> Identifier:
    """A term as the SHACL engine's library has it.

    Raises:
        TypeError: a triple term, which SHACL 1.0 does not know.
    """
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


def label(term: Term) -> str:
    """A term as a report shows it: the bare IRI or text, a blank node by its label."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def pairs(rows: Iterator[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    """The pairs, sorted, so that reports do not change from run to run."""
    return sorted(rows, key=lambda pair: (str(pair[0]), str(pair[1])))
