"""What operators ask a server: is it alive, is it ready, what has it done."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import unquote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from fiscograph.serving.data.problems import problem
from fiscograph.serving.data.ready import Kept
from fiscograph.serving.operation.current import CurrentRelease
from fiscograph.serving.operation.events import tell
from fiscograph.serving.operation.measures import CONTENT_TYPE, Measures

_NEVER_KEPT = {"Cache-Control": "no-store"}
_RETRY_SECONDS = 5
_AT_WORK = 8


class Operated:
    """The outermost application: answers ``/healthz``, ``/readyz`` and ``/metrics`` itself, counts
    and logs every other request, and keeps watch for a new release while the server runs.

    Args:
        current: answers everything else.
        log_requests: whether each request is told of.
    """

    def __init__(self, current: CurrentRelease, *, log_requests: bool = False) -> None:
        self._current = current
        self._measures = Measures()
        self._log_requests = log_requests
        self._own: dict[str, Callable[[], Awaitable[Response]]] = {
            "/healthz": self._alive,
            "/readyz": self._ready,
            "/metrics": self._counted,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] in self._own:
            await (await self._answer(Request(scope)))(scope, receive, send)
        elif scope["type"] == "http":
            await self._observed(scope, receive, send)
        else:
            await self._current(scope, receive, send)

    def at_once(self, target: bytes, packed: bool) -> Kept | None:
        """What is ready for a plain GET, counted and told of as every request is; None where it has
        to be asked in full, also where the store cannot be read.

        Args:
            target: path and query as sent.
            packed: whether gzip is taken.
        """
        start = time.perf_counter()
        site = self._current.site
        try:
            kept = site.ready.get(target, packed=packed)
        except (OSError, RuntimeError):
            return None
        if kept is not None:
            path = unquote(target.partition(b"?")[0].decode("ascii"))
            asked = _Asked(release=site.identity, method="GET", path=path)
            self._tell_of(asked, start=start, status=200, size=len(kept.body))
        return kept

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin to watch when the server starts; close the release when it ends."""
        await receive()
        # Pages are made in threads that share one processor: more would only keep the loop waiting.
        to_thread.current_default_thread_limiter().total_tokens = _AT_WORK
        watching = asyncio.create_task(self._current.watch())
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(signal.SIGHUP, self._current.look_now)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await self._current.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return problem(405, "only GET and HEAD", headers={"Allow": "GET, HEAD"})
        return await self._own[request.url.path]()

    async def _alive(self) -> Response:
        return JSONResponse({"status": "ok"}, headers=_NEVER_KEPT)

    async def _ready(self) -> Response:
        reason = await self._current.ready()
        if reason is not None:
            return problem(503, reason, headers={**_NEVER_KEPT, "Retry-After": str(_RETRY_SECONDS)})
        site = self._current.site
        pages = "live" if site.pages.kept is None else "prepared"
        content = {
            "status": "ready",
            "release": site.identity,
            "pages": "preparing" if site.pages.preparing else pages,
        }
        return JSONResponse(content, headers=_NEVER_KEPT)

    async def _counted(self) -> Response:
        text = self._measures.text(self._current.site)
        return Response(text, headers=_NEVER_KEPT | {"Content-Type": CONTENT_TYPE})

    async def _observed(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = _Seen(send=send)
        release = self._current.site.identity
        start = time.perf_counter()
        self._measures.begun()
        try:
            await self._current(scope, receive, seen)
        except Exception:
            tell("request-failed", level="error", release=release, path=scope["path"])
            raise
        finally:
            self._measures.ended()
            asked = _Asked(release=release, method=scope["method"], path=scope["path"])
            self._tell_of(asked, start=start, status=seen.status, size=seen.size)

    def _tell_of(self, asked: _Asked, *, start: float, status: int, size: int) -> None:
        seconds = time.perf_counter() - start
        self._measures.answered(
            path=asked.path, method=asked.method, status=status, seconds=seconds, size=size
        )
        if self._log_requests:
            tell(
                "request",
                release=asked.release,
                method=asked.method,
                path=asked.path,
                status=status,
                milliseconds=round(seconds * 1000, 1),
                bytes=size,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is told of a request: the release that answers it, its method and decoded path."""

    release: str
    method: str
    path: str


@dataclass(slots=True, kw_only=True)
class _Seen:
    """Sends on what it is given, and remembers the status and the bytes."""

    send: Send
    status: int = 500
    size: int = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self.send(message)
