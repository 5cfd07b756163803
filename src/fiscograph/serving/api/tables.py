"""``/api``: the published tables for programs, as JSON and CSV, described in OpenAPI 3.1.

Every table is a collection with one way to filter, sort and page; nothing is known here of any
table but what its columns say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Query, Request
from fastapi import Path as PathParameter
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response, StreamingResponse

from fiscograph.release.tables.columns import Schema, schemas
from fiscograph.serving.api.asked import conditions
from fiscograph.serving.api.models import Models, Problem, has_row_address, models
from fiscograph.serving.api.rows import TABLES, Chosen, Condition, Rows, TooLong
from fiscograph.serving.api.written import Writer
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.data.problems import problem
from fiscograph.serving.site import Site
from fiscograph.serving.traced.resolving import JSON

CSV = Offer(media_type="text/csv", suffix=".csv")
TOTAL = "X-Total-Count"
_PROBLEM: Mapping[str, Any] = {
    "model": Problem,
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_NOT_MODIFIED = {"description": "没有变 / what the client has is still true"}
_WRONG = {**_PROBLEM, "description": "参数不对；说明是哪个 / a parameter is wrong; which one"}
_BUSY = {**_PROBLEM, "description": "用时过长 / it took too long"}
_NOT_OFFERED = {**_PROBLEM, "description": "没有所要的格式 / no offered media type is accepted"}
_UNKNOWN = {**_PROBLEM, "description": "没有这一行 / there is no such row"}
_LINKS = {
    "Link": {"description": "first, prev, next, last", "schema": {"type": "string"}},
    TOTAL: {"description": "共几行 / rows in all", "schema": {"type": "integer"}},
    "ETag": {"description": "发布的标识 / the release's identity", "schema": {"type": "string"}},
}
_Flag = dict[int | str, dict[str, Any]]


def refuse_unknown(request: Request) -> None:
    """Refuse parameters that a route does not know, instead of leaving them out.

    Raises:
        RequestValidationError: there is one.
    """
    route = request.scope.get("route")
    known = set(_parameters(getattr(route, "dependant", None)))
    for name in request.query_params:
        if name not in known:
            raise RequestValidationError(
                [{"loc": ("query", name), "msg": "this parameter is not known", "type": "unknown"}]
            )


def _parameters(dependant: Any) -> Iterator[str]:
    """The names of a route's parameters; those that stand in a model are the model's fields."""
    if dependant is None:
        return
    for one in dependant.query_params:
        kind = one.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from kind.model_fields
        else:
            yield one.alias
    for other in dependant.dependencies:
        yield from _parameters(other)


def documented(extra: _Flag | None = None) -> _Flag:
    """The responses that every route of the API may give beside its own."""
    return {304: _NOT_MODIFIED, 422: dict(_WRONG), 503: dict(_BUSY), **(extra or {})}


STRICT = [Depends(refuse_unknown)]


def add_api(app: FastAPI, site: Site) -> None:
    """Add the routes of all tables."""
    rows = site.rows
    writer = Writer(rows=rows, paths=site.paths)
    for name in TABLES:
        first = next(rows.rows(name, Chosen(most=1)), None)
        made = models(name, None if first is None else writer.row(name, first))
        _Table(app=app, site=site, schema=schemas()[name], models=made, writer=writer).add()


class _Table:
    """The routes of one table."""

    def __init__(
        self, *, app: FastAPI, site: Site, schema: Schema, models: Models, writer: Writer
    ) -> None:
        self._app = app
        self._site = site
        self._schema = schema
        self._models = models
        self._writer = writer

    @property
    def _name(self) -> str:
        return self._schema.name

    def add(self) -> None:
        """Add them: the rows, the rows as CSV, one row."""
        said = f"{self._schema.zh} / {self._schema.en}"
        told = f"{self._schema.row_zh} {self._schema.row_en}"

        def rows(request: Request, asked: BaseModel) -> Response:
            offer = choose(request.headers.get("accept"), (JSON, CSV))
            if offer is None:
                return problem(406, "rows are written as application/json or text/csv")
            return self._csv(request, asked) if offer is CSV else self._page(request, asked)

        def as_csv(request: Request, asked: BaseModel) -> Response:
            return self._csv(request, asked)

        def row(request: Request, path: str) -> Response:
            return self._one(request, path)

        row.__annotations__["path"] = Annotated[str, PathParameter(**self._path())]
        for function in (rows, as_csv):
            function.__annotations__["asked"] = Annotated[self._models.asked, Query()]
        text = {"text/csv": {"schema": {"type": "string"}}}
        ok = {"model": self._models.page, "content": text, "headers": _LINKS}
        # Before the rows of the path below: its path takes any text.
        self._route("", rows, said, told, {200: ok, 406: dict(_NOT_OFFERED)})
        self._route(
            ".csv",
            as_csv,
            f"{said} (CSV)",
            f"{told} 不写 page 和 rows 就给出全部。 Without page and rows all of them.",
            {200: {"content": text, "description": "CSV", "headers": _LINKS}},
            response_class=Response,
        )
        if has_row_address(self._name):
            one = self._models.page if self._name == "filings" else self._models.row
            self._route(
                "/{path:path}",
                row,
                f"{said}：一个 / one",
                "path 是标识在基址之后的部分。 The path is the identifier's part under the base.",
                {200: {"model": one}, 404: dict(_UNKNOWN)},
            )

    def _path(self) -> dict[str, Any]:
        """How the path of one row is described; a row of the release shows one."""
        schema = self._schema
        about = schema.about or schema.key[0]
        first = next(self._writer.rows.rows(schema.name, Chosen(most=1)), None)
        return {
            "description": "标识在基址之后的部分 / the identifier's part under the base",
            "examples": [] if first is None else [first[about]],
        }

    def _route(
        self,
        suffix: str,
        answer: Callable[..., Response],
        summary: str,
        description: str,
        responses: _Flag,
        **more: Any,
    ) -> None:
        path = f"/api/{self._name}{suffix}"
        self._app.add_api_route(
            path,
            answer,
            methods=["GET"],
            summary=summary,
            description=description,
            responses=documented(responses),
            dependencies=STRICT,
            operation_id=f"{self._name}{'_csv' if suffix == '.csv' else '_one' if suffix else ''}",
            tags=[self._schema.zh],
            **more,
        )
        self._app.add_api_route(
            path, answer, methods=["HEAD"], include_in_schema=False, dependencies=STRICT
        )

    def _page(self, request: Request, asked: Any) -> Response:
        chosen = Chosen(
            conditions=self._conditions(asked),
            sort=asked.sort,
            start=(asked.page - 1) * asked.rows,
            most=asked.rows,
        )
        try:
            total = self._writer.rows.count(self._name, chosen)
            found = list(self._writer.rows.rows(self._name, chosen))
            items = [self._writer.row(self._name, one) for one in found]
        except TooLong:
            return _too_long()
        content = {"total": total, "page": asked.page, "rows": asked.rows, "items": items}
        headers = {TOTAL: str(total), "Link": links(request, asked.page, asked.rows, total)}
        return tagged(self._site, request, JSONResponse(content, headers=headers))

    def _csv(self, request: Request, asked: Any) -> Response:
        paged = bool({"page", "rows"} & asked.model_fields_set)
        chosen = Chosen(
            conditions=self._conditions(asked),
            sort=asked.sort,
            start=(asked.page - 1) * asked.rows if paged else 0,
            most=asked.rows if paged else -1,
        )
        try:
            total = self._writer.rows.count(self._name, chosen)
        except TooLong:
            return _too_long()
        lines = _lines(self._schema, self._writer.rows, chosen)
        answer = StreamingResponse(lines, media_type=CSV.content_type)
        answer.headers[TOTAL] = str(total)
        answer.headers["Content-Disposition"] = f'inline; filename="{self._schema.file_name}"'
        if paged:
            answer.headers["Link"] = links(request, asked.page, asked.rows, total)
        return tagged(self._site, request, answer)

    def _one(self, request: Request, path: str) -> Response:
        same = Condition(
            clause=f'"{self._schema.about or self._schema.key[0]}" = ?', values=(path,)
        )
        chosen = Chosen(conditions=(same,))
        try:
            found = list(self._writer.rows.rows(self._name, chosen))
            items = [self._writer.row(self._name, one) for one in found]
        except TooLong:
            return _too_long()
        if not items:
            return problem(404, f"{self._schema.file_name} has no row of {path!r}")
        if self._name == "filings":  # a row for each of its sources
            content: Any = {"total": len(items), "page": 1, "rows": len(items), "items": items}
        else:
            (content,) = items
        return tagged(self._site, request, JSONResponse(content))

    def _conditions(self, asked: BaseModel) -> tuple[Condition, ...]:
        return conditions(self._name, asked.model_dump(), self._site.paths.base)


def _too_long() -> Response:
    return problem(
        503, "this took too long; ask for fewer rows", headers={"Retry-After": "10"}, limit="time"
    )


def _lines(schema: Schema, rows: Rows, chosen: Chosen) -> Iterator[str]:
    """The rows as the published file has them: comma, header row, line feeds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(schema.names)
    for row in rows.rows(schema.name, chosen):
        writer.writerow([row[name] for name in schema.names])
        if out.tell() > 65_536:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def links(request: Request, page: int, rows: int, total: int) -> str:
    """The addresses of the pages around one, as RFC 8288 writes them."""
    last = max(1, -(-total // rows))
    asked = [(k, v) for k, v in request.query_params.multi_items() if k not in {"page", "rows"}]

    def to(number: int) -> str:
        query = urlencode([*asked, ("page", str(number)), ("rows", str(rows))], errors="replace")
        return f"{request.url.path}?{query}"

    known = {"first": 1, "last": last}
    if page > 1:
        known["prev"] = min(page - 1, last)
    if page < last:
        known["next"] = page + 1
    return ", ".join(f'<{to(number)}>; rel="{name}"' for name, number in known.items())
