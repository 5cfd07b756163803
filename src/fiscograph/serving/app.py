"""The application: which address leads to which answer."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from fiscograph.queries import QueryError
from fiscograph.serving.dereference import dereference
from fiscograph.serving.documents import FORMATS, HTML
from fiscograph.serving.downloads import Downloads
from fiscograph.serving.edge import Edge
from fiscograph.serving.negotiation import choose
from fiscograph.serving.ontology import ontology_document
from fiscograph.serving.problems import of_query, problem
from fiscograph.serving.site import Site
from fiscograph.serving.sparql import (
    GRAPHS,
    BadRequest,
    answer,
    read_request,
    respond,
    to_query,
    wants_page,
)
from fiscograph.serving.sparql_page import form, service_description
from fiscograph.serving.start import Start, start
from fiscograph.tracing import trace

_READ = ["GET", "HEAD"]
_MOST_TYPED = 200


def create_app(site: Site) -> FastAPI:
    """The application over one open site; whoever opened the site closes it."""
    app = FastAPI(title="fiscograph", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Edge)
    _add_errors(app, site)
    _add_files(app, site)
    _add_sparql(app, site)
    _add_pages(app, site)
    return app


def _add_pages(app: FastAPI, site: Site) -> None:
    made: list[Start] = []

    @app.api_route("/", methods=_READ)
    def start_page() -> Response:
        # A release never changes while it is served, so its start page is made once.
        if not made:
            made.append(start(site))
        return site.templates.page("start.html", start=made[0])

    @app.api_route("/trace", methods=_READ)
    def trace_page(number: str = "") -> Response:
        typed = number[:_MOST_TYPED].strip()
        found = trace(site.pages, typed) if typed else None
        known = found is None or found.found
        return site.templates.page(
            "trace.html", status=200 if known else 404, typed=typed, trace=found
        )

    @app.api_route("/{path:path}", methods=_READ)
    def thing(request: Request, path: str) -> Response:
        return ontology_document(site, request, path) or dereference(site, request, path)


def _add_files(app: FastAPI, site: Site) -> None:
    css = files("fiscograph.serving").joinpath("static", "fiscograph.css").read_text("utf-8")

    @app.api_route("/static/fiscograph.css", methods=_READ)
    def style() -> Response:
        return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @app.api_route("/healthz", methods=_READ)
    async def health() -> Response:
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})

    # The dumps stand beside the copy that the server reads, and go with it.
    downloads = Downloads(release=site.release, made=site.release.parent / "dumps")

    @app.api_route("/context/{version}.jsonld", methods=_READ)
    def context(version: str) -> Response:
        return downloads.context(site.writer.context, version)

    @app.api_route("/download/{path:path}", methods=_READ)
    def file(path: str) -> Response:
        return downloads.answer(path)


def _add_sparql(app: FastAPI, site: Site) -> None:
    @app.api_route("/sparql", methods=[*_READ, "POST"])
    async def sparql(request: Request) -> Response:
        try:
            return await _sparql(site, request)
        except BadRequest as bad:
            return bad.response


async def _sparql(site: Site, request: Request) -> Response:
    asked = await read_request(request)
    accept = request.headers.get("accept")
    if asked.query is None:
        offer = choose(accept, (*GRAPHS, HTML))
        if request.method == "POST" or offer is None:
            return problem(400, "the parameter `query` is missing")
        return form(asked, site) if offer is HTML else service_description(site, offer)
    as_page = wants_page(asked, accept)
    try:
        query = to_query(asked, asked.query, accept)
        result = await answer(site.public, request, query, site.limits)
    except QueryError as error:
        return form(asked, site, error=error) if as_page else of_query(error)
    if as_page:
        return await run_in_threadpool(form, asked, site, result=result)
    return respond(result)


def _add_errors(app: FastAPI, site: Site) -> None:
    def http_error(request: Request, error: HTTPException) -> Response:
        near: tuple[str, ...] = ()
        if error.status_code == 404:
            near = _near(site, request.url.path)
        if _is_page(request):
            return site.templates.page(
                "problem.html", status=error.status_code, detail=error.detail, near=near
            )
        return problem(
            error.status_code, error.detail, headers=error.headers, nearest=list(near) or None
        )

    def query_error(request: Request, error: QueryError) -> Response:
        if _is_page(request):
            return site.templates.page(
                "problem.html", status=error.status, detail=str(error), near=()
            )
        return of_query(error)

    app.add_exception_handler(HTTPException, http_error)  # type: ignore[arg-type]
    app.add_exception_handler(QueryError, query_error)  # type: ignore[arg-type]


def _is_page(request: Request) -> bool:
    return choose(request.headers.get("accept"), (*FORMATS[1:], HTML)) is HTML


def _near(site: Site, path: str) -> tuple[str, ...]:
    """Addresses like this one; none where the store cannot be asked for them."""
    try:
        return site.known.near(path)
    except QueryError:
        return ()
