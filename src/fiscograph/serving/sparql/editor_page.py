"""The page of the query editor with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from fiscograph.queries import (
    ExampleQuery,
    GuardLimits,
    QueryError,
    QueryResult,
    example_of,
    example_queries,
    example_query,
)
from fiscograph.serving.data.describe import prefixes
from fiscograph.serving.data.problems import said
from fiscograph.serving.site import Site
from fiscograph.serving.sparql.request import GRAPHS, SOLUTIONS, ProtocolRequest
from fiscograph.serving.sparql.results import MOST_ROWS, is_graph, shown
from fiscograph.serving.sparql.snippets import curl, python

# What a visitor finds in the editor: the question that the project exists for.
_FIRST = "02"
_EXAMPLE = "example"
_OURS = frozenset({"query", _EXAMPLE, "lang"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where a query is wrong: the line, the character in it (from 1), and the line in three parts
    with that character in the middle.
    """

    line: int
    column: int
    before: str
    at: str
    after: str


def form(
    asked: ProtocolRequest,
    site: Site,
    *,
    result: QueryResult | None = None,
    error: QueryError | None = None,
) -> Response:
    """The editor with the query in it, and below it the answer or what is wrong.

    Raises:
        HTTPException: 404 where an example is asked for that there is not.
    """
    example, query = _in_the_editor(asked)
    fields = [(name, value) for name, value in asked.fields if name not in _OURS]
    formats = GRAPHS if result is not None and is_graph(result) else SOLUTIONS
    media_type = "text/turtle" if formats is GRAPHS else "text/csv"
    endpoint = f"{site.paths.base}sparql"
    return site.templates.page(
        "sparql.html",
        status=200 if error is None else error.status,
        headers={"Vary": "Accept", "Page-Row-Limit": str(MOST_ROWS)} | _retry(error),
        query=query,
        height=min(24, query.count("\n") + 3),
        fields=fields,
        example=example,
        examples=example_queries(),
        links=[(offer.suffix, _address(query, fields, offer.suffix)) for offer in formats],
        shown=None if result is None else shown(result, site, example),
        error=None if error is None else said(error),
        fault=_fault(query, error),
        prefixes=prefixes(),
        most_rows=MOST_ROWS,
        most_length=GuardLimits().length,
        limits=site.limits,
        permalink="/sparql?" + urlencode([("query", query), *fields]),
        base=site.paths.base.rstrip("/"),
        curl=curl(endpoint, query, fields, media_type),
        python=python(endpoint, query, fields, media_type),
    )


def _in_the_editor(asked: ProtocolRequest) -> tuple[ExampleQuery | None, str]:
    """The query that stands in the editor, and the example that it is."""
    if asked.query is not None:
        return example_of(asked.query), asked.query
    name = dict(asked.fields).get(_EXAMPLE, _FIRST)
    try:
        example = example_query(name)
    except KeyError:
        raise HTTPException(404, "there is no such example query") from None
    return example, example.query


def _address(query: str, fields: list[tuple[str, str]], suffix: str) -> str:
    return "/sparql?" + urlencode([("query", query), *fields, ("format", suffix)])


def _fault(query: str, error: QueryError | None) -> Fault | None:
    line, column = getattr(error, "line", None), getattr(error, "column", None)
    lines = query.split("\n")
    if line is None or not 1 <= line <= len(lines):
        return None
    text = lines[line - 1].rstrip("\r")
    at = min(max(column or 1, 1), len(text) + 1) - 1
    return Fault(
        line=line, column=at + 1, before=text[:at], at=text[at : at + 1], after=text[at + 1 :]
    )


def _retry(error: QueryError | None) -> dict[str, str]:
    if error is None or error.retry_after is None:
        return {}
    return {"Retry-After": str(error.retry_after)}
