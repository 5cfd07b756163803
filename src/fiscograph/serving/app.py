"""The application: which address leads to which answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from fiscograph.queries import QueryError
from fiscograph.resources import program_version
from fiscograph.serving.api.page import add_api_page
from fiscograph.serving.api.search import add_search
from fiscograph.serving.api.tables import add_api, documented
from fiscograph.serving.api.tracing import OPENAPI, add_tracing
from fiscograph.serving.data.dereference import PLAIN_FORMATS, dereference, described
from fiscograph.serving.data.documents import FORMATS, HTML
from fiscograph.serving.data.downloads import Downloads
from fiscograph.serving.data.negotiation import choose
from fiscograph.serving.data.ontology import ontology_document
from fiscograph.serving.data.prepared import LEVEL
from fiscograph.serving.data.problems import of_query, problem
from fiscograph.serving.data.quick import Quick
from fiscograph.serving.data.ready import WORTH_PACKING
from fiscograph.serving.frame import language
from fiscograph.serving.frame.problem_page import problem_page
from fiscograph.serving.front.about_pages import add_about
from fiscograph.serving.front.list_pages import add_lists
from fiscograph.serving.front.start import Start, start
from fiscograph.serving.operation.edge import Edge
from fiscograph.serving.site import Site
from fiscograph.serving.sparql.endpoint import limits_of, sparql
from fiscograph.serving.sparql.library_pages import add_query_pages
from fiscograph.serving.things.by_class import add_thing_pages
from fiscograph.serving.traced.pages import add_trace_pages
from fiscograph.serving.traced.resolving import resolving

_READ = ["GET", "HEAD"]
_Iri = Annotated[
    str,
    Query(
        description="完整的 IRI / the whole IRI",
        examples=["https://fiscograph.example/policy/渝财社/2022/155"],
    ),
]
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
    app.add_middleware(GZipMiddleware, minimum_size=WORTH_PACKING, compresslevel=LEVEL)
    app.add_middleware(Edge, queries=limits_of(site))
    app.add_middleware(Quick, ready=site.ready)
    _add_errors(app, site)
    _add_files(app, site)
    _add_sparql(app, site)
    add_tracing(app, site)
    _add_resolver(app, site)
    _add_describe(app, site)
    add_trace_pages(app, site)
    add_query_pages(app, site)
    add_thing_pages(app, site)
    add_search(app, site)
    add_api_page(app, site)
    add_api(app, site)
    add_lists(app, site)
    add_about(app, site)
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


def _add_describe(app: FastAPI, site: Site) -> None:
    def describe(request: Request, iri: _Iri) -> Response:
        """发布数据中以此 IRI 为主语的全部三元组，原样给出 / every triple of the release with this IRI as its
        subject, as it stands.
        """
        return described(site, request, iri)

    app.add_api_route(
        "/describe",
        describe,
        methods=["GET"],
        summary="关于一个 IRI 说了什么 / What is said of an IRI",
        response_class=Response,
        responses=documented(
            {
                200: {
                    "content": {offer.media_type: {} for offer in PLAIN_FORMATS},
                    "description": "三元组 / the triples",
                },
                404: {"description": "什么也没说；列出相近的 / nothing is; the nearest are listed"},
                406: {"description": "没有所要的格式 / no format that is taken"},
                413: {"description": "太多 / too much"},
            }
        ),
    )
    app.add_api_route("/describe", describe, methods=["HEAD"], include_in_schema=False)


def _add_pages(app: FastAPI, site: Site) -> None:
    made: dict[str, Start] = {}

    @app.api_route("/", methods=_READ, include_in_schema=False)
    def start_page() -> Response:
        # A release never changes while it is served, so its start page is made once a language.
        if (spoken := language.current()) not in made:
            made[spoken] = start(site)
        return site.templates.page("start.html", start=made[spoken])

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
    async def endpoint(request: Request) -> Response:
        return await sparql(site, request)


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
        # ("query", "kind", 0): the place, the parameter, and where in it.
        parameter = str(first["loc"][min(1, len(first["loc"]) - 1)])
        return problem(
            422,
            f"`{parameter}`: {first['msg']}",
            title="A parameter is wrong",
            parameter=parameter,
        )

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
