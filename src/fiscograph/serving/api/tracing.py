"""``/api/trace``: the answers of tracing for programs, described in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Query, Request
from starlette.responses import JSONResponse, Response

from fiscograph.serving.api.tables import STRICT, documented
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.data.problems import problem
from fiscograph.serving.site import Site
from fiscograph.serving.traced.resolving import JSON, MOST_TYPED, members
from fiscograph.tracing import (
    Answer,
    Funding,
    Meant,
    OrganizationDocuments,
    Part,
    ProjectBasis,
    Ranking,
    Shares,
    Unfoundeds,
    Wanted,
    as_csv,
    as_graphml,
    as_json,
    as_mermaid,
)

OPENAPI = "/api/openapi.json"
_CSV = Offer(media_type="text/csv", suffix=".csv")
_GRAPHML = Offer(media_type="application/graphml+xml", suffix=".graphml")
_MERMAID = Offer(media_type="text/vnd.mermaid", suffix=".mmd")
_ROWS = (JSON, _CSV)
_GRAPHS = (JSON, _CSV, _GRAPHML, _MERMAID)
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_UNCLEAR: dict[int | str, dict[str, Any]] = {
    300: {"description": "可能指几样东西 / the text may name several things", **_PROBLEM},
    404: {"description": "没有；列出相近的 / nothing; the nearest are listed", **_PROBLEM},
    406: {"description": "没有所要的格式 / no offered media type is accepted", **_PROBLEM},
}
_REFUSED: dict[int | str, dict[str, Any]] = {406: _UNCLEAR[406]}
_IN_PLACE = Query(alias="format", description="代替 Accept / in place of Accept")
_Form = Annotated[Literal["json", "csv", "graphml", "mermaid"] | None, _IN_PLACE]
_RowsForm = Annotated[Literal["json", "csv"] | None, _IN_PLACE]
_Typed = Annotated[
    str,
    Query(
        description=(
            "文号（写法不拘）、标题、项目编码或名称、部门或单位的名称或编码、标识 / a document's number "
            "in any style or its title, a project's code or name, an organization's name or code, "
            "or an identifier"
        ),
        examples=["渝财社[2022]155"],
        min_length=1,
    ),
]
_Year = Annotated[str | None, Query(description="年度 / fiscal year", examples=["2023"])]
_Phase = Annotated[str | None, Query(description="approved 预算, executed 决算 / budget phase")]
_Region = Annotated[
    str | None,
    Query(description="地区代码，含下级 / region code, with those below it", examples=["500152"]),
]
_Level = Annotated[
    str | None,
    Query(description="发文层级 / level of the issuer: central, province, prefecture, county"),
]
_Rows = Annotated[int, Query(description="最多几行 / the most rows", ge=1, le=10_000)]


_Shown = Annotated[
    int | None,
    Query(
        description=(
            "一份文件的项目每页几行，JSON 默认 100，其他格式默认全部 / of a document's projects, how many a "
            "page has; by default 100 in JSON, in other formats all of them"
        ),
        ge=1,
        le=10_000,
    ),
]
_Page = Annotated[int, Query(description="第几页 / which page", ge=1, le=1_000_000)]
# Rows of a document's projects in JSON; `rows_in_all` says how many there are.
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The rows of a document's projects that are asked for."""

    rows: int | None
    page: int

    def part(self, offer: Offer) -> Part:
        rows = _SHOWN if self.rows is None and offer is JSON else self.rows
        return Part() if rows is None else Part.page(self.page, rows)


def _sheet(rows: _Shown = None, page: _Page = 1) -> _Sheet:
    return _Sheet(rows=rows, page=page)


_FIRST = _Sheet(rows=None, page=1)
_Shows = Annotated[_Sheet, Depends(_sheet)]


def _of_projects(
    *,
    year: _Year = None,
    phase: _Phase = None,
    region: _Region = None,
    rows: _Rows = 100,
) -> Wanted:
    return Wanted(year=year, phase=phase, region=region, rows=rows)


def _of_documents(wanted: Annotated[Wanted, Depends(_of_projects)], level: _Level = None) -> Wanted:
    return replace(wanted, level=level)


_OfProjects = Annotated[Wanted, Depends(_of_projects)]
_OfDocuments = Annotated[Wanted, Depends(_of_documents)]


def add_tracing(app: FastAPI, site: Site) -> None:
    """Add the routes; those of one thing first."""
    _add_things(app, site)
    _add_overviews(app, site)


def _add_things(app: FastAPI, site: Site) -> None:
    def trace_document(request: Request, q: _Typed, sheet: _Shows, form: _Form = None) -> Response:
        return _thing(site, request, q, "document", form=form, sheet=sheet)

    def trace_project(request: Request, q: _Typed, sheet: _Shows, form: _Form = None) -> Response:
        return _thing(site, request, q, "project", form=form, sheet=sheet)

    def trace_organization(
        request: Request, q: _Typed, sheet: _Shows, form: _Form = None
    ) -> Response:
        return _thing(site, request, q, "organization", form=form, sheet=sheet)

    def trace_any(request: Request, q: _Typed, sheet: _Shows, form: _Form = None) -> Response:
        return _thing(site, request, q, None, form=form, sheet=sheet)

    _route(
        app,
        "/api/trace",
        trace_any,
        model=Funding | ProjectBasis | OrganizationDocuments,
        summary="按文字追踪 / Follow whatever a text names",
        responses=_UNCLEAR,
    )
    _route(
        app,
        "/api/trace/document",
        trace_document,
        model=Funding,
        summary="一份文件资助什么 / What a document funds",
        responses=_UNCLEAR,
    )
    _route(
        app,
        "/api/trace/project",
        trace_project,
        model=ProjectBasis,
        summary="一个项目的依据 / What a project rests on",
        responses=_UNCLEAR,
    )
    _route(
        app,
        "/api/trace/organization",
        trace_organization,
        model=OrganizationDocuments,
        summary="一个部门或单位的文件 / The documents behind an organization's projects",
        responses=_UNCLEAR,
    )


