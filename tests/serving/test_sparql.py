from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, parse
from tests.serving.conftest import Client
from tests.serving.small_release import BASE, NUMBER, POLICY_PATH, PROJECT_PATH

from fiscograph.queries import text
from fiscograph.serving import Site, create_app

SELECT = text("example-question")
ASK = "ASK { ?s eli:id_local '渝财社〔2022〕155号' }"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{BASE}{POLICY_PATH}> ?p ?o }}"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_the_example_question_has_its_answer_in_csv(client: Client) -> None:
    response = client.get("/sparql", "text/csv", query=SELECT)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(response.text))
    assert row["unit"] == "重庆市潼南区就业和人才中心"
    assert row["yuan"] == "41440000"
    assert row["line"] == "12"
    assert row["file"] == "500152-426-2023.txt"


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT])
def test_the_three_ways_of_asking_have_one_answer(client: Client, query: str) -> None:
    accept = "application/sparql-results+json, text/turtle"
    kind = {"Content-Type": "application/sparql-query"}
    answers = [
        client.get("/sparql", accept, query=query),
        client.ask("POST", "/sparql", accept=accept, data={"query": query}),
        client.ask("POST", "/sparql", accept=accept, content=query.encode(), headers=kind),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["content-type"] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        (ASK, "text/csv;q=0.1, application/sparql-results+json", "application/sparql-results+json"),
        (ASK, "application/xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        (f"DESCRIBE <{BASE}{POLICY_PATH}>", "text/turtle", "text/turtle"),
        (SELECT, HTML, "text/html"),
        (CONSTRUCT, HTML, "text/html"),
        (ASK, HTML, "text/html"),
    ],
)
def test_results_come_as_they_are_asked_for(
    client: Client, query: str, accept: str, media_type: str
) -> None:
    response = client.get("/sparql", accept, query=query)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"].split(", ")


def test_a_format_can_be_named_in_the_address(client: Client) -> None:
    response = client.get("/sparql", HTML, query=SELECT, format="csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "image/png"), (CONSTRUCT, "text/csv")])
def test_no_acceptable_format_is_said(client: Client, query: str, accept: str) -> None:
    assert client.get("/sparql", accept, query=query).status_code == 406


@pytest.mark.parametrize(
    ("query", "status", "error"),
    [
        ("SELECT * {", 400, "QuerySyntax"),
        ("hello", 400, "QuerySyntax"),
        ("ASK { SERVICE <http://127.0.0.1/> {} }", 400, "ServiceRefused"),
        ("INSERT DATA { <x:y> <x:y> 1 }", 400, "UpdateRefused"),
        ("ASK " + "{" * 50 + "}" * 50, 400, "QueryTooDeep"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "ResultTooLarge"),
        ("SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 5001", 413, "TooManyRows"),
        (HEAVY, 503, "QueryTimeout"),
    ],
)
def test_what_is_wrong_is_said_as_problem_details(
    site: Site, query: str, status: int, error: str
) -> None:
    limits = replace(site.limits, seconds=0.5) if query == HEAVY else site.limits
    client = Client(app=create_app(replace(site, limits=limits)))
    response = client.get("/sparql", "application/sparql-results+json", query=query)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["error"] == error
    assert ("retry-after" in response.headers) == (status == 503)
    page = client.get("/sparql", HTML, query=query)
    assert page.status_code == status
    assert 'role="alert"' in page.text


def test_a_syntax_error_has_its_place(client: Client) -> None:
    problem = client.get("/sparql", query="SELECT * {\n ?s ?p }").json()
    assert problem["line"] == 2
    assert problem["column"] > 1


def test_a_protocol_dataset_wins_over_the_union(client: Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def count(**params: str) -> int:
        found = client.get("/sparql", query=query, **params).json()
        return int(found["results"]["bindings"][0]["n"]["value"])

    policies = count(**{"default-graph-uri": f"{BASE}graph/policies"})
    assert 0 < policies < count()
    assert count(**{"named-graph-uri": f"{BASE}graph/policies"}) == 0


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ([("query", ASK), ("query", ASK)], 400),
        ([("update", "CLEAR ALL")], 403),
        ([("query", ASK), ("$s", "<x:y> . <x:y> <x:y> <x:y>")], 400),
        ([("query", ASK), ("$s", "nonsense")], 400),
    ],
)
def test_requests_that_are_none_of_the_protocol(
    client: Client, params: list[tuple[str, str]], status: int
) -> None:
    assert client.ask("GET", "/sparql", params=params).status_code == status


def test_updates_and_other_bodies_are_refused(client: Client) -> None:
    for kind, status in {
        "application/sparql-update": 403,
        "application/json": 415,
        "": 415,
    }.items():
        headers = {"Content-Type": kind}
        response = client.ask("POST", "/sparql", content=b"CLEAR ALL", headers=headers)
        assert response.status_code == status
    assert client.ask("POST", "/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    large = {"Content-Type": "application/sparql-query"}
    response = client.ask("POST", "/sparql", content=b"x" * 200_000, headers=large)
    assert response.status_code == 413
    response = client.ask("POST", "/sparql", content=b"\xff", headers=large)
    assert response.status_code == 400
    assert client.ask("PUT", "/sparql").status_code == 405


def test_a_variable_can_be_bound_in_the_address(client: Client) -> None:
    thing = {"$thing": f"<{BASE}{POLICY_PATH}>"}
    response = client.get("/sparql", "text/csv", query=text("funding-of-policy"), **thing)
    assert f"{BASE}{PROJECT_PATH}" in response.text
    page = client.get("/sparql", HTML, query=text("funding-of-policy"), **thing)
    assert 'name="$thing"' in page.text


def test_without_a_query_there_is_a_form_or_a_description(client: Client) -> None:
    page = client.get("/sparql", HTML)
    assert page.status_code == 200
    assert f'"{NUMBER}"' in page.text.replace("&#34;", '"')
    description = client.get("/sparql", "text/turtle")
    objects = {str(quad.object) for quad in parse(description.text, RdfFormat.TURTLE)}
    assert any("UnionDefaultGraph" in item for item in objects)
    assert client.ask("POST", "/sparql", data={"x": "y"}).status_code == 400


def test_labels_in_results_are_escaped(client: Client) -> None:
    page = client.get("/sparql", HTML, query="SELECT ('<script>alert(1)</script>' AS ?x) {}")
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
