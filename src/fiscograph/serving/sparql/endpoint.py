"""What ``/sparql`` answers: admission, the query, its kept answer, its headers."""

from __future__ import annotations

import re
import time

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from fiscograph.queries import (
    GraphFormat,
    GraphUnknown,
    NotInXml,
    Query,
    QueryError,
    QueryResult,
    SolutionFormat,
    check,
    load,
)
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.data.documents import HTML
from fiscograph.serving.data.freshness import is_known
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.data.problems import of_query, problem
from fiscograph.serving.site import Site
from fiscograph.serving.sparql.answers import key_of
from fiscograph.serving.sparql.editor_page import form
from fiscograph.serving.sparql.request import (
    GRAPHS,
    BadRequest,
    ProtocolRequest,
    answer,
    read_request,
    to_query,
    wants_page,
)
from fiscograph.serving.sparql.service_description import service_description

_XML = {SolutionFormat.XML.value, GraphFormat.RDF_XML.value}
# What XML 1.0 cannot hold, section 2.2, production [2] Char, in UTF-8.
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


async def sparql(site: Site, request: Request) -> Response:
    """One request to the endpoint: a query, the form without one, or what the service offers."""
    try:
        asked = await read_request(request)
        return await _answered(site, request, asked)
    except BadRequest as bad:
        return bad.response


def limits_of(site: Site) -> dict[str, str]:
    """The limits as headers: seconds of wall time, bytes and rows of a result."""
    return {
        "Query-Time-Limit": f"{site.limits.seconds:g}",
        "Query-Byte-Limit": f"{site.limits.result_bytes}",
    } | ({} if site.limits.rows is None else {"Query-Row-Limit": f"{site.limits.rows}"})


async def _answered(site: Site, request: Request, asked: ProtocolRequest) -> Response:
    accept = request.headers.get("accept")
    if asked.query is None:
        offer = choose(accept, (*GRAPHS, HTML))
        if request.method == "POST" or offer is None:
            zh = "缺少参数 query（查询文本）"
            return problem(400, "the parameter `query` is missing", zh=zh)
        if offer is HTML:
            return form(asked, site)
        return await run_in_threadpool(service_description, site, offer, request)
    as_page = wants_page(asked, accept)
    try:
        client = request.client
        with site.admission.admitted(client.host if client else None):
            return await _result(site, request, asked, as_page=as_page)
    except QueryError as error:
        return form(asked, site, error=error) if as_page else of_query(error)


async def _result(
    site: Site, request: Request, asked: ProtocolRequest, *, as_page: bool
) -> Response:
    text = asked.query or ""
    query = to_query(asked, text, request.headers.get("accept"))
    checked = check(text, prefixes=site.public.prefixes)
    key = key_of(site.identity, query)
    headers = _freshness(key, request, steady=checked.steady)
    known = request.headers.get("if-none-match")
    if not as_page and "ETag" in headers and is_known(known, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    started = time.perf_counter()
    result = site.answers.get(key) if checked.steady else None
    how = "kept"
    if result is None:
        how = "query"
        await run_in_threadpool(_require_graphs, site, query, checked.graphs)
        result = _as_xml(await answer(site.public, request, query, site.limits, site.threads))
        if checked.steady:
            site.answers.keep(key, result)
    if as_page:
        return await run_in_threadpool(form, asked, site, result=result)
    headers["Content-Type"] = Offer(media_type=result.media_type).content_type
    headers["Server-Timing"] = f"{how};dur={(time.perf_counter() - started) * 1000:.1f}"
    return Response(result.body, headers=headers)


def _freshness(key: str, request: Request, *, steady: bool) -> dict[str, str]:
    """The entity tag is weak: the same answer may be sent packed or not (RFC 9110, 8.8.1)."""
    if not steady or request.method == "POST":
        return {"Vary": "Accept", "Cache-Control": "no-store"}
    return {"Vary": "Accept", "Cache-Control": "no-cache", "ETag": f'W/"{key}"'}


def _require_graphs(site: Site, query: Query, own: tuple[str, ...]) -> None:
    """The dataset of the protocol wins over the query's own (SPARQL 1.1 Protocol, 2.1.4).

    Raises:
        GraphUnknown: a graph of the dataset is none of the release.
    """
    for graph in dict.fromkeys((*query.default_graphs, *query.named_graphs) or own):
        try:
            thing = NamedNode(graph)
        except ValueError:
            raise GraphUnknown(graph) from None
        if not site.public.select(load("graph-exists", thing=thing), PAGE_LIMITS):
            raise GraphUnknown(graph)


def _as_xml(result: QueryResult) -> QueryResult:
    """A result in XML as a reader of XML gets it back: whole, or refused.

    Raises:
        NotInXml: it holds a character that XML cannot.
    """
    if result.media_type not in _XML:
        return result
    if (found := _NO_XML.search(result.body)) is not None:
        raise NotInXml(found[0].decode())
    # A reader of XML turns a bare CR into LF (XML 1.0, section 2.11).
    return QueryResult(body=result.body.replace(b"\r", b"&#13;"), media_type=result.media_type)
