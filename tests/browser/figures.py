"""Figures on pages: what the queries beside them answer, and where they are printed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.browser.kinds import Kind

PAGES = 4
# Units as filings print them, in yuan.
UNITS = {"": 1, "元": 1, "yuan": 1, "万元": 10_000, "亿元": 100_000_000}
_FIGURE = re.compile(r"([+-]?[\d,]*\d(?:\.\d+)?)\s*(元|万元|亿元|yuan)?")
# Every link to characters of a source, with the queries of the nearest part of the page that has
# any, as links or as forms: what people see as standing beside it.
_LINKS = """() => {
  const asked = form => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "format");
    return "/sparql?" + new URLSearchParams(fields).toString();
  };
  const links = document.querySelectorAll("main a[href*='/source/'][href*='#L']");
  return [...links].map(link => {
    let part = link.parentElement, runs = [];
    while (part && part.localName !== "main" && !runs.length) {
      part = part.parentElement;
      runs = [
        ...[...part.querySelectorAll("a[href^='/sparql?query=']")].map(run => run.getAttribute("href")),
        ...[...part.querySelectorAll("form[action='/sparql']")].map(asked),
      ];
    }
    return {text: link.textContent.trim(), href: link.getAttribute("href"), runs};
  });
}"""
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


def wrong(visitor: Page, reader: Page, release: Path, kind: Kind, most: int) -> list[str]:
    """Follow as many figures of a kind of page as ``most`` says, the same every time; gives what is
    wrong with them, and that there are none where the kind shows figures.
    """
    chance = random.Random(kind.name)  # noqa: S311 - the same figures every time
    example, *others = kind.pages(release)
    pages = [example, *chance.sample(others, min(PAGES - 1, len(others)))]
    found = [figure for path in pages for figure in figures_on(visitor, path)]
    if not found:
        return [f"no figures on {pages}"] if kind.figures else []
    answers = Answers(visitor)
    chosen = chance.sample(found, min(most, len(found)))
    return [
        f"{fault}: {figure.text} at {figure.href} on {figure.page}"
        for figure in sorted(chosen, key=lambda one: one.href)
        if (fault := _wrong(answers, reader, figure)) is not None
    ]


def _wrong(answers: Answers, reader: Page, figure: Figure) -> str | None:
    if not figure.runs:
        return "no query beside it"
    if not any(answers.hold(run, figure) for run in figure.runs):
        return "not what the query answers"
    printed = printed_at(reader, figure.href)
    for fault, kept in (("not led to", "target"), ("not marked", "differs"), ("unseen", "seen")):
        if not printed[kept]:
            return fault
    number = Decimal(re.sub(r"[,，\s]", "", printed["text"]))
    if figure.yuan not in {number * unit for unit in UNITS.values()}:
        return f"printed as {printed['text']}"
    return None


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
