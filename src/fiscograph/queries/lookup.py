"""Reading triples by a fixed pattern, in the process of whoever asks.

Nothing that a visitor sends is evaluated here, so that no worker is needed: what is read is bounded
by its number of triples, and takes microseconds where a question to a worker takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from fiscograph.queries.query import Term

# Things whose labels are kept: classes, units and filings are pointed at from everywhere.
_MOST_LABELLED = 20_000


class Lookup:
    """The triples of a store, in whatever graph they stand; only ever read.

    Args:
        store: the folder of a store (see :mod:`fiscograph.queries.store`).
    """

    def __init__(self, store: Path) -> None:
        self._store = Store.read_only(str(store))
        self._labels = lru_cache(maxsize=_MOST_LABELLED)(self._read_labels)

    def about(self, subject: NamedNode, most: int) -> list[Triple]:
        """At most so many triples with this subject, each once, in however many graphs it stands."""
        found: dict[Triple, None] = {}
        for quad in self._store.quads_for_pattern(subject, None, None, None):
            found[quad.triple] = None
            if len(found) >= most:
                break
        return list(found)

    def subjects(self) -> Iterator[NamedNode]:
        """The IRIs that are subjects, in the order of the store; one may come again."""
        last = None
        for quad in self._store:
            if quad.subject != last:
                last = quad.subject
                if isinstance(last, NamedNode):
                    yield last

    def leading_to(self, value: NamedNode, most: int) -> list[Triple]:
        """At most so many triples with this object and a subject that is an IRI."""
        quads = self._store.quads_for_pattern(None, None, value, None)
        triples = (quad.triple for quad in quads if not isinstance(quad.subject, BlankNode))
        return list(islice(triples, most))

    def in_graph(self, graph: NamedNode, most: int) -> list[Triple]:
        """At most so many triples of a named graph."""
        return [
            quad.triple
            for quad in islice(self._store.quads_for_pattern(None, None, None, graph), most)
        ]

    def values(self, subject: NamedNode, predicate: NamedNode) -> Iterator[Term]:
        """The objects of triples with this subject and predicate."""
        for quad in self._store.quads_for_pattern(subject, predicate, None, None):
            yield quad.object

    def labels(self, subject: NamedNode, predicates: tuple[NamedNode, ...]) -> Mapping[str, str]:
        """By language, the literals under these predicates, the first in the alphabet of each; those
        of the things that are asked for most are kept.
        """
        return self._labels(subject, predicates)

    def _read_labels(
        self, subject: NamedNode, predicates: tuple[NamedNode, ...]
    ) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for predicate in predicates:
            for label in self.values(subject, predicate):
                if isinstance(label, Literal):
                    language = label.language or ""
                    found[language] = min(found.get(language, label.value), label.value)
        return found

    def knows(self, thing: NamedNode) -> bool:
        """Whether any triple has this IRI as its subject, its object or its graph."""
        return any(
            next(iter(self._store.quads_for_pattern(*pattern)), None) is not None
            for pattern in (
                (thing, None, None, None),
                (None, None, thing, None),
                (None, None, None, thing),
            )
        )