def _add_overviews(app: FastAPI, site: Site) -> None:
    def ranking(request: Request, wanted: _OfDocuments, form: _RowsForm = None) -> Response:
        return _rows(request, site, form, lambda: site.tracer.ranking(wanted))

    def shared(request: Request, wanted: _OfDocuments, form: _RowsForm = None) -> Response:
        return _rows(request, site, form, lambda: site.tracer.shared(wanted))

    def without_basis(request: Request, wanted: _OfProjects, form: _RowsForm = None) -> Response:
        return _rows(request, site, form, lambda: site.tracer.without_basis(wanted))

    def shares(request: Request, wanted: _OfProjects, form: _RowsForm = None) -> Response:
        return _rows(request, site, form, lambda: site.tracer.shares(wanted))

    routes: tuple[tuple[str, Callable[..., Response], Any, str], ...] = (
        ("ranking", ranking, Ranking, "文件按金额排名 / Documents by money"),
        ("shared", shared, Ranking, "几个地区共同依据的文件 / Documents shared by regions"),
        (
            "without-basis",
            without_basis,
            Unfoundeds,
            "没有依据的项目 / Projects without a document",
        ),
        ("shares", shares, Shares, "各部门有依据的占比 / Money with a document behind it"),
    )
    for name, answer, model, summary in routes:
        path = f"/api/trace/{name}"
        _route(app, path, answer, model=model, summary=summary, responses=_REFUSED)


def _route(
    app: FastAPI,
    path: str,
    answer: Callable[..., Response],
    *,
    model: Any,
    summary: str,
    responses: dict[int | str, dict[str, Any]],
) -> None:
    app.add_api_route(
        path,
        answer,
        methods=["GET"],
        response_model=model,
        summary=summary,
        responses=documented(responses),
        dependencies=STRICT,
        operation_id=path.removeprefix("/api/").replace("/", "_").replace("-", "_"),
        tags=["追踪"],
    )
    app.add_api_route(path, answer, methods=["HEAD"], include_in_schema=False, dependencies=STRICT)


def _thing(
    site: Site,
    request: Request,
    q: str,
    kind: str | None,
    *,
    form: str | None,
    sheet: _Sheet,
) -> Response:
    offer = _offer(request, form, _GRAPHS)
    if offer is None:
        return _not_acceptable(_GRAPHS)
    typed = q[:MOST_TYPED]
    meant = site.tracer.meant(typed, kind)
    part = sheet.part(offer)
    found = site.tracer.follow(meant, part)
    if found is None:
        return unclear(site, meant)
    response = _written(found, offer)
    if isinstance(found, Funding) and part.skipped + len(found.projects) < found.rows_in_all:
        following = request.url.include_query_params(page=sheet.page + 1, rows=part.most)
        target = f"{following.path}?{following.query}"
        response.headers["Link"] = f'<{target}>; rel="next"'  # RFC 8288
    return tagged(site, request, response)


def traced_json(site: Site, request: Request, typed: str) -> Response:
    """The answer of ``/trace`` for a client that takes JSON rather than a page."""
    return _thing(site, request, typed, "document", form="json", sheet=_FIRST)


def unclear(site: Site, meant: Meant) -> Response:
    """300 where a text may name several things, 404 where it names none, as problem details."""
    several = bool(meant.things or meant.resolution.candidates)
    detail = "names several things" if several else "names nothing in this release"
    return problem(
        300 if several else 404,
        f"{meant.typed!r} {detail}",
        title="Several things fit" if several else "Nothing fits",
        things=[{"kind": one.kind, "iri": one.iri, "name": one.name} for one in meant.things],
        **members(site, meant.resolution),
    )


def _rows(
    request: Request,
    site: Site,
    form: str | None,
    ask: Callable[[], Ranking | Unfoundeds | Shares],
) -> Response:
    offer = _offer(request, form, _ROWS)
    if offer is None:
        return _not_acceptable(_ROWS)
    found = ask()
    if offer is _CSV:
        return tagged(site, request, Response(as_csv(found), media_type=_CSV.content_type))
    return tagged(site, request, JSONResponse(as_json(found)))


def _offer(request: Request, form: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    if form is None:
        return choose(request.headers.get("accept"), offers)
    named = {"json": JSON, "csv": _CSV, "graphml": _GRAPHML, "mermaid": _MERMAID}
    offer = named.get(form)
    return offer if offer in offers else None


def _not_acceptable(offers: tuple[Offer, ...]) -> Response:
    names = ", ".join(offer.media_type for offer in offers)
    return problem(406, f"this answer is written as one of {names}")


def _written(found: Answer, offer: Offer) -> Response:
    if offer is _CSV:
        return Response(as_csv(found), media_type=_CSV.content_type)
    if offer is _GRAPHML:
        return Response(as_graphml(found), media_type=_GRAPHML.content_type)
    if offer is _MERMAID:
        return Response(as_mermaid(found), media_type=_MERMAID.content_type)
    return JSONResponse(as_json(found))
