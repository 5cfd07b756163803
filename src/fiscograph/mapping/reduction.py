"""The run that wrote what crosses filings: which graphs it read, which it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from fiscograph.budget import FilingId
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.filing_graph import in_graph
from fiscograph.mapping.literals import plain
from fiscograph.vocabulary import FG, PROV, RDF


def map_reduction(
    filings: Iterable[FilingId], ids: Identifiers, *, program_version: str
) -> tuple[Quad, ...]:
    """The shared graphs were generated from the filings' graphs by one run of the program."""
    return in_graph(_triples(filings, ids, program_version), ids.model_graph)


def _triples(
    filings: Iterable[FilingId], ids: Identifiers, program_version: str
) -> Iterator[Triple]:
    run = NamedNode(ids.reduction)
    yield from describe(
        run,
        (RDF.type, PROV.Activity),
        (FG.programVersion, plain(program_version)),
        *each(PROV.used, (NamedNode(ids.filing_graph(filing)) for filing in filings)),
    )
    for graph in (
        ids.catalog_graph,
        ids.codelists_graph,
        ids.model_graph,
        ids.organizations_graph,
        ids.policies_graph,
        ids.projects_graph,
    ):
        yield from describe(NamedNode(graph), (PROV.wasGeneratedBy, run))
