"""What an answer of the endpoint carries around it: freshness, limits, CORS, refusals, quotas."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from xml.parsers import expat

import anyio
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from starlette.types import Message
from tests.serving.conftest import Client
from tests.serving.small_release import BASE, POLICY_PATH

from fiscograph.queries import Limits, QueryResult
from fiscograph.serving import Site, create_app
from fiscograph.serving.sparql.admission import Admission, Quotas, name_of
from fiscograph.serving.sparql.answers import Answers

ASK = "ASK { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{BASE}{POLICY_PATH}> ?p ?o }}"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HTML = "text/html,*/*;q=0.1"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


def test_an_answer_is_known_again_until_the_release_changes(client: Client, site: Site) -> None:
    first = client.get("/sparql", JSON, query=COUNT)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = client.ask(
        "GET", "/sparql", accept=JSON, params={"query": COUNT}, headers={"If-None-Match": tag}
    )
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    others = [
        client.get("/sparql", "text/csv", query=COUNT),
        client.get("/sparql", JSON, query=COUNT + " "),
        client.get("/sparql", JSON, query=COUNT, **{"named-graph-uri": f"{BASE}graph/policies"}),
    ]
    assert len({tag, *(answer.headers["etag"] for answer in others)}) == 4
    newer = replace(site)
    newer.__dict__["identity"] = "another"
    assert Client(app=create_app(newer)).get("/sparql", JSON, query=COUNT).headers["etag"] != tag


@pytest.mark.parametrize("word", ["RAND()", "NOW()", "UUID()", "STRUUID()"])
def test_what_differs_each_time_is_never_kept(client: Client, word: str) -> None:
    query = f"SELECT ({word} AS ?x) {{}}"
    answers = [client.get("/sparql", JSON, query=query) for _ in range(2)]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert not any("etag" in answer.headers for answer in answers)
    assert answers[0].content != answers[1].content


def test_an_answer_is_kept_and_given_again_without_a_worker(client: Client, site: Site) -> None:
    query = f"{COUNT} # kept"
    answers = [client.get("/sparql", JSON, query=query) for _ in range(2)]
    assert answers[0].headers["server-timing"].startswith("query;dur=")
    assert answers[1].headers["server-timing"].startswith("kept;dur=")
    assert answers[0].content == answers[1].content
    assert 0 < site.answers.size <= 64_000_000


def test_kept_answers_have_a_bound_and_the_longest_unused_go_first() -> None:
    kept = Answers(10_000)
    answer = QueryResult(body=b"x" * 1000, media_type=JSON)
    for number in range(20):
        kept.keep(str(number), answer)
        kept.get("0")
        assert kept.size <= 10_000
    assert kept.get("0") is answer
    assert kept.get("1") is None
    kept.keep("large", QueryResult(body=b"x" * 5000, media_type=JSON))
    assert kept.get("large") is None


@pytest.mark.parametrize("accept", [JSON, HTML, "text/turtle"])
def test_the_limits_stand_in_every_answer(client: Client, site: Site, accept: str) -> None:
    for method, params in (
        ("GET", {"query": ASK}),
        ("GET", {"query": "nonsense"}),
        ("GET", {"example": "there is none"}),
        ("GET", {}),
        ("PUT", {}),
        ("OPTIONS", {}),
    ):
        headers = client.ask(method, "/sparql", accept=accept, params=params).headers
        assert float(headers["query-time-limit"]) == site.limits.seconds
        assert int(headers["query-byte-limit"]) == site.limits.result_bytes
        assert int(headers["query-row-limit"]) == site.limits.rows
        exposed = headers["access-control-expose-headers"].lower().split(", ")
        assert {"query-time-limit", "query-byte-limit", "etag", "retry-after"} <= set(exposed)


def test_a_page_that_cuts_rows_says_so(client: Client) -> None:
    query = "SELECT * { VALUES ?a { 1 2 3 4 5 6 7 8 9 10 } VALUES ?b { 1 2 3 4 5 6 7 8 9 10 } "
    query += "VALUES ?c { 1 2 3 4 5 6 7 8 9 10 } VALUES ?d { 1 2 } }"
    page = client.get("/sparql", HTML, query=query)
    assert page.headers["page-row-limit"] == "1000"
    assert page.text.count("<tr>") <= 1002
    assert "2,000" in page.text
    assert "前 1,000 行" in page.text


@pytest.mark.parametrize("query", [ASK, CONSTRUCT, "nonsense"])
@pytest.mark.parametrize("accept", ["*/*", HTML])
def test_head_has_the_headers_of_get_and_no_body(client: Client, query: str, accept: str) -> None:
    params = {"query": query}
    get = client.ask("GET", "/sparql", accept=accept, params=params)
    head = client.ask("HEAD", "/sparql", accept=accept, params=params)
    assert (head.status_code, head.content) == (get.status_code, b"")
    timed = {"server-timing"}
    assert {name for name in head.headers if name not in timed} == {
        name for name in get.headers if name not in timed
    }
    assert head.headers.get("etag") == get.headers.get("etag")


def test_another_origin_may_ask_by_every_way_of_the_protocol(client: Client) -> None:
    asked = {
        "Origin": "https://other.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, if-none-match",
    }
    before = client.ask("OPTIONS", "/sparql", headers=asked).headers
    assert before["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "HEAD"} <= set(before["access-control-allow-methods"].split(", "))
    allowed = before["access-control-allow-headers"].lower().split(", ")
    assert {"content-type", "if-none-match", "accept"} <= set(allowed)


def test_a_large_answer_is_packed_for_who_takes_it(client: Client) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 200"
    packed = client.ask(
        "GET", "/sparql", params={"query": query}, headers={"Accept-Encoding": "gzip"}
    )
    plain = client.ask(
        "GET", "/sparql", params={"query": query}, headers={"Accept-Encoding": "identity"}
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert {"Accept", "Accept-Encoding"} <= set(packed.headers["vary"].split(", "))


@pytest.mark.parametrize(
    ("params", "error", "zh", "en"),
    [
        ({"query": "INSERT DATA { <x:y> <x:y> 1 }"}, "UpdateRefused", "只读", "read-only"),
        ({"query": "LOAD <http://127.0.0.1/>"}, "UpdateRefused", "LOAD", "LOAD"),
        ({"query": "ASK { SERVICE <x:y> {} }"}, "ServiceRefused", "不访问其他端点", "calls no"),
        ({"query": "ASK FROM <http://127.0.0.1/x> {}"}, "GraphUnknown", "不从别处", "elsewhere"),
        (
            {"query": "PREFIX a: <http://a.example/> ASK FROM NAMED a:b {}"},
            "GraphUnknown",
            "http://a.example/b",
            "loads nothing",
        ),
        (
            {"query": ASK, "default-graph-uri": "http://127.0.0.1/x"},
            "GraphUnknown",
            "http://127.0.0.1/x",
            "loads nothing",
        ),
        ({"query": ASK, "named-graph-uri": "no iri"}, "GraphUnknown", "no iri", "no graph"),
        ({"query": "ASK { ?s ?p }"}, "QuerySyntax", "第 1 行", "line 1"),
        ({"query": "SELECT (<x:f>(1) AS ?x) {}"}, "QueryUnsupported", "不支持", "x:f"),
    ],
)
def test_what_is_refused_is_told_in_both_languages(
    client: Client, params: dict[str, str], error: str, zh: str, en: str
) -> None:
    answer = client.ask("GET", "/sparql", params=params)
    problem = answer.json()
    assert answer.status_code == 400
    assert problem["error"] == error
    assert zh in problem["detail"]
    assert en in problem["detail"]
    page = client.ask("GET", "/sparql", accept=HTML, params=params)
    assert zh in page.text
    english = client.ask("GET", "/sparql", accept=HTML, params={**params, "lang": "en"})
    assert en in english.text.replace("&lt;", "<").replace("&gt;", ">")


def test_the_dataset_of_the_request_wins_over_the_query_s_own(client: Client) -> None:
    query = COUNT.replace("{", "FROM <http://127.0.0.1/x> {")
    answer = client.get("/sparql", query=query, **{"default-graph-uri": f"{BASE}graph/policies"})
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) > 0


@pytest.mark.parametrize("escape", ["\\u0001", "\\u000B", "\\uFFFE", "\\uFFFF"])
def test_what_xml_cannot_hold_is_refused_in_xml_alone(client: Client, escape: str) -> None:
    query = f'SELECT ("a{escape}b" AS ?x) {{}}'
    graph = f'CONSTRUCT {{ <x:a> <x:b> "a{escape}b" }} {{}}'
    for asked, accept in ((query, XML), (graph, "application/rdf+xml")):
        refused = client.get("/sparql", accept, query=asked)
        assert refused.status_code == 406
        assert f"U+{escape[2:]}" in refused.json()["detail"]
    value = f"a{chr(ord(escape.encode().decode('unicode_escape')))}b"
    assert (
        client.get("/sparql", JSON, query=query).json()["results"]["bindings"][0]["x"]["value"]
        == value
    )
    (quad,) = parse(client.get("/sparql", "text/turtle", query=graph).text, RdfFormat.TURTLE)
    assert quad.object == Literal(value)


def test_line_ends_survive_xml(client: Client) -> None:
    answer = client.get("/sparql", XML, query='SELECT ("a\\rb\\r\\nc" AS ?x) {}')
    read: list[str] = []
    reader = expat.ParserCreate()
    reader.CharacterDataHandler = read.append
    reader.ParseFile(io.BytesIO(answer.content))
    assert "".join(read) == "a\rb\r\nc"


def test_the_service_description_is_complete(client: Client, site: Site) -> None:
    answer = client.get("/sparql", "application/n-triples")
    triples = [quad.triple for quad in parse(answer.text, RdfFormat.N_TRIPLES)]
    values: dict[str, set[str]] = {}
    for triple in triples:
        name = triple.predicate.value.rpartition("#")[2]
        values.setdefault(name, set()).add(getattr(triple.object, "value", ""))
    formats = {value.rpartition("/")[2] for value in values["resultFormat"]}
    assert formats == {
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
    }  # fmt: skip
    assert f"{BASE}graph/policies" in values["name"]
    (count,) = values["triples" if "triples" in values else "http://rdfs.org/ns/void#triples"]
    found = client.get("/sparql", JSON, query="SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert count == found.json()["results"]["bindings"][0]["n"]["value"]
    for limit in (site.limits.result_bytes, site.limits.rows):
        assert all(f"{limit:,}" in text for text in values["comment"])
    hostile = client.ask("GET", "/sparql", accept="text/turtle", headers={"Host": "a b<>"})
    services = {
        quad.object
        for quad in parse(hostile.text, RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#endpoint")
    }
    assert services == {NamedNode(f"{BASE}sparql")}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def strict(site: Site, clock: Clock) -> Client:
    admission = Admission(Quotas(at_once=1, seconds=60, errors=3), clock)
    return Client(app=create_app(replace(site, admission=admission)))


def test_too_many_errors_in_a_minute_are_429_until_the_minute_is_over(
    strict: Client, clock: Clock
) -> None:
    for _ in range(3):
        assert strict.get("/sparql", JSON, query="nonsense").status_code == 400
        clock.now += 10
    refused = strict.get("/sparql", JSON, query=ASK)
    assert refused.status_code == 429
    assert refused.json()["error"] == "TooManyQueries"
    wait = int(refused.headers["retry-after"])
    assert 25 <= wait <= 35
    clock.now += wait
    assert strict.get("/sparql", JSON, query=ASK).status_code == 200


def test_query_time_and_queries_at_once_are_counted_for_each_client(clock: Clock) -> None:
    admission = Admission(Quotas(at_once=2, seconds=60, errors=30), clock)
    with admission.admitted("192.0.2.1"), admission.admitted("192.0.2.1"):
        with pytest.raises(Exception, match="2 queries at once"), admission.admitted("192.0.2.1"):
            pass
        with admission.admitted("192.0.2.2"):
            clock.now += 40
    with pytest.raises(Exception, match="60 s of query time"), admission.admitted("192.0.2.1"):
        pass
    with admission.admitted("192.0.2.2"):
        pass
    clock.now += 61
    with admission.admitted("192.0.2.1"):
        pass


def test_one_subscriber_is_one_client() -> None:
    assert name_of("2001:db8::1") == name_of("2001:db8::ffff") != name_of("2001:db8:0:1::1")
    assert name_of("::ffff:192.0.2.1") == name_of("192.0.2.1")


def test_a_client_that_goes_frees_its_worker(site: Site) -> None:
    """The query would run for a minute; its client leaves as soon as it has asked."""
    app = create_app(replace(site, limits=Limits(seconds=60.0)))
    asked = threading.Event()
    sent: list[Message] = []
    body = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        if (first := next(body, None)) is not None:
            return first
        asked.set()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": "/sparql", "raw_path": b"/sparql",
        "query_string": b"query=" + HEAVY.replace(" ", "+").replace("+", "%20").encode(),
        "headers": [(b"accept", b"*/*")], "client": ("192.0.2.9", 1), "scheme": "http",
        "server": ("here.example", 80), "root_path": "", "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }  # fmt: skip

    async def leave() -> None:
        with anyio.fail_after(20):
            await app(scope, receive, send)

    anyio.run(leave)
    assert asked.is_set()
    assert Client(app=app).get("/sparql", JSON, query=ASK).status_code == 200
