"""The start page: what is here, the filings with their totals, one question answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import NamedNode

from fiscograph.queries import Row, load, text
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame.coded import coded
from fiscograph.serving.frame.words import Word
from fiscograph.serving.front.entrances import Entrance, entrances
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import agreement, allowed, printed_at, run_link, value
from fiscograph.tracing import Trace, trace

EXAMPLE = "渝财社〔2022〕155号"
_CUBE = "cube/expenditure-by-function"
# What the release holds, and where it is listed.
_COUNTED = {
    "PrintedAmount": None,
    "Allocation": None,
    "Citation": "/trace/citations",
    "IdentityCheck": None,
}
# Of many filings the page shows some; the list has all.
MOST_FILINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed total: the text and unit as they stand, the same in yuan, and where."""

    text: str
    unit: str
    amount: Decimal
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow:
    """A filing on the start page; ``total`` is the sum of its expenditure by function in yuan,
    ``agrees`` says whether the printed one is the same money.
    """

    href: str
    title: str
    discloser: str
    discloser_href: str | None
    region: str
    kind: Word | None
    year: str
    phase: str
    total: Decimal | None
    printed: tuple[Printed, ...]
    agrees: str
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the filings of one year and phase spend together, each amount counted once."""

    year: str
    phase: str
    filings: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    path: str
    href: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the start page shows."""

    filings: tuple[FilingRow, ...]
    filings_in_all: int
    sums: tuple[Sum, ...]
    entrances: tuple[Entrance, ...]
    totals_run: str
    printed_run: str
    counts: tuple[tuple[Word, int, str | None], ...]
    triples: int
    example: Trace
    example_sparql: str
    example_run: str
    downloads: tuple[Download, ...]


def start(site: Site) -> Start:
    """Ask the release for everything that the page shows.

    Raises:
        QueryError: the store cannot be asked.
    """
    cube = NamedNode(site.paths.base + _CUBE)
    filings = site.pages.select(load("filings", cube=cube), PAGE_LIMITS)
    printed = site.pages.select(load("printed-totals", cube=cube), PAGE_LIMITS)
    (triples,) = site.pages.select(load("triple-count"), PAGE_LIMITS)
    example = text("example-question")
    rows = tuple(_filings(filings, printed, site))
    counted = _counted(site)
    return Start(
        filings=rows[:MOST_FILINGS],
        filings_in_all=len(rows),
        sums=_sums(rows),
        entrances=entrances(lambda name: counted.get(site.paths.iri(f"ontology/{name}"))),
        totals_run=run_link("filings", cube=cube.value),
        printed_run=run_link("printed-totals", cube=cube.value),
        counts=tuple(_counts(site, counted)),
        triples=int(value(triples, "count") or 0),
        example=trace(site.tracer, EXAMPLE),
        example_sparql=example,
        example_run=run_link("example-question"),
        downloads=downloads(site.release),
    )


def _filings(rows: Iterable[Row], printed: Iterable[Row], site: Site) -> Iterable[FilingRow]:
    totals: dict[str, list[Printed]] = {}
    apart: dict[str, Row] = {}
    for row in printed:
        apart.setdefault(value(row, "filing") or "", row)
        found = Printed(
            text=value(row, "text") or "",
            unit=value(row, "unit") or "",
            amount=Decimal(value(row, "amount") or 0),
            href=printed_at({**row, "evidence": row["printed"]}, site.paths),
        )
        totals.setdefault(value(row, "filing") or "", []).append(found)
    seen: set[str] = set()
    for row in rows:
        iri = value(row, "filing") or ""
        if iri in seen:
            continue
        seen.add(iri)
        total, discloser = value(row, "total"), value(row, "organization")
        yield FilingRow(
            href=site.paths.link(iri) or "",
            title=value(row, "title") or iri,
            region=value(row, "regionLabel") or "",
            kind=coded(kind) if (kind := value(row, "kind")) else None,
            phase=(value(row, "phase") or "").rpartition("/")[2],
            agrees=_agrees(row, apart.get(iri)),
            discloser=value(row, "organizationLabel") or discloser or "",
            discloser_href=site.paths.link(discloser) if discloser else None,
            year=value(row, "year") or "",
            total=None if total is None else Decimal(total),
            printed=tuple(totals.get(iri, ())),
            covered="covered" in row,
        )


def _agrees(row: Row, printed: Row | None) -> str:
    """Whether the sum and the first printed total of a filing are the same money."""
    total, amount = value(row, "total"), None if printed is None else value(printed, "amount")
    if printed is None or total is None or amount is None:
        return ""
    counted = {**printed, "count": row["count"]}
    return agreement(Decimal(total), Decimal(amount), allowed(counted))


def _sums(rows: Iterable[FilingRow]) -> tuple[Sum, ...]:
    """By year and phase, the newest first; what a wider filing covers is in that one already."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for row in rows:
        if row.total is not None and not row.covered:
            found.setdefault((row.year, row.phase), []).append(row.total)
    return tuple(
        Sum(year=year, phase=phase, filings=len(totals), amount=sum(totals, Decimal(0)))
        for (year, phase), totals in sorted(found.items(), reverse=True)
    )


def _counted(site: Site) -> dict[str, int]:
    rows = site.pages.select(load("counts"), PAGE_LIMITS)
    return {value(row, "type") or "": int(value(row, "count") or 0) for row in rows}


def _counts(site: Site, found: Mapping[str, int]) -> Iterable[tuple[Word, int, str | None]]:
    for name, href in _COUNTED.items():
        iri = site.paths.iri(f"ontology/{name}")
        if count := found.get(iri):
            yield site.words.of(iri), count, href


def downloads(release: Path) -> tuple[Download, ...]:
    """The files of a release, by path."""
    files = sorted(path for path in release.rglob("*") if path.is_file())
    return tuple(
        Download(
            path=(name := path.relative_to(release).as_posix()),
            href=escape(f"/download/{name}"),
            size=path.stat().st_size,
        )
        for path in files
    )
