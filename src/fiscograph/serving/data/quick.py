"""The short way for what programs ask most, beside FastAPI: ``/describe`` and the data documents of
things. Whatever is not plain goes the long way and is answered the same.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiscograph.serving.data.freshness import is_known
from fiscograph.serving.data.ready import LARGEST, PATH, Headers, Ready

_FILES = "/download/"
_SUFFIXES = (".ttl", ".nt", ".jsonld")
PLAIN = frozenset({b"application/n-triples", b"*/*"})
_OF_BODY = {b"content-length", b"content-type", b"content-encoding"}


class Quick:
    """Answers what is ready and hands on the rest.

    Args:
        app: the long way.
        ready: the answers of the release.
    """

    def __init__(self, app: ASGIApp, *, ready: Ready) -> None:
        self._app = app
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        described = path == PATH
        if not described and (not path.endswith(_SUFFIXES) or path.startswith(_FILES)):
            await self._app(scope, receive, send)
            return
        accept, packed, known = _asked(scope)
        if described and accept not in PLAIN:
            await self._app(scope, receive, send)
            return
        target = _target(scope)
        kept = self._ready.get(target, packed=packed)
        if kept is None:
            await self._long_way(scope, receive, send, target, packed=packed)
        elif known is not None and is_known(known, kept.tag):
            await _send(send, 304, [one for one in kept.headers if one[0] not in _OF_BODY], b"")
        else:
            await _send(send, 200, kept.headers, b"" if scope["method"] == "HEAD" else kept.body)

    async def _long_way(
        self, scope: Scope, receive: Receive, send: Send, target: bytes, *, packed: bool
    ) -> None:
        """Hand on, and keep what comes back where it may be given again."""
        start: Message | None = None
        parts: list[bytes] = []
        size = 0

        async def watching(message: Message) -> None:
            nonlocal start, size
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
                if size <= LARGEST:
                    parts.append(message.get("body", b""))
            await send(message)

        # What a query string asks for besides is nobody else's: lang, and whatever comes.
        if scope["method"] == "HEAD" or scope["query_string"]:
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, watching)
        if start is None or start["status"] != 200 or size > LARGEST:
            return
        self._ready.keep(target, list(start["headers"]), b"".join(parts), packed=packed)


def _target(scope: Scope) -> bytes:
    """Path and query as they were sent; a path that a server does not give so is as good decoded."""
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
    query: bytes = scope["query_string"]
    return path + b"?" + query if query else path


def _asked(scope: Scope) -> tuple[bytes, bool, str | None]:
    """What of the request's headers matters: Accept, whether gzip is taken, If-None-Match."""
    accept, packed, known = b"*/*", False, None
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = value
        elif name == b"accept-encoding":
            packed = b"gzip" in value
        elif name == b"if-none-match":
            known = value.decode("latin-1")
    return accept, packed, known


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
