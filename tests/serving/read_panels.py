"""Reads the panels of a page as a visitor does: the table, and the form that runs its query."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A cell: its text, where it leads, and the class of its column."""

    text: str
    href: str | None
    kind: str


@dataclass(slots=True, kw_only=True)
class ReadPanel:
    name: str
    rows: list[list[Shown]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    picture: str | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.panels: list[ReadPanel] = []
        self.fields: dict[str, str] = {}
        self._panel: ReadPanel | None = None
        self._row: list[Shown] | None = None
        self._text: list[str] | None = None
        self._href: str | None = None
        self._kind = ""
        self._query: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "section":
            self._panel = None
            if given.get("class") == "panel":
                self._panel = ReadPanel(name=given.get("aria-labelledby", ""))
                self.panels.append(self._panel)
        elif tag == "figure" and self._panel is not None:
            self._panel.picture = given.get("data-shape")
        elif tag == "tr":
            self._row = []
        elif tag == "td":
            self._text, self._href, self._kind = [], None, given.get("class", "")
        elif tag == "a" and self._text is not None:
            self._href = given.get("href")
        elif tag == "textarea":
            self._query = []
        elif tag == "input" and given.get("name", "").startswith("$"):
            (self._panel.fields if self._panel else self.fields)[given["name"]] = given["value"]

    def handle_data(self, data: str) -> None:
        for kept in (self._text, self._query):
            if kept is not None:
                kept.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._text is not None and self._row is not None:
            text = "".join(self._text).strip()
            self._row.append(Shown(text=text, href=self._href, kind=self._kind))
            self._text = None
        elif tag == "tr" and self._row and self._panel is not None:
            self._panel.rows.append(self._row)
            self._row = None
        elif tag == "textarea" and self._query is not None:
            (self._panel.fields if self._panel else self.fields)["query"] = "".join(self._query)
            self._query = None
        elif tag == "section":
            self._panel = None


def panels(page: str) -> dict[str, ReadPanel]:
    """The panels of a page by name."""
    reader = _Reader()
    reader.feed(page)
    return {one.name: one for one in reader.panels}


def query_form(page: str) -> dict[str, str]:
    """The form of a list's query, which stands outside of any panel."""
    reader = _Reader()
    reader.feed(page)
    return reader.fields
