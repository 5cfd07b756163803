"""Writes the site: every page gathered, then every link turned to a file, then the switch."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from fiscograph.queries import Limits, load
from fiscograph.release import verify
from fiscograph.release.exchange import ExchangeUnsupportedError, exchange
from fiscograph.resources import program_version
from fiscograph.serving.app import create_app
from fiscograph.serving.site import Site
from fiscograph.serving.static_site.addresses import (
    DATA_SUFFIXES,
    PAGE_SUFFIX,
    Address,
    address_of,
    relative,
)
from fiscograph.serving.static_site.crawl import Crawl, Gathered
from fiscograph.serving.static_site.errors import NotASiteError
from fiscograph.serving.static_site.rewriting import rewritten

MARK = "site.json"
_THINGS = Limits(seconds=600.0, result_bytes=2_000_000_000)
_HERE = "#"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a site holds: its pages in both languages, all its files, and their bytes."""

    pages: int
    files: int
    size: int


def publish_site(
    release: Path,
    out: Path,
    *,
    filings: Path | None,
    var: Path,
    server: str | None = None,
    progress: Progress = lambda *_: None,
) -> Written:
    """Verify a release and write its site (see :func:`write_site`).

    Args:
        release: the folder of a release, only ever read.
        out: the folder to write.
        filings: the files as disclosed, for the pages that show where a number is printed.
        var: the program's own folder.
        server: as in :func:`write_site`.
        progress: as in :func:`write_site`.

    Raises:
        ReleaseError: the folder holds no release, or not the one that its manifest promises.
        NotASiteError: ``out`` holds something else.
    """
    verify(release)
    with Site.open(release, filings=filings, var=var) as site:
        return write_site(site, out, server=server, progress=progress)


def write_site(
    site: Site, out: Path, *, server: str | None = None, progress: Progress = lambda *_: None
) -> Written:
    """Write every page, its data beside it, the release's files and dumps.

    Links are relative, so that the folder may stand anywhere. It is written beside and exchanged:
    what stands in ``out`` stays whole until the new site is.

    Args:
        site: an open release.
        out: the folder; it must be empty, missing, or a site of ours.
        server: the address of a server of the same release, to which what needs one then leads
            (queries, the API); without it such links are left out.
        progress: told of how many addresses are done and known.

    Raises:
        NotASiteError: the folder holds something else.
        PageFailed: a page cannot be made.
        QueryError: the store cannot be asked.
        OSError: a file cannot be written.
    """
    out = out.absolute()
    if out.exists() and not _replaceable(out):
        raise NotASiteError(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f"{out.name}.tmp-{os.getpid()}")
    try:
        fresh.mkdir()
        written = _write(site, fresh, server, progress)
        _switch(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return written


def _write(site: Site, folder: Path, server: str | None, progress: Progress) -> Written:
    things = _things(site)
    crawl = Crawl(create_app(site), folder, passed_over=_passed_over(things), progress=progress)
    asyncio.run(crawl.walk(["/", *sorted(things)]))
    gathered = crawl.gathered
    pages = [(one, name) for one, name in gathered.files.items() if name.endswith(".html")]
    for address, name in pages:
        _Page(gathered=gathered, folder=folder, address=address, name=name, server=server).write()
    mark = {"program": program_version(), "release": site.identity, "server": server}
    (folder / MARK).write_text(json.dumps(mark, indent=2) + "\n", "utf-8")
    found = [path for path in folder.rglob("*") if path.is_file()]
    return Written(
        pages=len(pages), files=len(found), size=sum(path.stat().st_size for path in found)
    )


def _things(site: Site) -> frozenset[str]:
    """The paths of everything that has a description of its own."""
    rows = site.pages.select(load("described-things"), _THINGS)
    found = (row["thing"] for row in rows)
    local = (site.paths.local(one.value) for one in found if isinstance(one, NamedNode))
    return frozenset(path for path in local if path and not path.startswith("/ontology/"))


def _passed_over(things: frozenset[str]) -> Callable[[str], bool]:
    """Whether a path is that of a mere place in a source: a line, a selector. It is described with
    what stands there and gets no page of its own.
    """

    def passed_over(path: str) -> bool:
        return "/at/" in path and _without_ending(path) not in things

    return passed_over


def _without_ending(path: str) -> str:
    stem, dot, ending = path.rpartition(".")
    return stem if dot and f".{ending}" in {PAGE_SUFFIX, *DATA_SUFFIXES} else path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that stands in the folder as the server made it."""

    gathered: Gathered
    folder: Path
    address: Address
    name: str
    server: str | None

    def write(self) -> None:
        """Turn its links to files."""
        file = self.folder / self.name
        file.write_text(rewritten(file.read_text("utf-8"), self._lead), "utf-8")

    def _lead(self, link: str) -> str | None:
        led = None if link.startswith(_HERE) else address_of(link, self.address)
        if led is None:
            return link
        address, fragment = self.gathered.settled(led[0]), led[1]
        if (picture := self.gathered.pictures.get(address)) is not None:
            return self._data(picture)
        name = self.gathered.files.get(address)
        if name is not None:
            return relative(name, self.name) + (f"#{fragment}" if fragment else "")
        return None if self.server is None else self.server.rstrip("/") + led[0].target

    def _data(self, content: bytes) -> str:
        """The data of a picture, with links as they are from this page; beside it."""
        stem = self.name.removesuffix(".html")
        number = 1
        while (file := self.folder / f"{stem}~{number}.json").exists():
            number += 1
        text = json.dumps(self._led(json.loads(content)), ensure_ascii=False)
        file.write_text(text + "\n", "utf-8")
        return relative(f"{stem}~{number}.json", self.name)

    def _led(self, value: object) -> object:
        if isinstance(value, dict):
            return {
                key: self._lead(one) if key == "href" and isinstance(one, str) else self._led(one)
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [self._led(one) for one in value]
        return value


def _replaceable(out: Path) -> bool:
    return out.is_dir() and ((out / MARK).is_file() or not any(out.iterdir()))


def _switch(fresh: Path, out: Path) -> None:
    if not out.exists():
        fresh.rename(out)
        return
    try:
        exchange(fresh, out)
    except ExchangeUnsupportedError:
        old = out.with_name(f"{out.name}.old-{os.getpid()}")
        out.rename(old)
        fresh.rename(out)
        shutil.rmtree(old)
