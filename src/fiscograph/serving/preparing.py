"""What pages ask of a whole release, asked once when the release is opened and kept beside its store.

The time of these questions grows with the release. Those of a small one are answered while a visitor
waits; a large one is prepared, so that no page runs through it: before it takes the place of a release
that is served, and beside the first visitors where there is none yet.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from fiscograph.errors import FiscographError
from fiscograph.queries import Limits, Term, load
from fiscograph.serving.app import create_app
from fiscograph.serving.data.describe import prefixes
from fiscograph.serving.data.kept import KeptAnswers, PreparingEngine, write_answers
from fiscograph.serving.front.listed import lists_beside, make_lists
from fiscograph.serving.front.lists import LISTINGS, Choice, Listing
from fiscograph.serving.operation.events import tell
from fiscograph.serving.panels.money import CUBES
from fiscograph.serving.panels.panel import iri, plain
from fiscograph.serving.panels.scope import EVERYWHERE
from fiscograph.serving.site import Site, answers_beside
from fiscograph.serving.static_site.asking import ask

# Address space in bytes, and what a question to a whole release may take.
_WHOLE = Limits(seconds=900.0, result_bytes=2_000_000_000, memory=4_000_000_000)
# Pages that speak of the whole release; those of schemes and regions come to them.
_PAGES = ("/", "/about", "/compare", "/developers", "/catalog.html", "/trace/citations", "/sparql")
# A release with fewer filings answers in time.
FEW_FILINGS = 50
# Regions whose pages are prepared, the widest first; there may be thousands.
MOST_REGIONS = 40
_NICE = 10
# Seconds that the end of a site waits for what is prepared beside it.
_PATIENCE = 10.0


def prepare_pages(site: Site, *, few: int = FEW_FILINGS) -> Site:
    """Make what the pages of a large release are answered from, or find it.

    Args:
        site: the release, open.
        few: how many filings make no large release.

    Returns:
        The site, which now answers from it; the one that was given is part of it.

    Raises:
        QueryError: the store cannot be asked.
        OSError: nothing can be written beside it.
        sqlite3.Error: likewise.
        PageFailed: a page cannot be made.
    """
    file = answers_beside(site.store)
    if not file.is_file():
        if _filings(site) <= few:
            return site
        _prepare(site, file)
    site.pages.use(KeptAnswers(file))
    return site


def prepare_beside(site: Site, *, few: int = FEW_FILINGS) -> Preparing | None:
    """The same while the site answers: at once where it was done before or is not needed, else in
    a thread of low priority that ends with the site.

    Args:
        site: the release, open; what is not prepared yet is asked while a visitor waits.
        few: as in :func:`prepare_pages`.

    Returns:
        What is under way; None where nothing is.

    Raises:
        OSError: what was prepared cannot be read.
        sqlite3.Error: likewise.
    """
    file = answers_beside(site.store)
    if file.is_file():
        site.pages.use(KeptAnswers(file))
        return None
    if _filings(site) <= few:
        return None
    made = Preparing(site, file)
    site.pages.ends_with(made.stop)
    made.start()
    return made


class Preparing(threading.Thread):
    """Pages that are prepared while the site answers. Start it; :meth:`stop` gives it up.

    Args:
        site: the release, open.
        file: where its answers will stand.
    """

    def __init__(self, site: Site, file: Path) -> None:
        super().__init__(name="preparing", daemon=True)
        self._site = site
        self._file = file
        self._given_up = threading.Event()
        self._engine: PreparingEngine | None = None
        self._own = threading.Lock()

    def run(self) -> None:
        """Prepare, then answer from it; what stands in the way is told, and pages stay as they are."""
        _stand_back()
        started, release = time.monotonic(), self._site.identity
        tell("preparing-pages", release=release, filings=_filings(self._site))
        try:
            _prepare(self._site, self._file, self._given_up.is_set, self._begun)
            if not self._given_up.is_set():
                self._site.pages.use(KeptAnswers(self._file))
                seconds = round(time.monotonic() - started, 1)
                tell("pages-prepared", release=release, seconds=seconds)
        except (FiscographError, OSError, RuntimeError, sqlite3.Error) as error:
            if not self._given_up.is_set():
                tell("pages-not-prepared", level="warning", release=release, reason=str(error))
        finally:
            self._site.pages.ends_with(None)

    def stop(self) -> None:
        """Give it up and wait for its end; its workers are killed."""
        with self._own:
            self._given_up.set()
            engine = self._engine
        if engine is not None:
            engine.close()
        if self.is_alive() and threading.current_thread() is not self:
            self.join(_PATIENCE)

    def _begun(self, engine: PreparingEngine) -> None:
        with self._own:
            self._engine = engine


def _stand_back() -> None:
    """Give this thread, and the workers that it starts, the lowest priority that helps (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _filings(site: Site) -> int:
    return sum(1 for _ in (site.release / "filings").glob("*.ttl"))


def _prepare(
    site: Site,
    file: Path,
    given_up: Callable[[], bool] = lambda: False,
    begun: Callable[[PreparingEngine], None] = lambda _engine: None,
) -> None:
    with PreparingEngine(
        site.store, base=site.paths.base, prefixes=prefixes(), whole=_WHOLE
    ) as engine:
        begun(engine)
        lists = lists_beside(site.store)
        if not lists.is_file() and not given_up():
            values = {name: _everything(site, one) for name, one in LISTINGS.items()}
            make_lists(engine, lists, _WHOLE, values)
        preparing = replace(site, pages=engine)
        try:
            asyncio.run(_ask_all(preparing, given_up))
        finally:
            if "tracer" in preparing.__dict__:
                preparing.tracer.close()
        if not given_up():
            write_answers(engine.found, file)


def _everything(site: Site, listing: Listing) -> dict[str, Term]:
    """The values of a list's query with nothing chosen."""
    values: dict[str, Term] = {
        one.variable: iri(site, EVERYWHERE) if one.choice is Choice.REGION else plain()
        for one in listing.filters
    }
    if listing.cube is not None:
        values["cube"] = iri(site, f"cube/{listing.cube}")
    return values


async def _ask_all(site: Site, given_up: Callable[[], bool]) -> None:
    app = create_app(site)
    for path in _addresses(site):
        if given_up():
            return
        await ask(app, path, accept="text/html")


def _addresses(site: Site) -> Iterator[str]:
    yield from _PAGES
    yield from (one.path for one in LISTINGS.values())
    yield from (f"/code/{scheme}.html" for scheme in CUBES)
    regions = [
        local
        for row in site.pages.select(load("scopes"))
        if isinstance(row["scope"], NamedNode)
        and (local := site.paths.local(row["scope"].value)) is not None
        and local.startswith("/region/")
    ]
    # By GB/T 2260, a province's code ends in 0000 and a prefecture's in 00.
    regions.sort(key=lambda local: (not local.endswith("0000"), not local.endswith("00"), local))
    yield from (f"{local}.html" for local in regions[:MOST_REGIONS])
