"""The W3C's tests of the SPARQL protocol and of service descriptions, over HTTP.

Queries must come out as wanted; updates, and what belongs to them, must be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from tests.conformance.w3c_sparql import BASE, FOLDER
from tests.serving.conftest import Client
from tests.serving.small_release import write

from fiscograph.queries import QueryEngine
from fiscograph.serving import Site, create_app

SUITE = FOLDER / "sparql11/protocol"
_DATA = "http://kasei.us/2009/09/sparql/data/"
_REQUESTS = """\
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX ht: <http://www.w3.org/2011/http#>
PREFIX cnt: <http://www.w3.org/2011/content#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?case ?method ?path ?type ?body ?encoding ?boolean ?format ?status (COUNT(?mid) AS ?at) {
  ?case a mf:ProtocolTest ; mf:action/ht:requests ?list .
  ?list rdf:rest* ?mid . ?mid rdf:rest*/rdf:first ?request .
  ?request ht:methodName ?method ; ht:absolutePath ?path .
  OPTIONAL { ?request ht:body [ cnt:chars ?body ; cnt:characterEncoding ?encoding ] }
  OPTIONAL { ?request ht:headers/rdf:rest*/rdf:first [ ht:fieldValue ?type ] }
  OPTIONAL { ?request ht:resp/mf:expectedBoolean ?boolean }
  OPTIONAL { ?request ht:resp/mf:expectedFormat ?format }
  OPTIONAL { ?request ht:resp/mf:expectedStatus ?status }
} GROUP BY ?case ?method ?path ?type ?body ?encoding ?boolean ?format ?status ?request
ORDER BY ?case ?at"""
# What the answers to a query without Accept are written in, by the suite's word for their form.
_FORMS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request, and what is wanted of its answer."""

    case: str
    method: str
    path: str
    type: str
    body: str
    encoding: str
    boolean: str
    format: str
    refused: bool

    @property
    def is_update(self) -> bool:
        """Whether it changes data: by the address, the body's type or the form's field."""
        return "update" in self.type or "update=" in self.path or "update=" in self.body


@cache
def exchanges() -> dict[str, tuple[Exchange, ...]]:
    """The requests of each case, in order."""
    store = Store()
    store.extend(parse(path=SUITE / "manifest.ttl", format=RdfFormat.TURTLE, base_iri=BASE))
    found = store.query(_REQUESTS)
    assert isinstance(found, QuerySolutions)
    cases: dict[str, dict[str, Exchange]] = {}
    for row in found:
        value = {
            name: "" if (term := row[name]) is None else getattr(term, "value", "")
            for name in ("case", "method", "path", "type", "body", "encoding", "boolean", "format")
        }
        status = getattr(row["status"], "value", "")
        name = value.pop("case").rpartition("#")[2]
        one = Exchange(case=name, refused=status.endswith("4xx"), **value)
        cases.setdefault(name, {})[f"{one.path} {one.body}"] = one
    return {name: tuple(found.values()) for name, found in cases.items()}


QUERIES = [name for name in exchanges() if "update" not in name]
UPDATES = [name for name in exchanges() if "update" in name]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("protocol")
    store = Store(str(folder / "store"))
    for number in (1, 2, 3):
        graph = NamedNode(f"{_DATA}data{number}.rdf")
        store.extend(
            Quad(quad.subject, quad.predicate, quad.object, graph)
            for quad in parse(path=SUITE / f"data{number}.nt", format=RdfFormat.N_TRIPLES)
        )
    # The suite asks a graph that it gives no content; like every graph here it has to exist.
    store.add_graph(NamedNode(f"{_DATA}data0.rdf"))
    store.flush()
    del store
    small = write(folder / "release")
    with (
        Site.open(small.published, filings=None, var=folder / "var") as site,
        QueryEngine(folder / "store", workers=1, base=site.paths.base) as engine,
    ):
        yield Client(app=create_app(replace(site, public=engine)))


def send(client: Client, one: Exchange) -> tuple[int, str, bytes]:
    response = client.ask(
        one.method,
        one.path.replace("/sparql/", "/sparql", 1),
        content=one.body.encode(one.encoding or "UTF-8") if one.body else None,
        headers={"Content-Type": one.type} if one.type else {},
    )
    return (
        response.status_code,
        response.headers.get("content-type", "").partition(";")[0],
        response.content,
    )


@pytest.mark.parametrize("name", QUERIES)
def test_queries_are_answered_as_the_protocol_wants(client: Client, name: str) -> None:
    for one in exchanges()[name]:
        status, kind, body = send(client, one)
        if one.refused:
            assert 400 <= status < 500
            continue
        assert status == 200
        assert kind in _FORMS[one.format]
        if one.boolean:
            given = parse_query_results(body, format=QueryResultsFormat.from_media_type(kind))
            assert str(bool(given)).lower() == one.boolean


@pytest.mark.parametrize("name", UPDATES)
def test_updates_are_refused(client: Client, name: str) -> None:
    updates = [one for one in exchanges()[name] if one.is_update or one.refused]
    assert updates
    for one in updates:
        status, kind, _ = send(client, one)
        assert 400 <= status < 500
        assert kind == "application/problem+json"


def test_the_suite_is_all_there() -> None:
    assert (len(QUERIES), len(UPDATES)) == (20, 14)


_SD = "http://www.w3.org/ns/sparql-service-description#"


def test_the_service_description_is_rdf_names_the_endpoint_and_keeps_to_its_schema(
    client: Client,
) -> None:
    """The three cases of ``service-description`` (returns-rdf, has-endpoint-triple,
    conforms-to-schema): the suite describes them in words.
    """
    response = client.get("/sparql", "text/turtle")
    kind = response.headers["content-type"].partition(";")[0]
    triples = {quad.triple for quad in parse(response.text, RdfFormat.from_media_type(kind))}
    services = {triple.object for triple in triples if triple.predicate.value == f"{_SD}endpoint"}
    assert [str(one) for one in services] == ["<http://here.example/sparql>"]
    used = {triple.predicate.value for triple in triples} | {
        triple.object.value for triple in triples if isinstance(triple.object, NamedNode)
    }
    schema = {
        "Service", "Dataset", "Graph", "NamedGraph", "GraphCollection",
        "endpoint", "supportedLanguage", "SPARQL11Query", "feature", "UnionDefaultGraph",
        "EmptyGraphs", "resultFormat", "defaultDataset", "availableGraphs", "defaultGraph",
        "namedGraph", "name", "graph", "languageExtension",
    }  # fmt: skip
    own = {name.removeprefix(_SD) for name in used if name.startswith(_SD)}
    assert own <= schema
    assert {"Service", "endpoint", "supportedLanguage", "resultFormat", "defaultDataset"} <= own
