"""The SPARQL 1.1 Protocol, query operation: what a request asks, and its answer."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

import anyio
from anyio import CapacityLimiter, to_thread
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from starlette.requests import Request
from starlette.responses import Response

from fiscograph.queries import (
    GraphFormat,
    Limits,
    Query,
    QueryEngine,
    QueryError,
    QueryResult,
    SolutionFormat,
    Term,
    check,
)
from fiscograph.serving.data.documents import HTML
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.data.problems import problem

SOLUTIONS = (
    Offer(media_type=SolutionFormat.JSON.value, aliases=("application/json",), suffix="json"),
    Offer(
        media_type=SolutionFormat.XML.value, aliases=("application/xml", "text/xml"), suffix="xml"
    ),
    Offer(media_type=SolutionFormat.CSV.value, suffix="csv"),
    Offer(media_type=SolutionFormat.TSV.value, suffix="tsv"),
)
GRAPHS = (
    Offer(media_type=GraphFormat.TURTLE.value, aliases=("application/x-turtle",), suffix="ttl"),
    Offer(media_type=GraphFormat.N_TRIPLES.value, aliases=("text/plain",), suffix="nt"),
    Offer(media_type=GraphFormat.JSON_LD.value, aliases=("application/json",), suffix="jsonld"),
    Offer(media_type=GraphFormat.RDF_XML.value, suffix="rdf"),
)
_MOST_BODY = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRequest:
    """The parameters of one query operation.

    ``query`` is None where none is given. ``fields`` are all parameters but ``format`` as they
    came; ``bindings`` those of them that are named ``$variable``: values in N-Triples for
    variables that the query projects.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    bindings: Mapping[str, Term]
    output: str | None
    fields: tuple[tuple[str, str], ...]


class BadRequest(Exception):
    """The request is not one of the protocol's three; carries the response that says so."""

    def __init__(self, response: Response) -> None:
        super().__init__(response)
        self.response = response


async def read_request(request: Request) -> ProtocolRequest:
    """Read a query by GET, by POST of a form, or by direct POST.

    Raises:
        BadRequest: two queries, an update, another media type, text that is not UTF-8.
    """
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
        kind = kind.strip()
        _require_utf8(parameters)
        body = await _body(request)
        if kind == "application/sparql-query":
            pairs.append(("query", _decode(body)))
        elif kind == "application/x-www-form-urlencoded":
            pairs += _pairs(_decode(body))
        elif kind == "application/sparql-update":
            raise BadRequest(
                problem(
                    403,
                    "this endpoint is read-only, it takes no updates",
                    zh="本端点只读，不接受更新（INSERT、DELETE、LOAD 等）",
                )
            )
        else:
            detail = "post a form, or the query itself as application/sparql-query"
            zh = "请以表单提交，或以 application/sparql-query 提交查询本身"
            raise BadRequest(problem(415, detail, zh=zh))
    return _of_pairs(pairs)


def _require_utf8(parameters: str) -> None:
    """SPARQL 1.1 Protocol, 2.1.3: a query that is sent by itself is UTF-8."""
    for name, _, value in (one.strip().partition("=") for one in parameters.split(";")):
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8", "us-ascii"}:
            detail = "the request's body is not UTF-8"
            raise BadRequest(problem(415, detail, zh="请求正文须为 UTF-8"))


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        raise BadRequest(
            problem(400, "the parameters are not well-formed UTF-8", zh="参数不是合法的 UTF-8")
        ) from None


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest(
            problem(400, "the request's body is not UTF-8", zh="请求正文不是 UTF-8")
        ) from None


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BODY:
            detail = f"the request is larger than {_MOST_BODY:,} bytes"
            raise BadRequest(problem(413, detail, zh=f"请求超过 {_MOST_BODY:,} 字节"))
    return bytes(body)


def _of_pairs(pairs: Sequence[tuple[str, str]]) -> ProtocolRequest:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise BadRequest(
            problem(
                403,
                "this endpoint is read-only, it takes no updates",
                zh="本端点只读，不接受更新（INSERT、DELETE、LOAD 等）",
            )
        )
    queries = values.get("query", [])
    if len(queries) > 1:
        raise BadRequest(problem(400, "exactly one query is expected", zh="一次只能提交一个查询"))
    return ProtocolRequest(
        query=queries[0] if queries else None,
        default_graphs=tuple(values.get("default-graph-uri", ())),
        named_graphs=tuple(values.get("named-graph-uri", ())),
        bindings={name[1:]: _term(each[0]) for name, each in values.items() if name[:1] == "$"},
        output=next(iter(values.get("format", ())), None),
        fields=tuple((name, value) for name, value in pairs if name != "format"),
    )


def _term(text: str) -> Term:
    """One IRI or literal in N-Triples.

    Raises:
        BadRequest: it is anything else.
    """
    try:
        (quad,) = parse(f"<x:x> <x:x> {text} .", format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        quad = None
    if quad is None or not isinstance(quad.object, NamedNode | Literal):
        detail = 'a $variable takes one <IRI> or "literal"'
        zh = '$ 变量的值是一个 <IRI> 或 "文字"'
        raise BadRequest(problem(400, detail, zh=zh)) from None
    return quad.object


def wants_page(asked: ProtocolRequest, accept: str | None) -> bool:
    """Whether a browser asks: it likes HTML better than every format of a result."""
    return asked.output is None and choose(accept, (*SOLUTIONS, *GRAPHS, HTML)) is HTML


def to_query(asked: ProtocolRequest, text: str, accept: str | None) -> Query:
    """The query with the formats that the client takes; a page is made of JSON or Turtle.

    Raises:
        QueryError: the guard refuses it.
        BadRequest: no format of this query's form is acceptable.
    """
    checked = check(text)
    offers = GRAPHS if checked.form.yields_graph else SOLUTIONS
    offer = _by_name(asked.output, offers) or choose(accept, (*offers, HTML))
    if offer is HTML:
        offer = offers[0]
    if offer is None:
        names = ", ".join(item.media_type for item in offers)
        detail = f"a {checked.form.value} query is answered as one of {names}"
        zh = f"{checked.form.value} 查询的结果有这些格式：{names}"
        raise BadRequest(problem(406, detail, zh=zh))
    chosen = offer.media_type
    return Query(
        text=text,
        bindings=asked.bindings,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        solutions=SolutionFormat.JSON if checked.form.yields_graph else SolutionFormat(chosen),
        graph=GraphFormat(chosen) if checked.form.yields_graph else GraphFormat.TURTLE,
    )


def _by_name(name: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """An offer by the ``format`` parameter: a suffix or a media type."""
    return next((item for item in offers if name and name in (item.suffix, *item.names)), None)


async def answer(
    engine: QueryEngine, request: Request, query: Query, limits: Limits, threads: CapacityLimiter
) -> QueryResult:
    """Run a query beside the event loop, and give it up when the client goes.

    Args:
        engine: answers it.
        request: is watched for its client.
        query: the query.
        limits: its limits.
        threads: in which queries wait, apart from those that make pages.

    Raises:
        QueryError: one of its kinds.
    """
    gone = threading.Event()
    outcome: list[QueryResult | QueryError] = []

    def ask() -> None:
        try:
            outcome.append(engine.run(query, limits, cancelled=gone))
        except QueryError as error:
            outcome.append(error)

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()

    async with anyio.create_task_group() as group:
        group.start_soon(watch)
        await to_thread.run_sync(ask, limiter=threads)
        group.cancel_scope.cancel()
    result = outcome[0]
    if isinstance(result, QueryError):
        raise result
    return result
