"""Writes the site: every page gathered, then every link turned to a file, then the switch."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from fiscograph.errors import UsageError
from fiscograph.queries import Limits, load
from fiscograph.release import verify
from fiscograph.release.switch import locked, recover, switch
from fiscograph.resources import program_version
from fiscograph.serving.app import create_app
from fiscograph.serving.frame.language import EN, ZH
from fiscograph.serving.site import Site
from fiscograph.serving.static_site import pages
from fiscograph.serving.static_site.addresses import (
    CONTEXT,
    DATA_SUFFIXES,
    PAGE_SUFFIX,
    Address,
)
from fiscograph.serving.static_site.asking import ask
from fiscograph.serving.static_site.checking import dead_links
from fiscograph.serving.static_site.crawl import INSTEAD, Crawl, Gathered
from fiscograph.serving.static_site.errors import (
    DeadLinksError,
    NotASiteError,
    SiteUnwritableError,
)
from fiscograph.serving.static_site.extras import write_for_hosts, write_search
from fiscograph.serving.static_site.gathering import Gatherer, Gathering, in_processes
from fiscograph.serving.static_site.processes import most_processes
from fiscograph.serving.static_site.turning import turn

MARK = "site.json"
_NOT_FOUND = "/404"
_THINGS = Limits(seconds=600.0, result_bytes=2_000_000_000)
_HASH_DIGITS = 12
Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and how much there is to do."""
_Gatherers = Callable[[Path, str], AbstractContextManager[Gatherer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a site holds: its pages in both languages, all its files, and their bytes."""

    pages: int
    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """How a site is written: see :func:`write_site`."""

    server: str | None
    check: bool
    progress: Progress
    processes: int = 1


def publish_site(
    release: Path,
    out: Path,
    *,
    filings: Path | None,
    var: Path,
    server: str | None = None,
    check: bool = False,
    progress: Progress = lambda *_: None,
) -> Written:
    """Verify a release and write its site with all processors (see :func:`write_site`).

    Args:
        release: the folder of a release, only ever read.
        out: the folder to write.
        filings: the files as disclosed, for the pages that show where a number is printed.
        var: the program's own folder.
        server: as in :func:`write_site`.
        check: as in :func:`write_site`.
        progress: as in :func:`write_site`.

    Raises:
        UsageError: ``server`` is no address.
        ReleaseError: the folder holds no release, or not the one that its manifest promises.
        NotASiteError: ``out`` holds something else.
        PublisherBusyError: another process writes this site.
        SiteUnwritableError: the disk is full, or the folder is closed.
        PageFailed: a page cannot be made.
        DeadLinksError: a link of the site leads nowhere.
    """
    if server is not None and not re.match(r"https?://[^/]", server):
        raise UsageError(f"--server {server}: expected http(s)://HOST")
    if not _replaceable(out.absolute()):  # before minutes are spent on it
        raise NotASiteError(out)
    verify(release)
    with Site.open(release, filings=filings, var=var) as site:
        # Each process opens the copy that this one reads: the release may be replaced meanwhile.
        there = partial(in_processes, site.release, filings=filings, var=var)
        wish = _Wish(server=server, check=check, progress=progress, processes=most_processes())
        return _replaced(site, out, there, wish)


def write_site(
    site: Site,
    out: Path,
    *,
    server: str | None = None,
    check: bool = False,
    progress: Progress = lambda *_: None,
) -> Written:
    """Write every page, its data beside it, the release's files and dumps, in this process.

    Links are relative, so that the folder may stand anywhere. It is written beside and exchanged:
    what stands in ``out`` stays whole until the new site is.

    Args:
        site: an open release.
        out: the folder; it must be empty, missing, or a site of ours.
        server: the address of a server of the same release, to which what needs one then leads
            (queries, the API); without it such links are left out.
        check: whether every link is followed before the site is put in place.
        progress: told of what is done.

    Raises:
        NotASiteError: the folder holds something else.
        PublisherBusyError: another process writes this site.
        SiteUnwritableError: the disk is full, or the folder is closed.
        PageFailed: a page cannot be made.
        DeadLinksError: a link of the site leads nowhere.
        QueryError: the store cannot be asked.
    """

    def here(folder: Path, host: str) -> AbstractContextManager[Gatherer]:
        return nullcontext(Gathering(site, folder, host))

    return _replaced(site, out, here, _Wish(server=server, check=check, progress=progress))


def _replaced(site: Site, out: Path, gatherers: _Gatherers, wish: _Wish) -> Written:
    out = out.absolute()
    if not _replaceable(out):
        raise NotASiteError(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(out):
            recover(out)  # what a killed run left
            fresh = out.with_name(f"{out.name}.tmp-{os.getpid()}")
            try:
                fresh.mkdir()
                written = _write(site, fresh, gatherers, wish)
                switch(fresh, out)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise SiteUnwritableError(out, error.strerror or str(error)) from error
    return written


def _replaceable(out: Path) -> bool:
    if not out.exists() and not out.is_symlink():
        return True
    return (
        out.is_dir() and not out.is_symlink() and ((out / MARK).is_file() or not any(out.iterdir()))
    )


def _write(site: Site, folder: Path, gatherers: _Gatherers, wish: _Wish) -> Written:
    host = _host(wish.server or site.paths.base)
    script = site.scripts.address("search.js")
    gathered = _gather(site, folder, gatherers, wish, host=host, script=script)
    _apart(gathered, folder)
    asyncio.run(_not_found(site, folder, host))
    _turn(site, gathered, folder, wish, script)
    if script is not None:
        write_search(site, site.search, gathered, folder)
    names = [name for name in gathered.files.values() if name.endswith(PAGE_SUFFIX)]
    write_for_hosts(folder, site.paths.base, [one for one in names if "download/" not in one])
    mark = {"program": program_version(), "release": site.identity, "server": wish.server}
    (folder / MARK).write_text(json.dumps(mark, indent=2) + "\n", "utf-8")
    if wish.check and (dead := tuple(dead_links(folder, site.paths.base))):
        raise DeadLinksError(dead)
    found = [path for path in folder.rglob("*") if path.is_file()]
    return Written(
        pages=len(names), files=len(found), size=sum(path.stat().st_size for path in found)
    )


def _host(address: str) -> str:
    split = urlsplit(address)
    return f"{split.scheme}://{split.netloc}"


def _gather(
    site: Site,
    folder: Path,
    gatherers: _Gatherers,
    wish: _Wish,
    *,
    host: str,
    script: str | None,
) -> Gathered:
    things = _things(site)
    first = ["/", f"/{CONTEXT}", *INSTEAD, *([script] if script else []), *sorted(things)]
    with gatherers(folder, host) as gatherer:
        crawl = Crawl(
            gatherer,
            things,
            passed_over=_passed_over(things),
            progress=partial(wish.progress, "网页 pages"),
        )
        asyncio.run(crawl.walk(first))
    return crawl.gathered


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


def _apart(gathered: Gathered, folder: Path) -> None:
    """Names that differ in case or composition alone are one name to some file systems: all but
    the first get a hash.
    """
    taken: set[str] = set()
    for address, name in sorted(gathered.files.items(), key=lambda one: one[1]):
        key = unicodedata.normalize("NFC", name).casefold()
        if key in taken:
            stem, dot, ending = name.partition(".")
            told = hashlib.sha256(name.encode()).hexdigest()[:_HASH_DIGITS]
            gathered.files[address] = f"{stem}~{told}{dot}{ending}"
            (folder / name).rename(folder / gathered.files[address])
        taken.add(key)


async def _not_found(site: Site, folder: Path, host: str) -> None:
    """The page that hosts show at addresses that have none."""
    app = create_app(site)
    for language in (ZH, EN):
        address = Address(path=_NOT_FOUND, language=language)
        answered = await ask(app, address.target, accept="text/html", host=host)
        (folder / address.file).write_bytes(answered.body)


def _turn(site: Site, gathered: Gathered, folder: Path, wish: _Wish, script: str | None) -> None:
    """Turn the links of all pages to files."""
    shared = pages.Site(
        gathered=gathered,
        folder=folder,
        server=wish.server,
        root=urlsplit(site.paths.base).path,
        script=script,
    )
    own = [(one, name) for one, name in gathered.files.items() if one.is_page]
    turn(shared, own, wish.processes, partial(wish.progress, "链接 links"))
    for language in (ZH, EN):
        address = Address(path=_NOT_FOUND, language=language)
        gathered.files[address] = address.file
        pages.Page(site=shared, address=address, name=address.file, absolute=True).write()
        del gathered.files[address]
