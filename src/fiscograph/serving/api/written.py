"""Rows of a table as JSON: typed, with their own addresses and the places where they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from fiscograph.release.tables.columns import Column, Kind, schemas
from fiscograph.serving.api.models import has_row_address
from fiscograph.serving.api.rows import Cells, Chosen, Condition, Rows
from fiscograph.serving.data.paths import Paths, escape

_LOCATOR = re.compile(
    r"(?P<source>source/[0-9a-f]{16})/at/(?P<place>L(?P<line>\d+)(?:C(?P<start>\d+))?)"
)
_AT_LINE = re.compile(r"L(\d+)(?:C(\d+))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes rows for one release."""

    rows: Rows
    paths: Paths

    def row(self, name: str, cells: Cells) -> dict[str, Any]:
        """A row with its columns in their order, then ``href``, ``self`` and ``printed_at``."""
        schema = schemas()[name]
        made = {one.name: self._cell(one, cells[one.name]) for one in schema.columns}
        about = cells[schema.about or schema.key[0]]
        made["href"] = escape(f"/{about}")
        made["self"] = escape(f"/api/{name}/{about}")
        if not has_row_address(name):
            asked = urlencode({one: cells[one] for one in schema.key})
            made["self"] = f"/api/{name}?{asked}"
        made["printed_at"] = list(self._printed_at(name, cells))
        return made

    def _cell(self, column: Column, text: str) -> object:
        if column.is_list:
            return [self._value(column.kind, one) for one in text.split("|") if one]
        return self._value(column.kind, text) if text else None

    def _value(self, kind: Kind, text: str) -> object:
        if kind is Kind.IRI:
            return self.paths.base + text
        if kind is Kind.INTEGER:
            return int(text)
        if kind is Kind.BOOLEAN:
            return text == "true"
        return text

    def _printed_at(self, name: str, cells: Cells) -> Iterator[Mapping[str, Any]]:
        """The places of a row: its own, those of its evidence, or its lines."""
        own = cells[schemas()[name].about or ""] if schemas()[name].about else ""
        if _LOCATOR.fullmatch(own):
            yield self._place(own, cells.get("end") or None)
        elif cells.get("evidence"):
            yield from (
                self._place(one, _end(self.rows, one)) for one in cells["evidence"].split("|")
            )
        elif name == "projects":
            amounts = self.rows.printed(own)
            yield from (self._place(one, _end(self.rows, one)) for one in amounts)
        elif cells.get("lines"):
            yield from self._of_lines(cells["filing"], cells["lines"].split("|"))

    def _place(self, path: str, end: str | None) -> Mapping[str, Any]:
        found = _LOCATOR.fullmatch(path)
        if found is None:
            return _place(self.paths.base + path.partition("/at/")[0], escape(f"/{path}"))
        return _place(
            self.paths.base + found["source"],
            f"/{found['source']}.html#{found['place']}",
            line=found["line"],
            start=found["start"],
            end=end,
        )

    def _of_lines(self, filing: str, lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
        """The lines of a filing's source; none where it has several, for a line is one of those."""
        sources = _sources(self.rows, filing)
        if len(sources) != 1:
            return
        for line in lines:
            if _AT_LINE.fullmatch(f"L{line}"):
                yield _place(self.paths.base + sources[0], f"/{sources[0]}.html#L{line}", line=line)


# A release never changes while it is served, and the rows of a page ask for the same few.
@lru_cache(maxsize=10_000)
def _sources(rows: Rows, filing: str) -> tuple[str, ...]:
    of = Condition(clause="filing = ?", values=(filing,))
    return tuple(row["source"] for row in rows.rows("filings", Chosen(conditions=(of,))))


@lru_cache(maxsize=100_000)
def _end(rows: Rows, amount: str) -> str | None:
    """The last character of a printed amount."""
    same = Condition(clause="amount = ?", values=(amount,))
    chosen = Chosen(conditions=(same,), most=1)
    return next((row["end"] for row in rows.rows("printed_amounts", chosen)), None)


def _place(
    source: str,
    href: str,
    *,
    line: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> Mapping[str, Any]:
    return {
        "source": source,
        "line": int(line) if line else None,
        "start": int(start) if start else None,
        "end": int(end) if end else None,
        "href": href,
    }
