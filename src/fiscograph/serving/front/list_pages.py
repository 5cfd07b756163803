"""``/filings``, ``/projects`` and the other lists: what was chosen, what was found, which page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.responses import Response

from fiscograph.queries import Row, Term
from fiscograph.serving.frame.html import visible
from fiscograph.serving.frame.language import EN, current
from fiscograph.serving.front.listed import Listed, Part, listed_of
from fiscograph.serving.front.lists import LISTINGS, MOST_FOUND, Choice, Filter, Listing
from fiscograph.serving.panels.panel import Asked, Line, asked, cell, iri, plain, rows_of, spoken
from fiscograph.serving.panels.scope import EVERYWHERE
from fiscograph.serving.site import Site
from fiscograph.serving.things.resource import positive
from fiscograph.serving.things.sections import Cell, Column, Kind, value

ROWS = 50
_MOST_TYPED = 100
# Answers that are kept: the pages after the first cost nothing, and a release never changes.
_KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A filter with what it offers and what was chosen."""

    filter: Filter
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """``rows`` are those from ``first`` on, counted from 1, of ``found`` in all; ``cut`` says that
    more may fit than the query gives, ``beyond`` that more are known.
    """

    listing: Listing
    settings: tuple[Setting, ...]
    rows: tuple[Line, ...]
    first: int
    found: int
    cut: bool
    beyond: bool
    before: str | None
    after: str | None
    asked: Asked


class Lists:
    """The lists of one release."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._prepared: Listed | None = None
        self._rows = lru_cache(maxsize=_KEPT)(self._ask)
        self._choices = cache(self._ask_choices)

    def page(self, listing: Listing, params: Mapping[str, str]) -> ListPage:
        """One page of a list; what the address names wrongly is as if it were not named.

        Raises:
            QueryError: the store cannot be asked.
        """
        settings = tuple(self._setting(one, params) for one in listing.filters)
        values = {one.filter.variable: self._value(one) for one in settings}
        if listing.cube is not None:
            values["cube"] = iri(self._site, f"cube/{listing.cube}")
        at, part = self._part(listing, settings, values, positive(params.get("page")))
        more = part.found > at * ROWS
        return ListPage(
            listing=listing,
            settings=settings,
            rows=tuple(Line(cells=self._cells(listing, row)) for row in part.rows),
            first=(at - 1) * ROWS + 1,
            found=part.found,
            cut=self._listed is None and part.found >= MOST_FOUND,
            beyond=part.found > MOST_FOUND,
            before=_address(listing, settings, at - 1) if at > 1 else None,
            after=_address(listing, settings, at + 1) if more else None,
            asked=asked(listing.question.query, values),
        )

    @property
    def _listed(self) -> Listed | None:
        """The lists beside the store, which may be made while the release is served."""
        if self._prepared is None:
            self._prepared = listed_of(self._site.store)
        return self._prepared

    def _part(
        self, listing: Listing, settings: tuple[Setting, ...], values: Mapping[str, Term], at: int
    ) -> tuple[int, Part]:
        """The page that is asked for, or the last one, and its number."""
        listed = self._listed
        if listed is None:
            rows = self._rows(listing.question.query, tuple(values.items()))
            at = min(at, _pages(len(rows)))
            shown = rows[(at - 1) * ROWS : at * ROWS]
            return at, Part(rows=shown, found=len(rows))
        chosen = {one.filter.name: self._chosen(one) for one in settings}
        part = listed.part(listing, chosen, start=(at - 1) * ROWS, most=ROWS)
        last = _pages(part.found)
        if at > last:
            at = last
            part = listed.part(listing, chosen, start=(at - 1) * ROWS, most=ROWS)
        return at, part

    def _chosen(self, setting: Setting) -> str:
        if setting.filter.choice is not Choice.REGION or not setting.chosen:
            return setting.chosen
        return iri(self._site, f"region/{setting.chosen}").value

    def _ask(self, query: str, values: tuple[tuple[str, Term], ...]) -> tuple[Row, ...]:
        return rows_of(self._site, query, dict(values))

    def _ask_choices(self) -> tuple[tuple[str, str, str, str], ...]:
        return tuple(
            (
                value(row, "of") or "",
                value(row, "key") or "",
                value(row, "label") or "",
                value(row, "english") or "",
            )
            for row in rows_of(self._site, "list-choices", {})
        )

    def _setting(self, one: Filter, params: Mapping[str, str]) -> Setting:
        typed = visible(params.get(one.name, "")[:_MOST_TYPED]).strip()
        if one.choice is Choice.TEXT:
            return Setting(filter=one, options=(), chosen=typed)
        options = [Option(key=key, label=spoken(one.name, key)) for key in one.keys]
        for of, key, label, english in self._choices():
            if of == one.of:
                name = (english if current() == EN else "") or label or spoken(one.name, key)
                code = key if one.choice is Choice.REGION else ""
                options.append(Option(key=key, label=f"{code} {name}".strip()))
        known = any(option.key == typed for option in options)
        return Setting(filter=one, options=tuple(options), chosen=typed if known else "")

    def _value(self, setting: Setting) -> Term:
        if setting.filter.choice is not Choice.REGION:
            return plain(setting.chosen)
        return iri(self._site, f"region/{setting.chosen}" if setting.chosen else EVERYWHERE)

    def _cells(self, listing: Listing, row: Row) -> tuple[Cell, ...]:
        return tuple(
            cell(row, column, self._site.paths, self._link) for column in listing.question.columns
        )

    def _link(self, row: Row, column: Column) -> str | None:
        """A filing's sum leads to the filing, which has its parts; a count to the list it counts."""
        filing = value(row, "filing")
        if filing is None or column.kind not in {Kind.MONEY, Kind.NUMBER}:
            return None
        if "evidence" in row or "budget" in row:
            return None
        return self._site.paths.link(filing)


def _pages(found: int) -> int:
    return max(1, -(-found // ROWS))


def _address(listing: Listing, settings: tuple[Setting, ...], page: int) -> str:
    chosen = [(one.filter.name, one.chosen) for one in settings if one.chosen]
    if page > 1:
        chosen.append(("page", str(page)))
    return listing.path + (f"?{urlencode(chosen)}" if chosen else "")


def add_lists(app: FastAPI, site: Site) -> None:
    """Add the routes, one for each list."""
    lists = Lists(site)

    def add(listing: Listing) -> None:
        @app.api_route(listing.path, methods=["GET", "HEAD"], include_in_schema=False)
        def page(request: Request) -> Response:
            made = lists.page(listing, request.query_params)
            return site.templates.page("list.html", page=made, listings=LISTINGS)

    for listing in LISTINGS.values():
        add(listing)
