"""What a release holds, in figures: VoID's statistics, counted while the graphs pass by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from fiscograph.release.graphs import RDF_TYPE, Graph


@dataclass(slots=True, kw_only=True)
class Statistics:
    """Counts of the graphs that were fed: no triple stands in two of them, so that sums are exact.

    ``classes`` counts the things of each class, ``properties`` holds the properties in use;
    ``entities`` the things that are described. Only the subjects of shared graphs are remembered:
    those of a filing's graph are described in no other graph of data.
    """

    triples: int = 0
    filing_entities: int = 0
    classes: Counter[NamedNode] = field(default_factory=Counter)
    properties: set[NamedNode] = field(default_factory=set)
    _shared: set[NamedNode] = field(default_factory=set)

    @property
    def entities(self) -> int:
        return self.filing_entities + len(self._shared)

    def feed(self, graph: Graph, *, shared: bool) -> None:
        subjects: set[NamedNode] = set()
        for subject, predicate, value in graph.triples:
            subjects.add(subject)
            self.properties.add(predicate)
            if predicate == RDF_TYPE and isinstance(value, NamedNode):
                self.classes[value] += 1
        self.triples += len(graph.triples)
        if shared:
            self._shared |= subjects
        else:
            self.filing_entities += len(subjects)
