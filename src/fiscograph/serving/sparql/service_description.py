"""SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from fiscograph.queries import Limits, load
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.data.negotiation import Offer
from fiscograph.serving.site import Site
from fiscograph.vocabulary import PREFIXES, RDF, RDFS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_COMMENT = NamedNode(PREFIXES["rdfs"] + "comment")
_NAMES = {"sd": _SD, "formats": _FORMATS, "void": _VOID}
_OFFERED = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_MOST_GRAPHS = 1000
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?\Z")


def service_description(site: Site, offer: Offer, request: Request) -> Response:
    """What the endpoint is, where it was asked: language, features, formats, dataset, limits.

    Raises:
        QueryError: the store cannot be asked for its graphs.
    """
    service = NamedNode(f"{_origin(site, request)}sparql")
    triples = _service(service, site.limits) + _dataset(site, service)
    rdf_format = RdfFormat.from_media_type(offer.media_type) or RdfFormat.TURTLE
    names = _NAMES | {"rdf": PREFIXES["rdf"], "rdfs": PREFIXES["rdfs"]}
    body = serialize(triples, format=rdf_format, prefixes=names)
    headers = {"Content-Type": offer.content_type, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(body, headers=headers)


def _origin(site: Site, request: Request) -> str:
    """Where the client found the endpoint; the publisher's base for a host that is none."""
    if _HOST.match(request.headers.get("host", "")):
        return f"{request.url.scheme}://{request.headers['host']}/"
    return site.paths.base


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _service(service: NamedNode, limits: Limits) -> list[Triple]:
    rows_zh, rows_en = "", ""
    if limits.rows is not None:
        rows_zh, rows_en = f"、{limits.rows:,} 行", f" and {limits.rows:,} rows"
    zh = (
        f"只读。每个查询至多运行 {limits.seconds:g} 秒，结果至多 {limits.result_bytes:,} 字节{rows_zh}；"
        "超出即整个拒绝，不会只给一部分。不执行更新、SERVICE，也不从别处读取图。"
    )
    en = (
        f"Read-only. A query runs for at most {limits.seconds:g} s and yields at most "
        f"{limits.result_bytes:,} bytes{rows_en}; beyond that it is refused, never cut. Updates, SERVICE and "
        "graphs from elsewhere are refused."
    )
    triples = [
        Triple(service, RDF.type, _sd("Service")),
        Triple(service, _sd("endpoint"), service),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        Triple(service, RDFS.label, Literal("SPARQL 查询端点", language="zh")),
        Triple(service, RDFS.label, Literal("SPARQL query endpoint", language="en")),
        Triple(service, _COMMENT, Literal(zh, language="zh")),
        Triple(service, _COMMENT, Literal(en, language="en")),
    ]
    triples += [
        Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _OFFERED
    ]
    return triples


def _dataset(site: Site, service: NamedNode) -> list[Triple]:
    """The default dataset: the union of the named graphs, and these by name."""
    rows = site.pages.select(load("graph-names"), PAGE_LIMITS)
    graphs = [row["graph"] for row in rows if isinstance(row["graph"], NamedNode)]
    (counted,) = site.pages.select(load("triple-count"), PAGE_LIMITS)
    dataset, union = BlankNode("dataset"), BlankNode("union")
    triples = [
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, RDF.type, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), union),
        Triple(union, RDF.type, _sd("Graph")),
    ]
    count = next(iter(counted.values()))
    triples.append(Triple(union, NamedNode(f"{_VOID}triples"), count))
    for at, graph in enumerate(graphs[:_MOST_GRAPHS]):
        named = BlankNode(f"graph{at}")
        triples += [
            Triple(dataset, _sd("namedGraph"), named),
            Triple(named, RDF.type, _sd("NamedGraph")),
            Triple(named, _sd("name"), graph),
        ]
    return triples
