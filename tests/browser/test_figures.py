"""A figure on a page is what the query beside it answers, and leads to where it is printed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import visited
from tests.browser.kinds import KINDS, Kind

FIGURES = 20
PAGES = 4
# Units as filings print them, in yuan.
UNITS = {"": 1, "元": 1, "yuan": 1, "万元": 10_000, "亿元": 100_000_000}
_FIGURE = re.compile(r"([+-]?[\d,]*\d(?:\.\d+)?)\s*(元|万元|亿元|yuan)?")
# Every link to characters of a source, with the queries of the nearest part of the page that has
# any: what people see as standing beside it.
_LINKS = """() => [...document.querySelectorAll("main a[href*='/source/'][href*='#L']")].map(link => {
  let part = link.parentElement, runs = [];
  while (part && part.localName !== "main" && !runs.length) {
    part = part.parentElement;
    runs = [
      ...[...part.querySelectorAll("a[href^='/sparql?query=']")].map(run => run.getAttribute("href")),
      ...[...part.querySelectorAll("form[action='/sparql']")].map(
        form => "/sparql?" + new URLSearchParams(new FormData(form))),
    ];
  }
  return {text: link.textContent.trim(), href: link.getAttribute("href"), runs};
})"""
# Highlighted means that the characters look different from those around them.
_PRINTED = """id => {
  const place = document.getElementById(id);
  if (!place) return null;
  const marked = getComputedStyle(place), around = getComputedStyle(place.parentElement);
  return {
    text: place.textContent,
    target: place.matches(":target") || place.querySelector(":target") !== null,
    differs: marked.backgroundColor !== around.backgroundColor || marked.outlineStyle !== "none",
    seen: place.getBoundingClientRect().bottom > 0
      && place.getBoundingClientRect().top < window.innerHeight,
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure on a page in yuan, where it leads, and the addresses of the queries beside it."""

    page: str
    text: str
    yuan: Decimal
    href: str
    runs: tuple[str, ...]


@pytest.fixture(scope="module")
def visitor(browser: Browser, server: str) -> Iterator[Page]:
    with visited(browser, server) as page:
        yield page


@pytest.fixture(scope="module")
def reader(browser: Browser, server: str) -> Iterator[Page]:
    """Reads sources: they are long, so that it goes from place to place within one."""
    with visited(browser, server) as page:
        yield page


def figures_on(page: Page, path: str) -> list[Figure]:
    response = page.goto(path)
    assert response is not None
    assert response.ok
    found = {}
    for link in page.evaluate(_LINKS):
        match = _FIGURE.fullmatch(link["text"])
        if match is not None and re.search(r"#L\d+C\d+$", link["href"]):
            yuan = Decimal(match[1].replace(",", "")) * UNITS[match[2] or ""]
            one = Figure(
                page=path,
                text=link["text"],
                yuan=yuan,
                href=link["href"],
                runs=tuple(link["runs"]),
            )
            found[one.text, one.href, one.runs] = one
    return list(found.values())


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.figures], ids=lambda kind: kind.name
)
def test_figures_are_what_the_query_beside_them_answers_and_lead_to_where_they_are_printed(
    visitor: Page, reader: Page, release: Path, kind: Kind
) -> None:
    chance = random.Random(kind.name)  # noqa: S311 - the same figures every time
    example, *others = kind.pages(release)
    pages = [example, *chance.sample(others, min(PAGES - 1, len(others)))]
    found = [figure for path in pages for figure in figures_on(visitor, path)]
    assert found, f"no figures on {pages}"
    chosen = chance.sample(found, min(FIGURES, len(found)))
    answers = Answers(visitor)
    for figure in sorted(chosen, key=lambda one: one.href):
        assert figure.runs, f"no query beside {figure}"
        assert any(answers.hold(run, figure) for run in figure.runs), f"not answered: {figure}"
        printed = printed_at(reader, figure.href)
        assert printed["target"], f"not led to: {figure}"
        assert printed["differs"], f"not highlighted: {figure}"
        assert printed["seen"], f"out of sight: {figure}"
        number = Decimal(re.sub(r"[,，\s]", "", printed["text"]))
        told = {number * unit for unit in UNITS.values()}
        assert figure.yuan in told, f"{printed['text']} is printed for {figure}"


def printed_at(reader: Page, href: str) -> dict[str, Any]:
    address, _, place = href.partition("#")
    if address not in reader.url:
        reader.goto(address)
    # Within one page this is what following the link does, without asking for the page again.
    reader.evaluate("place => { location.hash = place }", place)
    reader.wait_for_function("place => location.hash === '#' + place", arg=place)
    printed = reader.evaluate(_PRINTED, place)
    assert printed is not None, f"{href} leads nowhere"
    return dict(printed)


class Answers:
    """The answers of the queries that pages lead to, asked once each."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[str, list[dict[str, str]]] = {}

    def hold(self, run: str, figure: Figure) -> bool:
        """Whether a row has the figure, and where it says a line, the line that it leads to."""
        match = re.search(r"#L(\d+)C", figure.href)
        assert match is not None
        return any(
            any(is_yuan(value, figure.yuan) for value in row.values())
            and row.get("line", match[1]) == match[1]
            for row in self._rows(run)
        )

    def _rows(self, run: str) -> list[dict[str, str]]:
        if run not in self._known:
            response = self._page.request.get(f"{run}&format=json")
            assert response.ok, response.text()
            self._known[run] = [
                {name: term["value"] for name, term in row.items()}
                for row in response.json()["results"]["bindings"]
            ]
        return self._known[run]


def is_yuan(text: str, yuan: Decimal) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None and Decimal(text) == yuan
