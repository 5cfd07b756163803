"""Reads tables, figures and links from pages as a reader does."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

_MONEY = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(slots=True)
class Cell:
    """The words of a cell and the addresses of its links, decoded."""

    text: str = ""
    links: list[str] = field(default_factory=list)

    @property
    def money(self) -> Decimal | None:
        found = _MONEY.match(self.text.strip())
        return None if found is None else Decimal(found[0].replace(",", ""))


class Page(HTMLParser):
    """``tables`` by the classes of the table element, each a list of rows of the body; ``links``
    by their words.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.tables: list[tuple[str, list[list[Cell]]]] = []
        self.links: dict[str, str] = {}
        self._cell: Cell | None = None
        self._link: tuple[str, list[str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "table":
            self.tables.append((known.get("class") or "", []))
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in {"td", "th"} and self.tables:
            self._cell = Cell()
            self.tables[-1][1][-1].append(self._cell)
        elif tag == "a":
            href = known.get("href") or ""
            self._link = (href, [])
            if self._cell is not None:
                self._cell.links.append(unquote(href))
        elif tag == "br" and self._cell is not None:
            self._cell.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = None
        elif tag == "a" and self._link is not None:
            self.links.setdefault("".join(self._link[1]).strip(), self._link[0])
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.text += data
        if self._link is not None:
            self._link[1].append(data)

    def rows(self, name: str) -> list[list[Cell]]:
        """The rows below the heads of the first table of that class."""
        return next(rows for kind, rows in self.tables if name in kind.split())[1:]

    def said(self, pattern: str) -> list[tuple[str, ...]]:
        return [
            found if isinstance(found, tuple) else (found,)
            for found in re.findall(pattern, self.text)
        ]


def bound(address: str) -> Mapping[str, str]:
    """What an address of the query form asks: the query and the values in it."""
    return dict(parse_qsl(urlsplit(html.unescape(address)).query))


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
