"""The release that is served now: a new one takes its place while the server runs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from fiscograph.errors import FiscographError
from fiscograph.queries import EngineBusy, Limits, Query, QueryError
from fiscograph.release.manifest import FILE_NAME
from fiscograph.serving.operation.events import tell
from fiscograph.serving.site import Site

LOOK_SECONDS = 5.0
_ASKED = Query(text="ASK {}")
_SOON = Limits(seconds=2.0, waits=0.5)


@dataclass(kw_only=True, eq=False)
class _Served:
    """A site, its application and the requests that it answers just now."""

    site: Site
    app: ASGIApp
    requests: int = 0
    retired: bool = False


class CurrentRelease:
    """An ASGI application that answers from the newest release that could be opened.

    A request is answered by one release from its first byte to its last. A replaced release is
    closed when its last request has ended; one that cannot be opened is told and the old one stays.

    Args:
        release: the folder in which releases are replaced.
        first: the site that is open already; it is closed by :meth:`close`.
        open_site: opens the release that stands in the folder; may take long.
        make: the application over a site.
    """

    def __init__(
        self,
        release: Path,
        first: Site,
        *,
        open_site: Callable[[], Site],
        make: Callable[[Site], ASGIApp],
    ) -> None:
        self._release = release
        self._open_site = open_site
        self._make = make
        self._served = _Served(site=first, app=make(first))
        self._seen = _mark(release)
        self._said: str | None = None
        self._look_now = asyncio.Event()
        # Threads of its own: those of pages may all be at work.
        self._asking = CapacityLimiter(2)
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def site(self) -> Site:
        """The site that answers the next request."""
        return self._served.site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        served = self._served
        served.requests += 1
        try:
            await served.app(scope, receive, send)
        finally:
            served.requests -= 1
            self._close_when_done(served)

    async def watch(self, seconds: float = LOOK_SECONDS) -> None:
        """Look for a new release every so many seconds, and when asked to; never returns."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look_now.wait(), seconds)
            self._look_now.clear()
            await self.look()

    def look_now(self) -> None:
        """Have :meth:`watch` look at once."""
        self._look_now.set()

    async def look(self) -> None:
        """Open the release in the folder if its manifest is another file than that last opened."""
        mark = _mark(self._release)
        if mark is None or mark == self._seen:
            return
        try:
            site = await run_in_threadpool(self._open_site)
        except (FiscographError, OSError) as error:
            self._tell_once(str(error))
            return
        self._seen, self._said = mark, None
        if site.identity == self.site.identity:
            await run_in_threadpool(site.close)
            return
        before, self._served = self._served, _Served(site=site, app=self._make(site))
        tell("release-replaced", release=site.identity, before=before.site.identity)
        before.retired = True
        self._close_when_done(before)

    async def ready(self) -> str | None:
        """None where queries of visitors and of pages are answered, else why they are not.

        Workers that are all busy are at work: a server is not to be taken out of service, nor a
        container restarted, because many ask.
        """
        site = self.site
        for engine in (site.public, site.pages):
            try:
                await to_thread.run_sync(engine.run, _ASKED, _SOON, limiter=self._asking)
            except EngineBusy:
                continue
            except QueryError as error:
                return str(error)
        return None

    async def close(self) -> None:
        """Close the release that is served, after those that it replaced."""
        await asyncio.gather(*self._closing)
        await run_in_threadpool(self.site.close)

    def _close_when_done(self, served: _Served) -> None:
        if served.retired and served.requests == 0:
            served.retired = False
            task = asyncio.create_task(run_in_threadpool(served.site.close))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _tell_once(self, reason: str) -> None:
        """A release that cannot be opened is looked at again, and told of again if it says more."""
        if reason != self._said:
            tell("release-refused", level="error", release=self.site.identity, reason=reason)
            self._said = reason


def _mark(release: Path) -> tuple[int, int, int] | None:
    """What is another when a release has been replaced, None while there is none."""
    try:
        found = (release / FILE_NAME).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
