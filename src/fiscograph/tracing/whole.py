"""The graph of a whole release: policy document → project budget → unit → department.

It is held in memory whole, and serves the export of a release's graph and overviews where there is
no index. What many filings are asked for comes from the index (:mod:`fiscograph.tracing.index`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import networkx as nx

from fiscograph.queries import QueryEngine
from fiscograph.tracing.answers import FundedProject
from fiscograph.tracing.asked import stream
from fiscograph.tracing.documents import Document, Documents

DOCUMENT, BUDGET, UNIT, DEPARTMENT = "policy", "project-budget", "unit", "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What sums need of a project budget. ``department`` is the competent department, else the
    unit's, else the unit itself.
    """

    iri: str
    name: str
    filing: str
    region: str | None
    region_name: str | None
    year: str | None
    phase: str | None
    unit: str | None
    department: str | None
    amount: Decimal | None
    covered: bool

    @classmethod
    def of(cls, one: FundedProject, *, department: str | None = None) -> Budget:
        """The same from a row of an answer, under the department that it is told for."""
        return cls(
            iri=one.project_budget,
            name=one.name,
            filing=one.filing,
            region=one.region,
            region_name=one.region_name,
            year=one.fiscal_year,
            phase=one.phase,
            unit=one.unit_iri,
            department=department or one.department_iri or one.unit_iri,
            amount=one.amount_cny,
            covered=one.covered,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filing:
    year: str | None
    phase: str | None
    region: str | None
    region_name: str | None
    covered: bool


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class Whole:
    """The graph, read once and kept: a release never changes.

    Nodes are IRIs with ``kind``; those of project budgets have ``budget``. ``names`` are those of
    organizations; ``inferred`` the pairs of document and project budget that only vague mentions
    link.
    """

    graph: nx.DiGraph[str]
    documents: Documents
    names: Mapping[str, str]
    inferred: frozenset[tuple[str, str]]

    @classmethod
    def load(cls, engine: QueryEngine, documents: Documents) -> Whole:
        """Read it from the store.

        Raises:
            QueryError: the store cannot be asked.
        """
        names: dict[str, str] = {}
        parents: dict[str, str] = {}
        for iri, name, _, parent in stream(engine, "every-organization"):
            if name:
                names[iri] = name
            if parent:
                parents[iri] = parent
        filings = _filings(stream(engine, "every-filing"))
        rows = stream(engine, "every-project-budget")
        budgets = _budgets(rows, filings, parents)
        bases = stream(engine, "every-legal-basis")
        hinted = stream(engine, "every-inferred-basis")
        return cls(
            graph=joined(budgets, bases),
            documents=documents,
            names=names,
            inferred=frozenset((policy, budget) for budget, policy in hinted),
        )

    @cached_property
    def budgets(self) -> tuple[Budget, ...]:
        """Every project budget, in the order of the IRIs."""
        found = nx.get_node_attributes(self.graph, "budget")
        return tuple(found[iri] for iri in sorted(found))

    def pairs(self) -> Iterator[tuple[Document, Budget]]:
        """Every document with every project budget that rests on it."""
        nodes = self.graph.nodes
        for iri, document in self.documents.by_iri.items():
            if iri in self.graph:
                for budget in self.graph.successors(iri):
                    yield document, nodes[budget]["budget"]

    @cached_property
    def hinted(self) -> frozenset[str]:
        """The project budgets that rest on inferred documents alone."""
        found = {budget for _, budget in self.inferred}
        return frozenset(
            budget
            for budget in found
            if budget in self.graph
            and all((policy, budget) in self.inferred for policy in self.graph.predecessors(budget))
        )

    @cached_property
    def founded(self) -> frozenset[str]:
        """The project budgets that rest on a document."""
        return frozenset(budget.iri for _, budget in self.pairs())


def joined(budgets: Iterable[Budget], bases: Iterable[tuple[str, ...]]) -> nx.DiGraph[str]:
    """The graph of project budgets and of pairs of project budget and document."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in budgets:
        graph.add_node(one.iri, kind=BUDGET, budget=one)
        last = one.iri
        for kind, iri in ((UNIT, one.unit), (DEPARTMENT, one.department)):
            if iri is None or iri == last:
                continue
            if iri not in graph:
                graph.add_node(iri, kind=kind)
            graph.add_edge(last, iri)
            last = iri
    for budget, policy in bases:
        if budget in graph:
            graph.add_node(policy, kind=DOCUMENT)
            graph.add_edge(policy, budget)
    return graph


def _filings(rows: Iterable[tuple[str, ...]]) -> Mapping[str, _Filing]:
    return {
        filing: _Filing(
            year=year or None,
            phase=phase.rpartition("/")[2] or None,
            region=region or None,
            region_name=name or None,
            covered=bool(covered),
        )
        for filing, year, phase, region, name, covered in rows
    }


def _budgets(
    rows: Iterable[tuple[str, ...]], filings: Mapping[str, _Filing], parents: Mapping[str, str]
) -> Iterator[Budget]:
    for iri, name, filing, unit, department, amount in rows:
        told = filings[filing]
        yield Budget(
            iri=iri,
            name=name,
            filing=filing,
            region=told.region,
            region_name=told.region_name,
            year=told.year,
            phase=told.phase,
            unit=unit or None,
            department=department or parents.get(unit) or unit or None,
            amount=Decimal(amount) if amount else None,
            covered=told.covered,
        )
