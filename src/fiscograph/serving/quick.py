"""The short way for what programs ask most, beside FastAPI: ``/describe`` and the data documents of
things. Whatever is not plain goes the long way and is answered the same.

Documents are kept with their headers as they were sent first, up to a number of bytes: a release
never changes while it is served.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode, RdfFormat, serialize
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiscograph.queries import Lookup
from fiscograph.serving.edge import ALWAYS
from fiscograph.serving.freshness import is_known

PATH = "/describe"
_ASKED = b"iri="
# A thing of which more is said is refused whole.
MOST_TRIPLES = 10_000
_FILES = "/download/"
_SUFFIXES = (".ttl", ".nt", ".jsonld")
_PLAIN = {b"application/n-triples", b"*/*"}
_OVERHEAD = 1000
_LARGEST = 1_000_000
_Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    headers: _Headers
    tag: str
    body: bytes


class Quick:
    """Answers what it can at once and hands on the rest.

    Args:
        app: the long way.
        lookup: the store of the release.
        identity: the identity of the release.
        most: how many bytes of documents are kept.
    """

    def __init__(self, app: ASGIApp, *, lookup: Lookup, identity: str, most: int) -> None:
        self._app = app
        self._lookup = lookup
        self._kept: OrderedDict[tuple[str, bytes, bool], _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most
        self._size = 0
        self._tag = tag_of(identity, "application/n-triples")
        self._headers = [
            *((name.lower().encode(), value.encode()) for name, value in ALWAYS.items()),
            *((name.lower().encode(), value.encode()) for name, value in fresh(self._tag).items()),
            (b"content-type", b"application/n-triples"),
        ]

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
        key = (path, scope["query_string"], packed)
        if described and accept not in _PLAIN:
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(key)
        if kept is None and described:
            kept = self._describe(scope["query_string"])
            if kept is not None and not packed:
                self._keep(key, kept)
            elif packed:  # packing is the long way's
                kept = None
        if kept is None:
            await self._long_way(scope, receive, send, key)
        elif known is not None and is_known(known, kept.tag):
            await _send(send, 304, [one for one in kept.headers if one[0] not in _OF_BODY], b"")
        else:
            await _send(send, 200, kept.headers, b"" if scope["method"] == "HEAD" else kept.body)

    def _describe(self, query: bytes) -> _Kept | None:
        if not query.startswith(_ASKED) or b"&" in query or b"+" in query:
            return None
        try:
            thing = NamedNode(unquote_to_bytes(query[len(_ASKED) :]).decode())
        except ValueError:
            return None
        body = n_triples(self._lookup, thing)
        if body is None:
            return None
        headers = [*self._headers, (b"content-length", b"%d" % len(body))]
        return _Kept(headers=headers, tag=self._tag, body=body)

    def _keep(self, key: tuple[str, bytes, bool], kept: _Kept) -> None:
        if len(kept.body) > _LARGEST:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = kept
            self._size += len(kept.body) + _OVERHEAD
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.body) + _OVERHEAD

    async def _long_way(
        self, scope: Scope, receive: Receive, send: Send, key: tuple[str, bytes, bool]
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
                if size <= _LARGEST:
                    parts.append(message.get("body", b""))
            await send(message)

        # What a query string asks for besides is nobody else's: lang, and whatever comes.
        if scope["method"] == "HEAD" or key[1]:
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, watching)
        if start is None or start["status"] != 200 or size > _LARGEST:
            return
        headers: _Headers = list(start["headers"])
        tag = next((value.decode() for name, value in headers if name == b"etag"), None)
        if tag is not None and not any(name == b"set-cookie" for name, _ in headers):
            self._keep(key, _Kept(headers=headers, tag=tag, body=b"".join(parts)))


_OF_BODY = {b"content-length", b"content-type", b"content-encoding"}


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


async def _send(send: Send, status: int, headers: _Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def n_triples(lookup: Lookup, thing: NamedNode) -> bytes | None:
    """What is said of a thing, each triple on a line; None where nothing is, or too much."""
    triples = lookup.about(thing, MOST_TRIPLES + 1)
    if not triples or len(triples) > MOST_TRIPLES:
        return None
    return serialize(triples, format=RdfFormat.N_TRIPLES)


def tag_of(identity: str, media_type: str) -> str:
    """The entity tag of a document of a release in one format."""
    return f'W/"{identity[:32]}-{media_type}"'


def fresh(tag: str) -> dict[str, str]:
    """The headers of what stays as long as the release is served."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}
