"""``/queries``: the example queries as a library, each as a file, and the editor's list of terms."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from fiscograph.queries import example_queries, example_query
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.site import Site
from fiscograph.serving.sparql.offered_terms import offered_terms

_READ = ["GET", "HEAD"]
_FILE = ".rq"
_SPARQL = {"Content-Type": "application/sparql-query; charset=utf-8"}


def add_query_pages(app: FastAPI, site: Site) -> None:
    """Add the routes."""
    terms: list[dict[str, object]] = []

    @app.api_route("/queries", methods=_READ, include_in_schema=False)
    def library() -> Response:
        return site.templates.page("queries.html", examples=example_queries())

    @app.api_route("/queries/terms.json", methods=_READ, include_in_schema=False)
    def offered(request: Request) -> Response:
        # A release never changes while it is served.
        if not terms:
            terms.append(offered_terms(site))
        return tagged(site, request, JSONResponse(terms[0]))

    @app.api_route("/queries/{name}", methods=_READ, include_in_schema=False)
    def one(name: str) -> Response:
        try:
            example = example_query(name.removesuffix(_FILE))
        except KeyError:
            raise HTTPException(404, "there is no such example query") from None
        if name.endswith(_FILE):
            return Response(example.text, headers=_SPARQL)
        return RedirectResponse(f"/sparql?example={example.name}", status_code=303)
