"""``/resolve``: from a typed number or title to the document's own address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from fiscograph.serving.data.documents import HTML
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.data.paths import escape
from fiscograph.serving.data.problems import problem
from fiscograph.serving.site import Site
from fiscograph.tracing import Candidate, Resolution, as_json

MOST_TYPED = 200
JSON = Offer(media_type="application/json", aliases=("application/ld+json",), suffix=".json")


def resolving(site: Site, request: Request, *, number: str, title: str, q: str) -> Response:
    """303 to the document that the text names, 300 where it may name several or only a part was
    typed, 404 with the nearest where the release knows none, 400 without a text.

    Raises:
        QueryError: the store cannot be asked.
    """
    typed = " ".join(part.strip()[:MOST_TYPED] for part in (title, number, q) if part.strip())
    page = choose(request.headers.get("accept"), (JSON, HTML)) is HTML
    if not typed:
        detail = "one of the parameters `number`, `title` and `q` is needed"
        return _page(site, 400, "", None) if page else problem(400, detail)
    found = site.tracer.resolve(typed)
    if found.document is not None:
        path = site.paths.local(found.document.iri) or "/"
        return tagged(site, request, RedirectResponse(escape(path), status_code=303))
    status = 300 if found.candidates else 404
    if page:
        return _page(site, status, typed, found)
    if status == 404:
        return problem(
            404,
            f"the release knows no document by the number or title {typed!r}",
            title="No such document",
            **members(site, found),
        )
    # RFC 9110, 15.4.1: the list of alternatives stands in the content.
    answer = JSONResponse({**as_json(found), **members(site, found)}, status_code=300)
    return tagged(site, request, answer)


def members(site: Site, found: Resolution) -> dict[str, Any]:
    """What a program is told of an unclear text: candidates and nearest with their addresses."""
    return {
        "typed": found.typed,
        "number": found.number,
        "candidates": _listed(site, found.candidates),
        "candidates_in_all": found.candidates_in_all,
        "nearest": _listed(site, found.nearest),
    }


def _listed(site: Site, found: Iterable[Candidate]) -> list[dict[str, object]]:
    return [
        {
            "document": one.document.iri,
            "path": escape(site.paths.local(one.document.iri) or ""),
            "label": one.document.label,
            "title": one.document.title,
            "score": one.score,
            "why_zh": one.why_zh,
            "why_en": one.why_en,
        }
        for one in found
    ]


def _page(site: Site, status: int, typed: str, found: Resolution | None) -> Response:
    return site.templates.page("resolve.html", status=status, typed=typed, found=found)
