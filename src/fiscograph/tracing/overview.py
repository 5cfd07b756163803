"""Answers about a whole release: rankings, shared documents, projects without a basis, shares."""

from __future__ import annotations

from dataclasses import dataclass

from fiscograph.tracing.answers import Ranking, Shares, Unfounded, Unfoundeds
from fiscograph.tracing.documents import Document
from fiscograph.tracing.money import money_of, ranked, shares_of, unions_of
from fiscograph.tracing.whole import Budget, Whole

MOST_ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of a release an overview is of; None takes all.

    ``year`` is the fiscal year, ``phase`` the budget phase, ``region`` the code or IRI of the
    filings' region (a region takes in those below it: 500000 takes 500152), ``level`` the level of
    the documents' issuers, ``rows`` the most rows.
    """

    year: str | None = None
    phase: str | None = None
    region: str | None = None
    level: str | None = None
    rows: int = MOST_ROWS

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        named = (("year", self.year), ("phase", self.phase), ("region", self.region))
        every = (*named, ("level", self.level))
        return tuple((name, text) for name, text in every if text is not None)

    def takes(self, budget: Budget) -> bool:
        return (
            (self.year is None or budget.year == self.year)
            and (self.phase is None or budget.phase == self.phase)
            and (self.region is None or within(budget.region, self.region))
        )

    def takes_document(self, document: Document) -> bool:
        return self.level is None or document.level == self.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The years, phases and regions (IRI and name) of a release's project budgets, sorted."""

    years: tuple[str, ...]
    phases: tuple[str, ...]
    regions: tuple[tuple[str, str | None], ...]


def choices(whole: Whole) -> Choices:
    """What overviews of a release can be narrowed by."""
    regions = {one.region: one.region_name for one in whole.budgets if one.region}
    return Choices(
        years=tuple(sorted({one.year for one in whole.budgets if one.year})),
        phases=tuple(sorted({one.phase for one in whole.budgets if one.phase})),
        regions=tuple(sorted(regions.items())),
    )


def within(region: str | None, wanted: str) -> bool:
    """Whether a region's code lies in another by GB/T 2260: two digits each for province,
    prefecture and county.
    """
    code, whole = (region or "").rpartition("/")[2], wanted.rpartition("/")[2]
    stem = whole
    while stem.endswith("00"):
        stem = stem[:-2]
    return bool(code) and code.startswith(stem)


def ranking(whole: Whole, wanted: Wanted, *, shared: bool = False) -> Ranking:
    """Documents by money; with ``shared`` only those behind projects of several regions, by the
    number of regions.
    """
    pairs = [
        (document, budget)
        for document, budget in whole.pairs()
        if wanted.takes(budget) and wanted.takes_document(document)
    ]
    rows, count = ranked(pairs, inferred=whole.inferred, shared=shared, rows=wanted.rows)
    if shared:
        regions: dict[tuple[str, str | None, str | None], set[str | None]] = {}
        for document, one in pairs:
            if not one.covered:
                regions.setdefault((document.iri, one.year, one.phase), set()).add(one.region)
        pairs = [
            (document, one)
            for document, one in pairs
            if len(regions.get((document.iri, one.year, one.phase), ())) > 1
        ]
    bases: dict[str, set[str]] = {}
    for document, budget in pairs:
        bases.setdefault(budget.iri, set()).add(document.iri)
    budgets = {budget.iri: budget for _, budget in pairs}
    return Ranking(
        filters=wanted.filters,
        unions=unions_of(budgets.values(), bases, whole.inferred),
        rows=rows,
        rows_in_all=count,
    )


def without_basis(whole: Whole, wanted: Wanted) -> Unfoundeds:
    """The project budgets that rest on no document, the most money first."""
    found = [one for one in whole.budgets if one.iri not in whole.founded and wanted.takes(one)]
    found.sort(key=lambda one: (-money_of((one,)), one.iri))
    return Unfoundeds(
        filters=wanted.filters,
        unions=unions_of(found, {}),
        rows=tuple(_unfounded(one, whole) for one in found[: wanted.rows]),
        rows_in_all=len(found),
    )


def _unfounded(one: Budget, whole: Whole) -> Unfounded:
    organization = one.unit or one.department
    return Unfounded(
        project_budget=one.iri,
        name=one.name,
        filing=one.filing,
        fiscal_year=one.year,
        phase=one.phase,
        region=one.region,
        region_name=one.region_name,
        organization=organization,
        organization_name=whole.names.get(organization or ""),
        amount_cny=one.amount,
        covered=one.covered,
    )


def shares(whole: Whole, wanted: Wanted) -> Shares:
    """How much of each department's project money has a document behind it."""
    budgets = (one for one in whole.budgets if wanted.takes(one))
    rows = shares_of(budgets, whole.founded, whole.hinted, dict(whole.names))
    return Shares(filters=wanted.filters, rows=rows[: wanted.rows], rows_in_all=len(rows))
