"""Where something is printed: as plain properties and in the words of Web Annotation.

The line is a selection of its source by RFC 5147 (``line=11,12`` is the twelfth line); the passage
is a selection of its line: by position, counted from 0 with the end exclusive, and by quotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import Pair, describe
from fiscograph.mapping.literals import integer, plain
from fiscograph.provenance import Place
from fiscograph.vocabulary import DCTERMS, FG, OA, RDF

_RFC_5147 = NamedNode("https://www.rfc-editor.org/rfc/rfc5147")


def place_of(place: Place, ids: Identifiers) -> tuple[Pair, ...]:
    """The plain properties of a place."""
    return (
        (FG.source, NamedNode(ids.source(place.source))),
        (FG.line, integer(place.line)),
        (FG.start, integer(place.start)),
        (FG.end, integer(place.end)),
        (FG.page, integer(place.page)),
    )


def passage(place: Place, printed: str | None, ids: Identifiers) -> Iterator[Triple]:
    """The selectors of what is printed at a place; by position alone where the print is not kept."""
    iri = ids.at(place)
    position, quote = NamedNode(f"{iri}/position"), NamedNode(f"{iri}/quote")
    yield from describe(
        NamedNode(iri),
        (OA.hasSource, NamedNode(ids.line(place))),
        (OA.hasSelector, position),
        (OA.hasSelector, quote if printed else None),
    )
    yield from describe(
        position,
        (RDF.type, OA.TextPositionSelector),
        (OA.start, integer(place.start - 1)),
        (OA.end, integer(place.end)),
    )
    if printed:
        yield from describe(quote, (RDF.type, OA.TextQuoteSelector), (OA.exact, plain(printed)))


def line_of(place: Place, ids: Identifiers) -> Iterator[Triple]:
    """The line that a place stands in."""
    iri = ids.line(place)
    selector = NamedNode(f"{iri}/selector")
    yield from describe(
        NamedNode(iri),
        (RDF.type, FG.Line),
        (OA.hasSource, NamedNode(ids.source(place.source))),
        (OA.hasSelector, selector),
    )
    yield from describe(
        selector,
        (RDF.type, OA.FragmentSelector),
        (DCTERMS.conformsTo, _RFC_5147),
        (RDF.value, plain(f"line={place.line - 1},{place.line}")),
    )
