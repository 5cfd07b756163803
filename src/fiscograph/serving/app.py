"""The application: which address leads to which answer."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from fiscograph.queries import QueryError
from fiscograph.resources import program_version
from fiscograph.serving.dereference import dereference
from fiscograph.serving.documents import FORMATS, HTML
from fiscograph.serving.downloads import Downloads
from fiscograph.serving.edge import Edge
from fiscograph.serving.negotiation import choose
from fiscograph.serving.ontology import ontology_document
from fiscograph.serving.problem_page import problem_page
from fiscograph.serving.problems import of_query, problem
from fiscograph.serving.query_pages import add_query_pages
from fiscograph.serving.resolving import resolving
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
from fiscograph.serving.things import add_thing_pages
from fiscograph.serving.trace_api import OPENAPI, add_tracing
from fiscograph.serving.trace_pages import add_trace_pages

_READ = ["GET", "HEAD"]
# Bytes; below it a packed answer is no shorter.
_WORTH_PACKING = 1000
_ABOUT = (
    "从政策文件到资金：解析文号，追踪项目、单位、金额和依据的原句。From policy documents to money: the "
    "resolver, and tracing to projects, organizations, amounts and the sentences that say so. Amounts "
    "are texts of plain decimals in yuan; every answer states the rule by which it counts money."
)


def create_app(site: Site) -> FastAPI:
    """The application over one open site; whoever opened the site closes it."""
    app = FastAPI(
        title="fiscograph",
        version=program_version(),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=OPENAPI,
    )
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(Edge)
    _add_errors(app, site)
    _add_files(app, site)
    _add_sparql(app, site)
    add_tracing(app, site)
    _add_resolver(app, site)
    add_trace_pages(app, site)
    add_query_pages(app, site)
    add_thing_pages(app, site)
    _add_pages(app, site)
    return app


def _add_resolver(app: FastAPI, site: Site) -> None:
    def resolve(request: Request, number: str = "", title: str = "", q: str = "") -> Response:
        """文号（写法不拘）、标题或两者 → 文件自己的地址 / from a number, a title or both to the document's own
        address.
        """
        return resolving(site, request, number=number, title=title, q=q)

    app.add_api_route(
        "/resolve",
        resolve,
        methods=["GET"],
        status_code=303,
        summary="文号或标题指哪份文件 / Which document a number or title names",
        responses={
            300: {"description": "可能指几份，或只写了一部分 / several fit, or a part was typed"},
            400: {"description": "没有写 / nothing was typed"},
            404: {"description": "没有；列出相近的 / none; the nearest are listed"},
        },
    )
    app.add_api_route("/resolve", resolve, methods=["HEAD"], include_in_schema=False)


def _add_pages(app: FastAPI, site: Site) -> None:
    made: list[Start] = []

    @app.api_route("/", methods=_READ, include_in_schema=False)
    def start_page() -> Response:
        # A release never changes while it is served, so its start page is made once.
        if not made:
            made.append(start(site))
        return site.templates.page("start.html", start=made[0])

    @app.api_route("/{path:path}", methods=_READ, include_in_schema=False)
    def thing(request: Request, path: str) -> Response:
        return ontology_document(site, request, path) or dereference(site, request, path)


def _add_files(app: FastAPI, site: Site) -> None:
    @app.api_route("/static/{name}", methods=_READ, include_in_schema=False)
    def style(name: str) -> Response:
        return site.styles.response(name)

    @app.api_route("/static/built/{name}", methods=_READ, include_in_schema=False)
    def script(name: str) -> Response:
        return site.scripts.response(name)

    # The dumps stand beside the copy that the server reads, and go with it.
    downloads = Downloads(release=site.release, made=site.release.parent / "dumps")

    @app.api_route("/context/{version}.jsonld", methods=_READ, include_in_schema=False)
    def context(version: str) -> Response:
        return downloads.context(site.writer.context, version)

    @app.api_route("/download/{path:path}", methods=_READ, include_in_schema=False)
    def file(path: str) -> Response:
        return downloads.answer(path)


def _add_sparql(app: FastAPI, site: Site) -> None:
    @app.api_route("/sparql", methods=[*_READ, "POST"], include_in_schema=False)
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
            return problem_page(site.templates, error.status_code, near=near)
        return problem(
            error.status_code, error.detail, headers=error.headers, nearest=list(near) or None
        )

    def query_error(request: Request, error: QueryError) -> Response:
        if _is_page(request):
            return problem_page(site.templates, error.status)
        return of_query(error)

    def invalid(_request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return problem(422, f"`{first['loc'][-1]}`: {first['msg']}", title="A parameter is wrong")

    app.add_exception_handler(RequestValidationError, invalid)  # type: ignore[arg-type]
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
