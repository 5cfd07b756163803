"""``/api``: what the API offers, as a page for people and as OpenAPI for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from fiscograph.serving.api.tracing import OPENAPI
from fiscograph.serving.data.documents import HTML
from fiscograph.serving.data.freshness import tagged
from fiscograph.serving.data.negotiation import choose
from fiscograph.serving.frame.words import Word
from fiscograph.serving.site import Site
from fiscograph.serving.traced.resolving import JSON

_READ = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    told: Word
    type: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address: what it answers, what it takes; ``href`` where it can be tried as it is."""

    path: str
    anchor: str
    summary: Word
    description: str
    parameters: tuple[Parameter, ...]
    href: str | None


def add_api_page(app: FastAPI, site: Site) -> None:
    """Add the route."""
    made: list[tuple[Operation, ...]] = []

    @app.api_route("/api", methods=_READ, include_in_schema=False)
    def api(request: Request) -> Response:
        headers = {"Link": f'<{OPENAPI}>; rel="service-desc"; type="application/json"'}
        if choose(request.headers.get("accept"), (JSON, HTML)) is JSON:
            return tagged(site, request, JSONResponse(app.openapi(), headers=headers))
        if not made:
            made.append(tuple(_operations(app.openapi())))
        page = site.templates.page("api.html", operations=made[0], headers=headers)
        page.headers["Vary"] = "Accept"
        return page


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        described = methods["get"]
        parameters = tuple(_parameter(one) for one in described.get("parameters", ()))
        needs = any(one.required for one in parameters)
        yield Operation(
            path=path,
            anchor=described["operationId"],
            summary=_both(described["summary"]),
            description=described.get("description", ""),
            parameters=parameters,
            href=None if needs else path,
        )


def _parameter(one: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=one["name"],
        told=_both(one.get("description") or one["schema"].get("description", "")),
        type=_type(one["schema"]),
        required=one.get("required", False),
    )


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a word or two.

    >>> _type({"anyOf": [{"enum": ["a", "b"], "type": "string"}, {"type": "null"}]})
    'a, b'
    """
    kinds = [one for one in schema.get("anyOf", (schema,)) if one.get("type") != "null"]
    kind = kinds[0] if kinds else schema
    if "enum" in kind:
        return ", ".join(str(one) for one in kind["enum"])
    if "const" in kind:
        return str(kind["const"])
    return str(kind.get("type", ""))


def _both(text: str) -> Word:
    """Our own texts of the API are Chinese and English with a slash between."""
    zh, _, en = text.partition(" / ")
    return Word(zh=zh, en=en or zh)
