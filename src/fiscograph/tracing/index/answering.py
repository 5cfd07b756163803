"""Answers from the index: a document's funding, and the overviews of a release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fiscograph.tracing.answers import (
    DocumentMoney,
    FundedProject,
    Funding,
    Part,
    Ranking,
    RegionMoney,
    Share,
    Shares,
    Total,
    Unfounded,
    Unfoundeds,
    UnionTotal,
)
from fiscograph.tracing.details import basis_of, with_details
from fiscograph.tracing.documents import Document, Documents, Step
from fiscograph.tracing.funding import funding_of, labels_of
from fiscograph.tracing.index import sql
from fiscograph.tracing.index.file import IndexFile
from fiscograph.tracing.index.told import documents_read, read
from fiscograph.tracing.money import share_of
from fiscograph.tracing.overview import Choices, Wanted, within

# A row of SQLite; the columns are those of its SELECT.
_Row = tuple[Any, ...]


def documents_of(index: IndexFile) -> Documents:
    """All policy documents of the release.

    Raises:
        IndexUnreadable: the index cannot be read.
    """
    texts = (said for (said,) in index.rows(sql.DOCUMENTS))
    relations = (said for (said,) in index.rows(sql.RELATIONS))
    return documents_read(texts, relations, index.rows(sql.POSSIBLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedAnswers:
    """The same answers as those from the store, in time that grows with what is shown.

    Every method raises :class:`IndexUnreadable` where the index cannot be read.
    """

    index: IndexFile
    documents: Documents

    def funding(self, document: Document, part: Part) -> Funding:
        """What a document funds; totals are over all rows, whatever part is told."""
        ways: Mapping[str, tuple[Step, ...]] = {
            document.iri: (),
            **self.documents.carriers(document.iri),
        }
        values: dict[str, object] = {"own": document.iri, "ways": json.dumps(list(ways))}
        totals = tuple(self._total(row) for row in self.index.rows(sql.FUNDING_TOTALS, values))
        # SQLite takes a negative limit as none.
        values.update(most=-1 if part.most is None else part.most, skipped=part.skipped)
        return funding_of(
            self.documents,
            document,
            totals=totals,
            rows=self._projects(self.index.rows(sql.FUNDING_ROWS, values), ways),
            rows_in_all=sum(one.projects + one.covered for one in totals),
        )

    def ranking(self, wanted: Wanted, *, shared: bool = False) -> Ranking:
        """Documents by money; with ``shared`` only those behind projects of several regions."""
        values = self._values(wanted)
        within = wanted.region is not None
        found = self.index.rows(sql.ranking(shared=shared, within=within), values)
        counted = self.index.rows(sql.union_documents(shared=shared, within=within), values)
        counts = {(year, phase): documents for year, phase, documents in counted}
        every = wanted.level is None
        unions = self.index.rows(sql.unions(shared=shared, every=every), values)
        return Ranking(
            filters=wanted.filters,
            unions=tuple(self._union(row, counts.get(row[:2], 0)) for row in unions),
            rows=tuple(self._document_money(row, values) for row in found),
            rows_in_all=found[0][-1] if found else 0,
        )

    def without_basis(self, wanted: Wanted) -> Unfoundeds:
        """Project budgets that rest on no document, the most money first."""
        values = self._values(wanted)
        unions = tuple(
            self._union(row, 0) for row in self.index.rows(sql.WITHOUT_BASIS_UNIONS, values)
        )
        return Unfoundeds(
            filters=wanted.filters,
            unions=unions,
            rows=tuple(self._unfounded(row) for row in self.index.rows(sql.WITHOUT_BASIS, values)),
            rows_in_all=sum(one.projects + one.covered for one in unions),
        )

    def shares(self, wanted: Wanted) -> Shares:
        """How much of each department's project money has a document behind it."""
        found = self.index.rows(sql.SHARES, self._values(wanted))
        return Shares(
            filters=wanted.filters,
            rows=tuple(self._share(row) for row in found),
            rows_in_all=found[0][-1] if found else 0,
        )

    def choices(self) -> Choices:
        """What overviews can be narrowed by."""
        found = {
            name: self.index.rows(text)
            for name, text in (
                ("years", sql.YEARS),
                ("phases", sql.PHASES),
                ("regions", sql.FILING_REGIONS),
            )
        }
        return Choices(
            years=tuple(year for (year,) in found["years"]),
            phases=tuple(phase for (phase,) in found["phases"]),
            regions=tuple((iri, name) for iri, name in found["regions"]),
        )

    def _values(self, wanted: Wanted) -> dict[str, object]:
        """The filters as the SQL takes them."""
        regions = None
        if wanted.region is not None:
            known = self.index.rows("SELECT id, iri FROM region")
            regions = json.dumps([at for at, iri in known if within(iri, wanted.region)])
        return {
            "year": wanted.year,
            "phase": wanted.phase,
            "level": wanted.level,
            "regions": regions,
            "rows": wanted.rows,
        }

    def _total(self, row: _Row) -> Total:
        year, phase, money, stated, projects, inferred, without, covered, direct = row
        return Total(
            fiscal_year=year or None,
            phase=phase or None,
            projects=projects,
            amount_cny=self.index.yuan(money),
            direct_cny=self.index.yuan(direct),
            through_cny=self.index.yuan(money - direct),
            stated_cny=self.index.yuan(stated),
            inferred=inferred,
            without_amount=without,
            covered=covered,
        )

    def _projects(
        self, found: list[_Row], ways: Mapping[str, tuple[Step, ...]]
    ) -> tuple[FundedProject, ...]:
        budgets = json.dumps([budget for budget, _ in found])
        cited: dict[int, list[str]] = {}
        for budget, iri in self.index.rows(sql.DOCUMENTS_OF, {"budgets": budgets}):
            cited.setdefault(budget, []).append(iri)
        return tuple(self._project(said, cited[budget], ways) for budget, said in found)

    def _project(
        self, said: str, cited: list[str], ways: Mapping[str, tuple[Step, ...]]
    ) -> FundedProject:
        told = read(said)
        bases = [basis_of(self.documents.by_iri[iri], ways[iri]) for iri in cited if iri in ways]
        one = with_details(told.project, told.details, bases)
        others = (iri for iri in cited if iri not in ways)
        return replace(one, other_documents=labels_of(self.documents, others))

    def _document_money(self, row: _Row, values: Mapping[str, object]) -> DocumentMoney:
        iri, at, year, phase, money, stated, projects, inferred, without, covered, _, _ = row
        document = self.documents.by_iri[iri]
        group = {**values, "document": at, "year": year, "phase": phase}
        ((departments,),) = self.index.rows(sql.DEPARTMENTS, group)
        return DocumentMoney(
            document=iri,
            label=document.label,
            title=document.title,
            level=document.level,
            issuer=document.issuer,
            fiscal_year=year or None,
            phase=phase or None,
            amount_cny=self.index.yuan(money),
            stated_cny=self.index.yuan(stated),
            projects=projects,
            inferred=inferred,
            without_amount=without,
            covered=covered,
            regions=tuple(
                RegionMoney(
                    region=region, name=name, amount_cny=self.index.yuan(part), projects=count
                )
                for region, name, part, count in self.index.rows(sql.REGIONS, group)
            ),
            departments=departments,
        )

    def _union(self, row: _Row, documents: int) -> UnionTotal:
        year, phase, money, stated, projects, inferred, _, covered = row
        return UnionTotal(
            fiscal_year=year or None,
            phase=phase or None,
            amount_cny=self.index.yuan(money),
            stated_cny=self.index.yuan(stated),
            projects=projects,
            inferred=inferred,
            documents=documents,
            covered=covered,
        )

    def _unfounded(self, row: _Row) -> Unfounded:
        (budget, name, filing, year, phase, region, region_name, iri, label, amount, covered) = row
        return Unfounded(
            project_budget=budget,
            name=name,
            filing=filing,
            fiscal_year=year or None,
            phase=phase or None,
            region=region,
            region_name=region_name,
            organization=iri,
            organization_name=label,
            amount_cny=None if amount is None else self.index.yuan(amount),
            covered=bool(covered),
        )

    def _share(self, row: _Row) -> Share:
        (iri, name, region, region_name, year, phase, money, founded, stated, *counts) = row
        projects, with_basis, inferred, without, covered, _ = counts
        every, based, named = (self.index.yuan(part) for part in (money, founded, stated))
        return Share(
            department=iri,
            name=name,
            region=region,
            region_name=region_name,
            fiscal_year=year or None,
            phase=phase or None,
            amount_cny=every,
            with_basis_cny=based,
            share=share_of(based, every),
            stated_cny=named,
            stated_share=share_of(named, every),
            projects=projects,
            with_basis=with_basis,
            inferred=inferred,
            without_amount=without,
            covered=covered,
        )
