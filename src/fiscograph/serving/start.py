"""The start page: what is here, the filings with their totals, one question answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import NamedNode

from fiscograph.queries import Row, load, text
from fiscograph.serving.describe import PAGE_LIMITS
from fiscograph.serving.paths import escape
from fiscograph.serving.sections import printed_at, run_link, value
from fiscograph.serving.site import Site
from fiscograph.serving.words import Word
from fiscograph.tracing import Trace, trace

EXAMPLE = "渝财社〔2022〕155号"
_CUBE = "cube/expenditure-by-function"
_COUNTED = (
    "Filing",
    "PrintedAmount",
    "Allocation",
    "Project",
    "ProjectBudget",
    "PerformanceIndicator",
    "Citation",
    "PolicyDocument",
    "IdentityCheck",
    "Finding",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed total: the text and unit as they stand, the same in yuan, and where."""

    text: str
    unit: str
    amount: Decimal
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow:
    """A filing on the start page; ``total`` is the sum of its expenditure by function in yuan."""

    href: str
    title: str
    discloser: str
    discloser_href: str | None
    year: str
    total: Decimal | None
    printed: tuple[Printed, ...]
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    path: str
    href: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the start page shows."""

    filings: tuple[FilingRow, ...]
    totals_run: str
    printed_run: str
    counts: tuple[tuple[Word, int], ...]
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
    return Start(
        filings=tuple(_filings(filings, printed, site)),
        totals_run=run_link("filings", cube=cube.value),
        printed_run=run_link("printed-totals", cube=cube.value),
        counts=tuple(_counts(site)),
        triples=int(value(triples, "count") or 0),
        example=trace(site.tracer, EXAMPLE),
        example_sparql=example,
        example_run=run_link("example-question"),
        downloads=downloads(site.release),
    )


def _filings(rows: Iterable[Row], printed: Iterable[Row], site: Site) -> Iterable[FilingRow]:
    totals: dict[str, list[Printed]] = {}
    for row in printed:
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
            discloser=value(row, "organizationLabel") or discloser or "",
            discloser_href=site.paths.link(discloser) if discloser else None,
            year=value(row, "year") or "",
            total=None if total is None else Decimal(total),
            printed=tuple(totals.get(iri, ())),
            covered="covered" in row,
        )


def _counts(site: Site) -> Iterable[tuple[Word, int]]:
    rows = site.pages.select(load("counts"), PAGE_LIMITS)
    found = {value(row, "type"): int(value(row, "count") or 0) for row in rows}
    for name in _COUNTED:
        iri = site.paths.iri(f"ontology/{name}")
        if count := found.get(iri):
            yield site.words.of(iri), count


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
