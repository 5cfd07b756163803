"""Follows the server's links from page to page and keeps every answer."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from starlette.types import ASGIApp

from fiscograph.serving.language import EN, ZH
from fiscograph.serving.static_site.addresses import Address, address_of, suffix
from fiscograph.serving.static_site.asking import Answered, ask
from fiscograph.serving.static_site.errors import PageFailed
from fiscograph.serving.static_site.rewriting import links_of

# What only a server can answer: queries, and whatever depends on what a visitor types.
_LIVE = ("/sparql", "/api", "/resolve", "/opensearch.xml", "/healthz", "/readyz", "/metrics")
# Further forms of the same data; a dump in each can be had from the downloads.
_LEFT_OUT = frozenset({".nt", ".rdf", ".trig"})
# Parameters that make a page of their own of a long one, or name what a picture shows.
_FOLLOWED = frozenset({"page", "document"})
_ACCEPT = "text/html, */*;q=0.1"
_HTML = "text/html"
_JSON = "application/json"
_AT_ONCE = 4


@dataclass(slots=True, kw_only=True)
class Gathered:
    """``files`` are the addresses with a file, ``aliases`` those that lead to another address;
    ``pictures`` hold the data that scripts of pages load.
    """

    files: dict[Address, str] = field(default_factory=dict)
    aliases: dict[Address, Address] = field(default_factory=dict)
    pictures: dict[Address, bytes] = field(default_factory=dict)

    def settled(self, address: Address) -> Address:
        """The address at which the content stands."""
        seen = {address}
        while (following := self.aliases.get(address)) is not None and following not in seen:
            address = following
            seen.add(following)
        return address


class Crawl:
    """One walk over an application.

    Args:
        app: the application.
        folder: where answers are written, under the names of their addresses.
        passed_over: paths of things that get no page of their own.
        progress: told of how many addresses are done and known.
    """

    def __init__(
        self,
        app: ASGIApp,
        folder: Path,
        *,
        passed_over: Callable[[str], bool],
        progress: Callable[[int, int], None],
    ) -> None:
        self._app = app
        self._folder = folder
        self._passed_over = passed_over
        self._progress = progress
        self._known: set[Address] = set()
        self._waiting: list[Address] = []
        self.gathered = Gathered()

    async def walk(self, first: Iterable[str]) -> None:
        """Gather the pages at some paths in both languages and everything that they lead to.

        Raises:
            PageFailed: the server cannot make one of them (an answer of 500 and more).
            QueryError: the store cannot be asked.
        """
        for path in first:
            for language in (ZH, EN):
                self._want(Address(path=path, language=language))
        running: set[asyncio.Task[None]] = set()
        while self._waiting or running:
            while self._waiting and len(running) < _AT_ONCE:
                running.add(asyncio.create_task(self._gather(self._waiting.pop())))
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            self._progress(len(self._known) - len(self._waiting) - len(running), len(self._known))

    def _want(self, address: Address) -> None:
        if address not in self._known and self._wanted(address):
            self._known.add(address)
            self._waiting.append(address)

    def _wanted(self, address: Address) -> bool:
        path = address.path
        if any(path == live or path.startswith(f"{live}/") for live in _LIVE):
            return False
        if any(name not in _FOLLOWED for name, _ in address.parameters):
            return False
        return suffix(path) not in _LEFT_OUT and not self._passed_over(path)

    async def _gather(self, address: Address) -> None:
        answered = await ask(self._app, address.target, _ACCEPT)
        if answered.status >= 500:
            raise PageFailed(address.target, answered.status)
        if 300 < answered.status < 400:
            led = address_of(answered.headers["location"], address)
            if led is not None:
                self.gathered.aliases[address] = led[0]
                self._want(led[0])
        elif answered.status == 200:
            self._keep(address, answered)

    def _keep(self, address: Address, answered: Answered) -> None:
        media_type = answered.headers.get("content-type", "").partition(";")[0]
        if media_type == _HTML:
            for link in links_of(answered.body.decode()):
                led = address_of(link, address)
                if led is not None:
                    self._want(led[0])
            self._write(address, address.file, answered.body)
        elif address.is_page and media_type == _JSON:
            self.gathered.pictures[address] = answered.body
        elif address.is_page:  # data under an address without an ending
            ending = mimetypes.guess_extension(media_type) or ""
            plain = replace(address, path=address.path + ending, language=None)
            self._write(address, plain.file, answered.body)
        else:
            self._write(address, address.file, answered.body)

    def _write(self, address: Address, name: str, content: bytes) -> None:
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self.gathered.files[address] = name
