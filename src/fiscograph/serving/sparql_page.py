"""The query form and its answers as pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    parse_query_results,
)
from starlette.responses import Response

from fiscograph.queries import GraphFormat, QueryError, QueryResult, text
from fiscograph.serving.describe import prefixes
from fiscograph.serving.problems import said
from fiscograph.serving.sections import Cell, Kind
from fiscograph.serving.site import Site
from fiscograph.serving.sparql import GRAPHS, SOLUTIONS, ProtocolRequest
from fiscograph.vocabulary.prefixes import compact

_DEFAULT_QUERY = "example-question"
_MOST_ROWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A result on a page: a table, a yes or no, or a graph as text."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    boolean: bool | None = None
    graph: str | None = None


def form(
    asked: ProtocolRequest,
    site: Site,
    *,
    result: QueryResult | None = None,
    error: QueryError | None = None,
) -> Response:
    """The form with the query in it, and below it the answer or what is wrong."""
    query = asked.query if asked.query is not None else text(_DEFAULT_QUERY)
    fields = [(name, value) for name, value in asked.fields if name != "query"]
    formats = GRAPHS if result is not None and _is_graph(result) else SOLUTIONS
    links = [
        (
            offer.suffix,
            "/sparql?" + urlencode([("query", query), *fields, ("format", offer.suffix)]),
        )
        for offer in formats
    ]
    return site.templates.page(
        "sparql.html",
        status=200 if error is None else error.status,
        headers={
            "Vary": "Accept",
            "Cache-Control": "no-cache",
            "Query-Row-Limit": str(_MOST_ROWS),
        }
        | _retry(error),
        query=query,
        height=min(24, query.count("\n") + 3),
        fields=fields,
        links=links,
        shown=None if result is None else shown(result, site),
        error=None if error is None else said(error),
        prefixes=prefixes(),
        most_rows=_MOST_ROWS,
        limits=site.limits,
    )


def _retry(error: QueryError | None) -> dict[str, str]:
    if error is None or error.retry_after is None:
        return {}
    return {"Retry-After": str(error.retry_after)}


def _is_graph(result: QueryResult) -> bool:
    return result.media_type == GraphFormat.TURTLE.value


def shown(result: QueryResult, site: Site) -> Shown:
    """A result that came as JSON or Turtle, for the page."""
    if _is_graph(result):
        return Shown(graph=result.body.decode("utf-8", "replace"))
    parsed = parse_query_results(result.body, format=QueryResultsFormat.JSON)
    if isinstance(parsed, QueryBoolean):
        return Shown(boolean=bool(parsed))
    columns = tuple(variable.value for variable in parsed.variables)
    rows = result.rows()
    return Shown(
        columns=columns,
        rows=tuple(
            tuple(_cell(row.get(name), site) for name in columns) for row in rows[:_MOST_ROWS]
        ),
        total=len(rows),
    )


def _cell(term: object, site: Site) -> Cell:
    if term is None:
        return Cell(text="")
    if isinstance(term, NamedNode):
        local = site.paths.local(term.value)
        href = site.paths.link(term.value)
        return Cell(text=(local or compact(term.value)).lstrip("/"), href=href, kind=Kind.LINK)
    value = getattr(term, "value", None)
    return Cell(text=str(term) if value is None else str(value))
