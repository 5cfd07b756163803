"""What a site has besides its pages: the search's files, the page for what is not there, and what
search engines and hosts look for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape as xml

from fiscograph.search import Kind, SearchIndex, export_static
from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame.language import ZH
from fiscograph.serving.front.search_page import place_of
from fiscograph.serving.site import Site
from fiscograph.serving.static_site.addresses import Address, address_of, relative
from fiscograph.serving.static_site.crawl import Gathered
from fiscograph.serving.static_site.pages import SEARCH_FOLDER

# https://www.sitemaps.org/protocol.html: at most 50,000 addresses and 50 MB in one file.
_MOST_IN_SITEMAP = 50_000
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_START = "index.html"
_SEARCH_PAGE = "search.html"


def write_search(site: Site, index: SearchIndex, gathered: Gathered, folder: Path) -> None:
    """Write what the search page asks, with links as they are from it, to pages in Chinese.

    Raises:
        OSError: a file cannot be written.
    """
    page = Address(path="/search", language=ZH)

    def address(kind: Kind, path: str) -> str:
        led = address_of(place_of(site, kind, path), page)
        name = None if led is None else gathered.files.get(gathered.settled(led[0]))
        if led is None or name is None:
            return ""
        return relative(name, _SEARCH_PAGE) + (f"#{led[1]}" if led[1] else "")

    export_static(index, folder / SEARCH_FOLDER, address)


def write_for_hosts(folder: Path, base: str, pages: Sequence[str]) -> None:
    """Write ``sitemap.xml``, ``robots.txt`` and what keeps a host from leaving files out.

    Args:
        folder: the site.
        base: the publisher's base, where the site will stand.
        pages: the names of the pages' files.

    Raises:
        OSError: a file cannot be written.
    """
    addresses = [base + escape("" if name == _START else name) for name in sorted(pages)]
    parts = [
        addresses[first : first + _MOST_IN_SITEMAP]
        for first in range(0, len(addresses), _MOST_IN_SITEMAP)
    ]
    if len(parts) > 1:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            _write_sitemap(folder / name, "urlset", "url", part)
        _write_sitemap(
            folder / "sitemap.xml", "sitemapindex", "sitemap", [base + name for name in names]
        )
    else:
        _write_sitemap(folder / "sitemap.xml", "urlset", "url", addresses)
    robots = f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"
    (folder / "robots.txt").write_text(robots, "utf-8")
    # GitHub Pages would otherwise pass over names that begin with an underscore.
    (folder / ".nojekyll").touch()


def _write_sitemap(file: Path, root: str, item: str, addresses: Sequence[str]) -> None:
    lines = "".join(f"<{item}><loc>{xml(one)}</loc></{item}>\n" for one in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SITEMAPS}>\n{lines}</{root}>\n'
    file.write_text(text, "utf-8")
