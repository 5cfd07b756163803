"""Administrative divisions."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Region
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, node
from fiscograph.mapping.literals import plain, zh
from fiscograph.vocabulary import FG, RDF, SKOS


def map_region(region: Region, present: frozenset[str], ids: Identifiers) -> Iterator[Triple]:
    """``present`` are the codes of all regions: only those can be broader ones."""
    broader = region.parent if region.parent in present else None
    iri, scheme = NamedNode(ids.region(region.code)), NamedNode(ids.scheme("region"))
    yield from describe(
        iri,
        (RDF.type, FG.Region),
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, scheme),
        (SKOS.notation, plain(region.code)),
        (SKOS.prefLabel, zh(region.name)),
        (SKOS.broader, node(None if broader is None else ids.region(broader))),
        (SKOS.topConceptOf, scheme if broader is None else None),
    )
    if broader is None:
        yield Triple(scheme, SKOS.hasTopConcept, iri)
