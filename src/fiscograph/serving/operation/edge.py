"""What every answer carries, whatever room it comes from: who may read it and what it may load."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiscograph.serving.frame import address, language

_METHODS = "GET, HEAD, OPTIONS"
_METHODS_OF_QUERIES = "GET, HEAD, POST, OPTIONS"
_QUERIES = "/sparql"
ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Location, Retry-After, Server-Timing, X-Total-Count, "
        "Query-Time-Limit, Query-Byte-Limit, Query-Row-Limit, Page-Row-Limit"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


_TAGS = {language.ZH: "zh-Hans", language.EN: "en"}


class Edge:
    """Adds the headers above to every response, settles the language of pages and answers OPTIONS
    itself.

    The data is open and the server has no sessions, so any origin may read it.

    Args:
        app: answers everything else.
        queries: what every answer of the endpoint says besides, also where it refuses.
    """

    def __init__(self, app: ASGIApp, *, queries: Mapping[str, str]) -> None:
        self._app = app
        self._queries = dict(queries)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        chosen = language.asked_for(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                if scope["path"] == _QUERIES:
                    headers.update(self._queries)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.add_vary_header("Cookie")
                    headers["Content-Language"] = _TAGS[page]
                    if chosen is not None:
                        headers.append("Set-Cookie", language.cookie(chosen))
            elif scope["method"] == "HEAD":  # RFC 9110, section 9.3.2: the headers of GET alone
                message = {**message, "body": b""}
            await send(message)

        page = chosen or language.kept(scope) or language.ZH

        if scope["method"] == "OPTIONS":
            methods = _METHODS_OF_QUERIES if scope["path"] == _QUERIES else _METHODS
            allowed = {"Allow": methods, "Access-Control-Allow-Methods": methods}
            response = Response(status_code=204, headers={**_PREFLIGHT, **allowed})
            await response(scope, receive, send_with_headers)
        else:
            with language.speaking(page), address.at(address.Address.of(scope)):
                await self._app(scope, receive, send_with_headers)
