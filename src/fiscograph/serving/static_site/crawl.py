"""Follows the server's links from page to page and keeps every answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from fiscograph.serving.frame.language import EN, ZH
from fiscograph.serving.static_site.addresses import PAGE_SUFFIX, Address, address_of, suffix
from fiscograph.serving.static_site.gathering import Found, Gatherer

# What only a server can answer: queries, and whatever depends on what a visitor types.
_LIVE = ("/sparql", "/api", "/resolve", "/opensearch.xml", "/healthz", "/readyz", "/metrics")
# Further forms of the same data; a dump in each can be had from the downloads.
_LEFT_OUT = frozenset({".nt", ".rdf", ".trig"})
# Parameters that make a page of their own of a long one, or name what a picture shows, or the
# year and phase of money; ``v`` names the version of a file.
_FOLLOWED = frozenset({"page", "document", "organization", "filing", "period", "v"})
# Whose money: there are as many pages as classes times places. They are kept where they are few;
# a site that had some of them would lead now here, now there.
_NARROWED = "scope"
_MOST_NARROWED = 400
# Where a page without a server leads instead of there.
_INSTEAD = {
    "/sparql": "/queries",
    "/api": "/developers",
    "/api/openapi.json": "/developers",
}
INSTEAD = tuple(dict.fromkeys(_INSTEAD.values()))
# A text that is typed into these is searched for.
_SEARCHED = frozenset({"/trace", "/resolve"})


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
        gatherer: asks for addresses.
        things: the paths of what has a description of its own.
        passed_over: paths of things that get no page of their own.
        progress: told of how many addresses are done and known.
        most_narrowed: how many pages of the money of one place are kept at most.
    """

    def __init__(
        self,
        gatherer: Gatherer,
        things: AbstractSet[str],
        *,
        passed_over: Callable[[str], bool],
        progress: Callable[[int, int], None],
        most_narrowed: int = _MOST_NARROWED,
    ) -> None:
        self._gatherer = gatherer
        self._things = things
        self._passed_over = passed_over
        self._progress = progress
        self._room = most_narrowed
        self._known: set[Address] = set()
        self._waiting: list[Address] = []
        self._narrowed: set[Address] = set()
        self.gathered = Gathered()

    async def walk(self, first: Iterable[str]) -> None:
        """Gather the pages at some paths in both languages and everything that they lead to.

        Which pages are gathered does not depend on which answer comes first.

        Raises:
            PageFailed: the server cannot make one of them (an answer of 500 and more).
        """
        for link in first:
            for language in (ZH, EN):
                led = address_of(link, Address(path="/", language=language))
                if led is not None:
                    self._want(led[0])
        await self._gather_all()
        while self._narrowed and len(self._narrowed) <= self._room:
            self._room -= len(self._narrowed)
            self._known |= self._narrowed
            self._waiting += self._narrowed
            self._narrowed.clear()
            await self._gather_all()

    async def _gather_all(self) -> None:
        running: set[asyncio.Task[None]] = set()
        try:
            while self._waiting or running:
                while self._waiting and len(running) < self._gatherer.at_once:
                    running.add(asyncio.create_task(self._gather(self._waiting.pop())))
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                left = len(self._waiting) + len(running)
                self._progress(len(self._known) - left, len(self._known))
        finally:
            for task in running:
                task.cancel()

    def _want(self, address: Address) -> None:
        if address in self._known or not self._wanted(address):
            return
        if any(name == _NARROWED for name, _ in address.parameters):
            self._narrowed.add(address)
            return
        self._known.add(address)
        if address.path in self._things and address.is_page and address.path != "/":
            # What the server answers with a redirect is known without asking.
            page = replace(address, path=address.path + PAGE_SUFFIX)
            self.gathered.aliases[address] = page
            self._want(page)
        else:
            self._waiting.append(address)

    def _wanted(self, address: Address) -> bool:
        path = address.path
        if any(path == live or path.startswith(f"{live}/") for live in _LIVE):
            return False
        if any(name not in {*_FOLLOWED, _NARROWED} for name, _ in address.parameters):
            return False
        return suffix(path) not in _LEFT_OUT and not self._passed_over(path)

    async def _gather(self, address: Address) -> None:
        found = await self._gatherer(address)
        self._keep(address, found)
        for one in found.links:
            self._want(one)

    def _keep(self, address: Address, found: Found) -> None:
        if found.led is not None:
            self.gathered.aliases[address] = found.led
            self._want(found.led)
        if found.file is not None:
            self.gathered.files[address] = found.file
        if found.picture is not None:
            self.gathered.pictures[address] = found.picture


def instead(address: Address) -> Address | None:
    """Where a link leads whose own address has no file; None where there is nothing like it."""
    if address.path in _SEARCHED:
        return replace(address, path="/search", parameters=())
    if address.path in _INSTEAD and not address.parameters:
        return replace(address, path=_INSTEAD[address.path])
    example = dict(address.parameters).get("example")
    if address.path == "/sparql" and example is not None:
        return Address(path=f"/queries/{example}.rq")
    if any(name == _NARROWED for name, _ in address.parameters):
        return replace(address, parameters=())
    return None
