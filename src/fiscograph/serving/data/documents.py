"""A description as a document: which formats there are, and the RDF ones written."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from fiscograph.release import graphs, jsonld_tree
from fiscograph.release.jsonld import Writer
from fiscograph.serving.data.describe import MOST_INCOMING, MOST_OUTGOING, Description, prefixes
from fiscograph.serving.data.negotiation import Offer
from fiscograph.vocabulary import FOAF, PREFIXES

HTML = Offer(media_type="text/html", aliases=("application/xhtml+xml",), suffix=".html")
TURTLE = Offer(media_type="text/turtle", aliases=("application/x-turtle",), suffix=".ttl")
JSON_LD = Offer(media_type="application/ld+json", aliases=("application/json",), suffix=".jsonld")
N_TRIPLES = Offer(media_type="application/n-triples", aliases=("text/plain",), suffix=".nt")
_COMMENT = NamedNode(PREFIXES["rdfs"] + "comment")
FORMATS = (HTML, TURTLE, JSON_LD, N_TRIPLES)
CUT = (
    f"此描述已截短：至多列出 {MOST_OUTGOING} 个属性值和 {MOST_INCOMING} 个指向它的事物。",
    f"Cut: at most {MOST_OUTGOING} values and {MOST_INCOMING} things that point here are given.",
)


def split_suffix(path: str) -> tuple[str, Offer | None]:
    """A path without the suffix of a format, and that format.

    >>> split_suffix("project/1.ttl")[0], split_suffix("a/1.5")[1]
    ('project/1', None)
    """
    for offer in FORMATS:
        if path.endswith(offer.suffix) and len(path) > len(offer.suffix):
            return path.removesuffix(offer.suffix), offer
    return path, None


def write(description: Description, document: str, offer: Offer, writer: Writer) -> bytes:
    """The description in an RDF format, together with what the document says of itself.

    Args:
        description: what is known of the thing.
        document: the document's own IRI.
        offer: one of the RDF formats above.
        writer: the release's own way of writing JSON-LD.
    """
    # What only lists others has nothing of its own to be the root of a tree.
    root = None if description.contents else description.iri
    triples = [*description.triples(), *_about(description, document)]
    return written(triples, document, offer, writer, root=root)


def written(
    triples: Iterable[Triple], document: str, offer: Offer, writer: Writer, root: str | None = None
) -> bytes:
    """Triples in an RDF format, sorted.

    Args:
        triples: the document's triples.
        document: the IRI that they are read at.
        offer: one of the RDF formats above.
        writer: the release's own way of writing JSON-LD.
        root: the thing that JSON-LD makes a tree of; a flat list of things without one.
    """
    name = NamedNode(document)
    (graph,) = graphs.sort(
        Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples
    )
    if offer is JSON_LD and root is None:
        return (writer.opening() + ",\n".join(writer.nodes(graph)) + "\n]}\n").encode()
    if offer is JSON_LD and root is not None:
        return jsonld_tree.document(writer, graph, NamedNode(root)).encode()
    ordered = [Triple(*triple) for triple in graph.triples]
    return _n_triples(ordered) if offer is N_TRIPLES else _turtle(ordered)


def _n_triples(triples: list[Triple]) -> bytes:
    body = BytesIO()
    serialize(triples, body, RdfFormat.N_TRIPLES)
    return body.getvalue()


def _turtle(triples: list[Triple]) -> bytes:
    """Turtle under a header of our own: the serializer's order of prefixes is not stable."""
    known = prefixes()
    buffer = BytesIO()
    serialize(triples, buffer, RdfFormat.TURTLE, prefixes=known)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    body = "".join(line for line in lines if not line.startswith("@prefix "))
    used = [name for name in sorted(known) if f"{name}:" in body]
    head = "".join(f"@prefix {name}: <{known[name]}> .\n" for name in used)
    return f"{head}\n{body}".encode()


def _about(description: Description, document: str) -> list[Triple]:
    name = NamedNode(document)
    triples = [Triple(name, FOAF.primaryTopic, NamedNode(description.iri))]
    if description.cut:
        triples += [
            Triple(name, _COMMENT, Literal(CUT[0], language="zh")),
            Triple(name, _COMMENT, Literal(CUT[1], language="en")),
        ]
    return triples
