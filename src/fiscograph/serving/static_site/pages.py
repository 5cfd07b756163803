"""A page that was gathered becomes a page of the site, with the data of its pictures beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from html import escape as escaped
from pathlib import Path
from urllib.parse import urlsplit

from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame.language import EN
from fiscograph.serving.operation.edge import ALWAYS
from fiscograph.serving.static_site.addresses import PAGE_SUFFIX, Address, address_of, relative
from fiscograph.serving.static_site.crawl import Gathered, instead
from fiscograph.serving.static_site.rewriting import rewritten

SEARCH = "/search"
# Where the data of the search stand.
SEARCH_FOLDER = "search"
_HERE = "#"
_CHARSET = '<meta charset="utf-8">'
_FOUND = '<div id="found"></div>'
_POLICY = "Content-Security-Policy"
# What a page itself cannot say (W3C, Content Security Policy 3, section 3.3).
_NOT_IN_A_PAGE = "frame-ancestors"
_NEEDS_SERVER = {
    False: "这里是静态网页；按别的条件筛选，须由服务器回答。",
    True: "These pages are plain files; to narrow them down otherwise needs a server.",
}
_NEEDS_SCRIPT = {
    False: "在这里搜索，浏览器须开启 JavaScript。",
    True: "To search here, the browser has to run JavaScript.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages share: what there is, where it stands, where a server answers, the path at
    which the publisher's base says that the site stands, and the search's script where it was
    built.
    """

    gathered: Gathered
    folder: Path
    server: str | None
    root: str
    script: str | None

    @property
    def head(self) -> str:
        """What each page says of itself, as the server's headers do."""
        said = [one.strip() for one in ALWAYS[_POLICY].split(";")]
        kept = [one for one in said if not one.startswith(_NOT_IN_A_PAGE)]
        if self.server is not None:
            split = urlsplit(self.server)
            origin = f"{split.scheme}://{split.netloc}"
            kept = [f"{one} {origin}" if one.startswith("form-action") else one for one in kept]
        policy = escaped("; ".join(kept), quote=True).replace("&#x27;", "'")
        return (
            f'{_CHARSET}\n<meta http-equiv="{_POLICY}" content="{policy}">\n'
            f'<meta name="referrer" content="{ALWAYS["Referrer-Policy"]}">'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that stands in the folder as the server made it; ``absolute`` where it is shown at
    other addresses than its own.
    """

    site: Site
    address: Address
    name: str
    absolute: bool = False

    def write(self) -> None:
        """Turn its links to files.

        Raises:
            OSError: a file cannot be written.
        """
        file = self.site.folder / self.name
        text = file.read_text("utf-8").replace(_CHARSET, self.site.head, 1)
        if self.address.path == SEARCH:
            text = text.replace(_FOUND, self._search(), 1)
        said = _NEEDS_SERVER[self.address.language == EN]
        file.write_text(rewritten(text, self._lead, self._ask, self._choose, said), "utf-8")

    def _search(self) -> str:
        if self.site.script is None:
            return ""
        english = self.address.language == EN
        ending = ".en.html" if english else PAGE_SUFFIX
        return (
            f'<div id="found" data-search="{SEARCH_FOLDER}/" data-ending="{ending}">'
            f'<noscript><p class="notice">{_NEEDS_SCRIPT[english]}</p></noscript></div>\n'
            f'<script type="module" src="{escaped(self.site.script)}"></script>'
        )

    def _lead(self, link: str) -> str | None:
        led = None if link.startswith(_HERE) else address_of(link, self.address)
        if led is None:
            return link
        found = self._file(*led)
        if found is None and self.site.server is not None:
            return self.site.server.rstrip("/") + led[0].target
        if found is None and (other := instead(led[0])) is not None:
            return self._file(other, "")
        return found

    def _choose(self, link: str) -> str | None:
        """Only a page of that very choice will do."""
        led = address_of(link, self.address)
        return None if led is None else self._file(*led)

    def _ask(self, link: str) -> str | None:
        """Only the search is answered by files; other forms need a server."""
        led = address_of(link, self.address)
        if led is None:
            return link
        address = replace(led[0], parameters=())
        if self.site.server is not None and address.path != SEARCH:
            return self.site.server.rstrip("/") + led[0].target
        other = instead(address) or address
        return self._file(other, "") if other.path == SEARCH else None

    def _file(self, address: Address, fragment: str) -> str | None:
        gathered = self.site.gathered
        address = gathered.settled(address)
        if address.path == SEARCH and self.site.script is None:
            return None
        if (picture := gathered.pictures.get(address)) is not None:
            return self._data(picture)
        name = gathered.files.get(address)
        if name is None:
            return None
        place = f"#{fragment}" if fragment else ""
        if self.absolute:
            return self.site.root + escape(name) + place
        return relative(name, self.name) + place

    def _data(self, content: bytes) -> str:
        """The data of a picture, with links as they are from this page; beside it."""
        stem = self.name.removesuffix(PAGE_SUFFIX)
        number = 1
        while (file := self.site.folder / f"{stem}~{number}.json").exists():
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
