"""Citations: mentions of policy documents."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Citation
from fiscograph.mapping.description import describe, node
from fiscograph.mapping.literals import decimal, plain, zh
from fiscograph.mapping.passage import line_of, passage, place_of
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import FG, RDF


def map_citation(citation: Citation, scope: Scope) -> Iterator[Triple]:
    policy = citation.policy
    yield from describe(
        NamedNode(scope.ids.citation(citation)),
        (RDF.type, FG.Citation),
        (FG.filing, scope.node),
        (FG.citingResource, scope.budget_or_filing(citation.project)),
        (FG.citedDocument, node(None if policy is None else scope.ids.policy(policy))),
        *place_of(citation.place, scope.ids),
        (FG.field, plain(citation.field)),
        (FG.printedText, plain(citation.printed)),
        (FG.mentionKind, plain(citation.kind.value)),
        (FG.printedNumber, plain(citation.printed_number)),
        (FG.citedNumber, plain(str(citation.number) if citation.number else None)),
        (FG.citedTitle, zh(citation.title)),
        (FG.matchScore, decimal(citation.score)),
    )
    # A mention that goes on in the next line is quoted as far as its own line goes.
    length = citation.place.end - citation.place.start + 1
    yield from passage(citation.place, citation.printed[:length], scope.ids)
    yield from line_of(citation.place, scope.ids)
