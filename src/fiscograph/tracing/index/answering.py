"""Answers from the index: a document's funding, and the overviews of a release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscograph.tracing.answers import (
    DocumentMoney,
    FundedProject,
    Funding,
    Ranking,
    RegionMoney,
    Share,
    Shares,
    Total,
    Unfounded,
    Unfoundeds,
    UnionTotal,
    only_total,
)
from fiscograph.tracing.details import basis_of, with_details
from fiscograph.tracing.documents import Document, Documents, Step
from fiscograph.tracing.funding import funding_of
from fiscograph.tracing.index import sql
from fiscograph.tracing.index.file import IndexFile
from fiscograph.tracing.index.told import read
from fiscograph.tracing.overview import Wanted, within

_PLACES = Decimal("0.0001")
_Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows of a document's funding are wanted: ``most`` of them after the first ``skipped``;
    None takes all.
    """

    most: int | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedAnswers:
    """The same answers as those from the store, in time that grows with what is shown."""

    index: IndexFile
    documents: Documents

    def funding(self, document: Document, part: Rows) -> Funding:
        """What a document funds; totals are over all rows, whatever part is told."""
        carriers = self.documents.carriers(document.iri)
        ways = {document.iri: (), **carriers}
        values: dict[str, object] = {"own": document.iri, "ways": json.dumps(list(ways))}
        totals = tuple(self._total(row) for row in self.index.rows(sql.FUNDING_TOTALS, values))
        values.update(most=-1 if part.most is None else part.most, skipped=part.skipped)
        found = self.index.rows(sql.FUNDING_ROWS, values)
        return funding_of(
            self.documents,
            document,
            totals=totals,
            rows=tuple(self._project(row, ways) for row in found),
            rows_in_all=sum(one.projects + one.covered for one in totals),
        )
