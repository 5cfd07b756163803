"""Asks an ASGI application in this process, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from fiscograph.serving.static_site.errors import PageFailed


@dataclass(slots=True, kw_only=True)
class Answered:
    """The status, headers and body of an answer."""

    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


async def ask(
    app: ASGIApp, target: str, accept: str, host: str = "https://here.invalid"
) -> Answered:
    """The answer to a GET of an escaped path with its query.

    Args:
        app: the application.
        target: the path with its query.
        accept: the media types.
        host: the scheme and host of the address.

    Raises:
        PageFailed: the application raised an exception.
    """
    split = urlsplit(target)
    named = urlsplit(host)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": named.scheme,
        "path": unquote(split.path),
        "raw_path": split.path.encode(),
        "query_string": split.query.encode(),
        "root_path": "",
        "headers": [(b"host", named.netloc.encode("idna")), (b"accept", accept.encode())],
        "client": ("127.0.0.1", 0),
        "server": (named.hostname or "", named.port or (80 if named.scheme == "http" else 443)),
    }
    answered = Answered()
    parts: list[bytes] = []

    requests = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not requests:  # who asks in this process never leaves
            await asyncio.Event().wait()
        return requests.pop()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = Headers(raw=message.get("headers", []))
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except Exception as error:
        raise PageFailed(target, 500) from error
    answered.body = b"".join(parts)
    return answered
