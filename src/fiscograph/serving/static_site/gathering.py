"""One address after another is asked for, and its answer kept as a file: here or in processes."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from starlette.types import ASGIApp

from fiscograph.release.jsonld import dumps
from fiscograph.serving.app import create_app
from fiscograph.serving.site import Site
from fiscograph.serving.static_site.addresses import CONTEXT, Address, address_of, relative
from fiscograph.serving.static_site.asking import Answered, ask
from fiscograph.serving.static_site.errors import PageFailed
from fiscograph.serving.static_site.processes import most_processes, pool_of
from fiscograph.serving.static_site.rewriting import links_of, options_of

_ACCEPT = "text/html, */*;q=0.1"
_HTML = "text/html"
_JSON = "application/json"
# Which select of a page has a page for each option; whose money it is, is for a server to narrow.
_CHOSEN = {"period"}
_MOST_TRIES = 4
# When garbage is looked for: what pages leave behind is mostly freed at once.
_SELDOM = (50_000, 20, 20)
_SECONDS_BETWEEN = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found at an address: the address that it leads to, or the name of the file that
    holds its answer, or the data that a script of a page loads; and where a page leads.
    """

    led: Address | None = None
    file: str | None = None
    picture: bytes | None = None
    links: tuple[Address, ...] = ()


class Gatherer(Protocol):
    """Asks for addresses."""

    @property
    def at_once(self) -> int:
        """How many it can ask for at a time."""

    async def __call__(self, address: Address) -> Found:
        """What is found at an address.

        Raises:
            PageFailed: the server's program cannot answer.
        """


class Gathering:
    """Asks in this process.

    Args:
        site: an open release.
        folder: where answers are written, under the names of their addresses.
        host: the scheme and host under which pages name themselves.
    """

    at_once = 4

    def __init__(self, site: Site, folder: Path, host: str) -> None:
        self._app: ASGIApp = create_app(site)
        self._folder = folder
        self._host = host
        # Of every document the same 20 kB, which stand in a file of their own.
        self._context = f'{{"@context":{dumps(site.writer.context.document)},'.encode()

    async def __call__(self, address: Address) -> Found:
        answered = await self._answer(address)
        if 300 < answered.status < 400:
            led = address_of(answered.headers["location"], address)
            return Found(led=None if led is None else led[0])
        if answered.status != 200:
            return Found()
        media_type = answered.headers.get("content-type", "").partition(";")[0]
        if address.is_page and media_type == _HTML:
            return self._page(address, answered.body)
        if address.is_page and media_type == _JSON:
            return Found(picture=answered.body)
        if address.is_page:  # data that depend on what is asked for
            return Found()
        return Found(file=self._written(address.file, self._document(address, answered.body)))

    async def _answer(self, address: Address) -> Answered:
        tries = 0
        while True:
            tries += 1
            answered = await ask(self._app, address.target, accept=_ACCEPT, host=self._host)
            if answered.status < 500:
                return answered
            # A page has its limit of time; a machine that does other work may need another try.
            if answered.status == 500 or tries == _MOST_TRIES:
                raise PageFailed(address.target, answered.status)
            await asyncio.sleep(_SECONDS_BETWEEN)

    def _page(self, address: Address, body: bytes) -> Found:
        text = body.decode()
        led = {one[0] for link in links_of(text) if (one := address_of(link, address))}
        options = {one[0] for link in options_of(text) if (one := address_of(link, address))}
        led |= {one for one in options if {name for name, _ in one.parameters} <= _CHOSEN}
        return Found(file=self._written(address.file, body), links=tuple(led))

    def _document(self, address: Address, body: bytes) -> bytes:
        if not address.path.endswith(".jsonld") or address.is_release_file:
            return body
        if not body.startswith(self._context):
            return body
        there = dumps(relative(CONTEXT, address.file))
        return f'{{"@context":{there},'.encode() + body[len(self._context) :]

    def _written(self, name: str, content: bytes) -> str:
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Processes:
    pool: ProcessPoolExecutor
    at_once: int

    async def __call__(self, address: Address) -> Found:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.pool, _there, address)
        except BrokenProcessPool as error:  # the system ended one, most likely for its memory
            raise PageFailed(address.target, 503) from error


@contextmanager
def in_processes(
    release: Path, folder: Path, host: str, *, filings: Path | None, var: Path
) -> Iterator[Gatherer]:
    """Asks in processes, one a processor, that open the release themselves; its store is there.

    Args:
        release: as in :meth:`Site.open`, as are ``filings`` and ``var``.
        folder: as in :class:`Gathering`.
        host: as in :class:`Gathering`.
        filings: the files as disclosed.
        var: the program's own folder.
    """
    count = most_processes()
    pool = pool_of(count, _open, release, folder, host, filings, var)
    try:
        yield _Processes(pool=pool, at_once=2 * count)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


# What a process of the pool asks; it is one process's own.
_mine: list[tuple[asyncio.Runner, Gathering]] = []
# The links that it has told of: the first process knows them.
_told: set[Address] = set()


def _open(release: Path, folder: Path, host: str, filings: Path | None, var: Path) -> None:
    site = Site.open(release, filings=filings, var=var)
    # What is open stays open to the end: looking through it for garbage would be in vain.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    _mine.append((asyncio.Runner(), Gathering(site, folder, host)))


def _there(address: Address) -> Found:
    runner, gathering = _mine[0]
    found = runner.run(gathering(address))
    new = tuple(one for one in found.links if one not in _told)
    _told.update(new)
    return replace(found, links=new)
