"""Which template shows a thing: a filing, a source and a table have pages of their own kind."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.responses import Response

from fiscograph.serving.data.describe import Description
from fiscograph.serving.site import Site
from fiscograph.serving.things.filing_page import filing_page, list_page
from fiscograph.serving.things.filing_sections import LISTS
from fiscograph.serving.things.printed_table import table_page
from fiscograph.serving.things.resource import resource_page
from fiscograph.serving.things.source_page import source_page
from fiscograph.serving.things.spans import Span
from fiscograph.vocabulary import FG

_READ = ["GET", "HEAD"]
_NONE: Mapping[str, str] = {}
_NOTHING = "the release says nothing about this address"


def thing_page(
    site: Site,
    description: Description,
    path: str,
    params: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The page of a thing; ``path`` is its decoded local path, ``params`` what the address chose.

    Raises:
        QueryError: the store cannot be asked.
    """
    kinds = {NamedNode(name) for name in description.types}
    page = resource_page(site, description, path, params)
    if FG.Filing in kinds:
        filing = filing_page(site, description, path)
        return site.templates.page("filing.html", headers=headers, page=page, filing=filing)
    if FG.Source in kinds:
        source = source_page(site, description, path)
        return site.templates.page("source.html", headers=headers, page=page, source=source)
    if FG.Table in kinds:
        table = table_page(site, description, path)
        return site.templates.page("table.html", headers=headers, page=page, table=table)
    return site.templates.page("resource.html", headers=headers, page=page)


def all_page(site: Site, description: Description, path: str) -> Response:
    """All statements of a thing whose own page has no room for them.

    Raises:
        QueryError: the store cannot be asked.
    """
    page = resource_page(site, description, path, _NONE, whole=True)
    return site.templates.page("resource.html", page=page)


def add_thing_pages(app: FastAPI, site: Site) -> None:
    """Add the further pages of what is too long for one."""

    @app.api_route("/source/{key}/lines/{lines}.html", methods=_READ, include_in_schema=False)
    def lines_of_source(key: str, lines: str) -> Response:
        path, span = f"/source/{key}", Span.read(lines)
        description = _described(site, path, FG.Source)
        shown = None if span is None else source_page(site, description, path, span)
        if shown is None:
            raise HTTPException(404, _NOTHING)
        page = resource_page(site, description, path, _NONE)
        return site.templates.page("source.html", page=page, source=shown)

    @app.api_route(
        "/source/{key}/table/{locator}/rows/{number}.html", methods=_READ, include_in_schema=False
    )
    def rows_of_table(key: str, locator: str, number: str) -> Response:
        path = f"/source/{key}/table/{locator}"
        description = _described(site, path, FG.Table)
        shown = table_page(site, description, path, _counted(number))
        if shown is None:
            raise HTTPException(404, _NOTHING)
        page = resource_page(site, description, path, _NONE)
        return site.templates.page("table.html", page=page, table=shown)

    for key in LISTS:
        _add_list(app, site, key)

    @app.api_route("/filing/{name}/all.html", methods=_READ, include_in_schema=False)
    def all_of_filing(name: str) -> Response:
        path = f"/filing/{name}"
        return all_page(site, _described(site, path, FG.Filing), path)


def _add_list(app: FastAPI, site: Site, key: str) -> None:
    def listed(name: str, number: str = "1") -> Response:
        path = f"/filing/{name}"
        description = _described(site, path, FG.Filing)
        shown = list_page(site, path, key, _counted(number))
        if shown is None:
            raise HTTPException(404, _NOTHING)
        page = resource_page(site, description, path, _NONE)
        return site.templates.page("filing_list.html", page=page, shown=shown)

    # Only the lists' own names: what else stands below a filing is an identifier.
    for address in (f"/filing/{{name}}/{key}.html", f"/filing/{{name}}/{key}/{{number}}.html"):
        app.add_api_route(address, listed, methods=_READ, include_in_schema=False)


def _counted(number: str) -> int:
    """A page's number, 0 where the text is none."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


def _described(site: Site, path: str, kind: NamedNode) -> Description:
    try:
        description = site.describe(site.paths.iri(path.lstrip("/")))
    except ValueError:
        description = None
    if description is None or kind.value not in description.types:
        raise HTTPException(404, _NOTHING)
    return description
