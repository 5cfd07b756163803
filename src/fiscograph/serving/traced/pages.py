"""``/trace``: where tracing starts, the overviews, and the data of the picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from pyoxigraph import Literal, NamedNode
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from fiscograph.serving.api.tracing import traced_json
from fiscograph.serving.data.documents import HTML
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.data.negotiation import choose
from fiscograph.serving.data.paths import escape
from fiscograph.serving.site import Site
from fiscograph.serving.traced.answers import of_document
from fiscograph.serving.traced.filters import NARROWED, filters_of, is_key
from fiscograph.serving.traced.flow import Flow, flow_of, flow_of_organization
from fiscograph.serving.traced.overviews import FEW_ROWS, MOST_ROWS, WORDS, overview
from fiscograph.serving.traced.resolving import JSON, MOST_TYPED
from fiscograph.tracing import Meant, Wanted, as_json
from fiscograph.vocabulary import SKOS

_READ = ["GET", "HEAD"]


def add_trace_pages(app: FastAPI, site: Site) -> None:
    """Add the routes."""

    @app.api_route("/trace", methods=_READ, include_in_schema=False)
    def start_of_tracing(
        request: Request,
        q: str = "",
        number: str = "",
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    ) -> Response:
        typed = (q or number)[:MOST_TYPED].strip()
        if not typed:
            return _start(site)
        if choose(request.headers.get("accept"), (HTML, JSON)) is JSON:
            return traced_json(site, request, typed)
        meant = site.tracer.meant(typed, None if q else "document")
        return _answered(site, meant, page)

    @app.api_route("/trace/flow", methods=_READ, include_in_schema=False)
    def flow(
        request: Request, document: str = "", organization: str = "", filing: str = ""
    ) -> Response:
        made = _flow(site, document, organization, filing)
        if made is None or not (document or made.groups):
            raise HTTPException(404, "the release knows no such document or no money of it")
        return tagged(site, request, JSONResponse(as_json(made)))

    @app.api_route("/trace/{name}", methods=_READ, include_in_schema=False)
    def table(
        name: str, year: str = "", phase: str = "", region: str = "", level: str = ""
    ) -> Response:
        if name not in WORDS:
            raise HTTPException(404, "there is no such overview")
        values = {"year": year, "phase": phase, "region": region, "level": level}
        known = {field: values[field] for field in NARROWED.get(name, ()) if values[field]}
        if not all(is_key(one) for one in known.values()):
            raise HTTPException(
                404, "nothing in the release has such a year, phase, region or level"
            )
        wanted = Wanted(
            year=known.get("year"),
            phase=known.get("phase"),
            region=known.get("region"),
            level=known.get("level"),
            rows=MOST_ROWS,
        )
        filters = filters_of(site, name, wanted)
        found = overview(site, name, wanted)
        return site.templates.page("overview.html", overview=found, words=WORDS, filters=filters)


def _flow(site: Site, document: str, organization: str, filing: str) -> Flow | None:
    """The data of the picture of a document, or of an organization in all filings or in one."""
    if organization:
        try:
            thing = NamedNode(organization)
        except ValueError:
            return None
        name = next(iter(site.lookup.values(thing, SKOS.prefLabel)), None)
        label = name.value if isinstance(name, Literal) else None
        answer = site.tracer.of_organization(organization, label)
        return flow_of_organization(answer, site.paths, filing or None)
    known = site.tracer.documents.by_iri.get(document)
    return None if known is None else flow_of(site.tracer.funding(known), site.paths)


def _start(site: Site) -> Response:
    wanted = Wanted(rows=FEW_ROWS)
    tables = [overview(site, name, wanted) for name in WORDS]
    return site.templates.page("trace.html", typed="", meant=None, traced=None, tables=tables)


def _answered(site: Site, meant: Meant, page: int) -> Response:
    """A document's money at once; any other thing on its own page; else what may be meant."""
    if meant.thing is not None:
        address = escape(site.paths.local(meant.thing.iri) or "/")
        return RedirectResponse(address, status_code=303)
    document = meant.resolution.document
    found = None if document is None else of_document(site, document, page)
    several = bool(meant.things or meant.resolution.candidates)
    status = 200 if found is not None else 300 if several else 404
    return site.templates.page(
        "trace.html", status=status, typed=meant.typed, meant=meant, traced=found, tables=()
    )
