"""The triples of one subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

Value = NamedNode | Literal
Pair = tuple[NamedNode, Value | None]


def describe(subject: NamedNode, *pairs: Pair) -> Iterator[Triple]:
    """One triple per pair of property and value; a pair without a value says nothing."""
    for predicate, value in pairs:
        if value is not None:
            yield Triple(subject, predicate, value)


def each(predicate: NamedNode, values: Iterable[Value | None]) -> Iterator[Pair]:
    """The pairs of a property that has several values."""
    return ((predicate, value) for value in values)


def node(iri: str | None) -> NamedNode | None:
    """The node of an IRI, where there is one."""
    return None if iri is None else NamedNode(iri)
