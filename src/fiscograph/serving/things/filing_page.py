"""The page of a filing: what it is, how much, from where; its tables, findings and projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from fiscograph.serving.data.describe import Description
from fiscograph.serving.data.paths import escape
from fiscograph.serving.panels.panel import Panel
from fiscograph.serving.panels.places import of_filing
from fiscograph.serving.site import Site
from fiscograph.serving.things import filing_sections as asked
from fiscograph.serving.things.sections import Answer, Section, answer
from fiscograph.serving.traced.answers import flow_address
from fiscograph.vocabulary import DCTERMS

ROWS = 150
# Of a list that has a page of its own, what the first page shows.
FEW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer on the first page; ``whole`` leads to all of its ``found`` rows where it has few."""

    answer: Answer
    found: int
    whole: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPage:
    """``answers`` are those of the first page, ``panels`` its money in pictures, ``runs`` the address
    of the picture of its projects; ``lists`` lead to the longer ones; ``downloads`` are the names and
    addresses of its files in the release.
    """

    answers: tuple[Shown, ...]
    panels: tuple[Panel, ...]
    runs: str | None
    lists: tuple[tuple[Section, str], ...]
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of one of a filing's lists; ``pages`` are the addresses of all of them."""

    section: Section
    answer: Answer
    rows_in_all: int
    number: int
    pages: tuple[str, ...]


def filing_page(site: Site, description: Description, path: str) -> FilingPage:
    """What a filing's own page shows; ``path`` is its decoded local path.

    Raises:
        QueryError: the store cannot be asked.
    """
    found = [
        _first(answer(site.pages, section, description.iri, site.paths), path)
        for section in asked.FIRST_PAGE
    ]
    name = path.rpartition("/")[2]
    files = [f"filings/{name}{suffix}" for suffix in (".ttl", ".jsonld")]
    return FilingPage(
        answers=tuple(one for one in found if one.found or one.answer.section is asked.FINDINGS),
        panels=tuple(one for one in of_filing(site, path.lstrip("/")) if one is not None),
        runs=_runs(description, found),
        lists=tuple(
            (section, escape(f"{path}/{key}.html"))
            for key, section in asked.LISTS.items()
            if section not in asked.FIRST_PAGE
        ),
        downloads=tuple(
            (file.rpartition("/")[2], escape(f"/download/{file}"))
            for file in files
            if (site.release / file).is_file()
        ),
    )


def _runs(description: Description, found: Iterable[Shown]) -> str | None:
    """The picture of the projects, where there is more than one to draw."""
    publisher = description.text(DCTERMS.publisher)
    projects = sum(one.found for one in found if one.answer.section is asked.PROJECTS)
    if publisher is None or projects < 2:
        return None
    return flow_address(publisher, description.iri)


def _first(whole: Answer, path: str) -> Shown:
    key = next((key for key, section in asked.LISTS.items() if section is whole.section), None)
    cut = key is not None and len(whole.rows) > FEW
    return Shown(
        answer=replace(whole, rows=whole.rows[:FEW], cut=False) if cut else whole,
        found=len(whole.rows),
        whole=escape(f"{path}/{key}.html") if cut else None,
    )


def list_page(site: Site, path: str, key: str, number: int) -> ListPage | None:
    """One page of a list of the filing at ``path``; None where there is no such page.

    Raises:
        QueryError: the store cannot be asked.
    """
    section = asked.LISTS.get(key)
    if section is None:
        return None
    try:
        iri = NamedNode(site.paths.iri(path.lstrip("/"))).value
    except ValueError:
        return None
    whole = answer(site.pages, section, iri, site.paths)
    pages = max(1, -(-len(whole.rows) // ROWS))
    if not 1 <= number <= pages:
        return None
    first = (number - 1) * ROWS
    shown = Answer(
        section=section,
        rows=whole.rows[first : first + ROWS],
        sparql=whole.sparql,
        run=whole.run,
        cut=whole.cut and number == pages,
    )
    return ListPage(
        section=section,
        answer=shown,
        rows_in_all=len(whole.rows),
        number=number,
        pages=tuple(escape(_page(path, key, one)) for one in range(1, pages + 1)),
    )


def _page(path: str, key: str, number: int) -> str:
    return f"{path}/{key}.html" if number == 1 else f"{path}/{key}/{number}.html"
