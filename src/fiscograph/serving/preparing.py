"""What pages ask of a whole release, asked once when the release is opened and kept beside its store.

The time of these questions grows with the release. Those of a small one are answered while a visitor
waits; a large one is prepared first, so that no page runs through it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from fiscograph.queries import Limits, Term, load
from fiscograph.serving.app import create_app
from fiscograph.serving.data.describe import prefixes
from fiscograph.serving.data.kept import KeptAnswers, PreparingEngine, write_answers
from fiscograph.serving.front.listed import lists_beside, make_lists
from fiscograph.serving.front.lists import LISTINGS, Choice, Listing
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
        if sum(1 for _ in (site.release / "filings").glob("*.ttl")) <= few:
            return site
        _prepare(site, file)
    site.pages.use(KeptAnswers(file))
    return site


def _prepare(site: Site, file: Path) -> None:
    with PreparingEngine(
        site.store, base=site.paths.base, prefixes=prefixes(), whole=_WHOLE
    ) as engine:
        lists = lists_beside(site.store)
        if not lists.is_file():
            values = {name: _everything(site, one) for name, one in LISTINGS.items()}
            make_lists(engine, lists, _WHOLE, values)
        preparing = replace(site, pages=engine)
        asyncio.run(_ask_all(preparing))
        if "tracer" in preparing.__dict__:
            preparing.tracer.close()
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


async def _ask_all(site: Site) -> None:
    app = create_app(site)
    for path in _addresses(site):
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
