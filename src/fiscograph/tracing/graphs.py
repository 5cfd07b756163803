"""An answer as a networkx graph: policy → project budget → unit → department, and functions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import networkx as nx

from fiscograph.tracing.answers import (
    FundedProject,
    Funding,
    OrganizationDocuments,
    ProjectBasis,
)
from fiscograph.tracing.documents import Document, Step
from fiscograph.tracing.whole import BUDGET, DEPARTMENT, DOCUMENT, UNIT

FUNCTION, INDICATOR = "function", "indicator"
FUNDS, DESCRIBES = "funds", "has-indicator"
_WORDS = {
    "forwards": "转发",
    "promulgates": "印发",
    "implements": "贯彻落实",
    "based-on": "依据",
    DESCRIBES: "绩效指标",
}


def graph_of(answer: Funding | ProjectBasis | OrganizationDocuments) -> nx.DiGraph[str]:
    """The graph of an answer, by IRI.

    Nodes have ``kind`` and ``label``; edges have ``relation``. The edge from a document to a
    project budget has ``amount``, the whole amount in yuan (None where none is printed),
    ``mentions``, the citations that make it, and their ``score`` and ``inferred``. Edges from there on have ``amounts`` by year and
    phase: sums over the project budgets that no other filing covers. Functions are those that the
    filings state for projects; indicators hang on their project budgets.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    labels = {one.iri: one for one in answer.documents}
    if isinstance(answer, Funding):
        labels[answer.document.iri] = answer.document
        _add_document(graph, answer.document.iri, labels)
    if isinstance(answer, Funding | ProjectBasis):
        for step in (step for chain in answer.chains for step in chain):
            _add_step(graph, step, labels)
    for one in answer.projects:
        _add_project(graph, one, labels)
    return graph


def _add_document(graph: nx.DiGraph[str], iri: str, labels: Mapping[str, Document]) -> None:
    label = labels[iri].label if iri in labels else iri
    graph.add_node(iri, kind=DOCUMENT, label=label)


def _add_step(graph: nx.DiGraph[str], step: Step, labels: Mapping[str, Document]) -> None:
    """From the higher document to the one that hands it on: the way that money goes."""
    for iri in (step.of, step.document):
        _add_document(graph, iri, labels)
    graph.add_edge(step.of, step.document, relation=step.relation)


def _add_project(
    graph: nx.DiGraph[str], one: FundedProject, labels: Mapping[str, Document]
) -> None:
    budget = one.project_budget
    graph.add_node(budget, kind=BUDGET, label=one.name)
    for basis in one.bases:
        for step in basis.steps:
            _add_step(graph, step, labels)
        graph.add_node(basis.document, kind=DOCUMENT, label=basis.label)
        mentions = tuple(m.citation for m in one.via if m.document == basis.document)
        graph.add_edge(
            basis.document,
            budget,
            relation=FUNDS,
            amount=one.amount_cny,
            mentions=mentions,
            score=basis.score,
            inferred=basis.inferred,
        )
    for function in one.functions:
        label = " ".join(filter(None, (function.code, function.name))) or function.concept
        graph.add_node(function.concept, kind=FUNCTION, label=label)
        _add_money(graph, budget, function.concept, one, function.amount_cny)
    for indicator in one.indicators:
        label = indicator_label(
            indicator.name, indicator.operator, indicator.target, indicator.unit
        )
        graph.add_node(indicator.indicator, kind=INDICATOR, label=label)
        graph.add_edge(budget, indicator.indicator, relation=DESCRIBES)
    last = budget
    steps = ((UNIT, one.unit_iri, one.unit), (DEPARTMENT, one.department_iri, one.department))
    for kind, iri, name in steps:
        if iri is None or iri == last:
            continue
        if iri not in graph:
            graph.add_node(iri, kind=kind, label=name or iri)
        _add_money(graph, last, iri, one, one.amount_cny)
        last = iri


def _add_money(
    graph: nx.DiGraph[str], start: str, end: str, one: FundedProject, amount: Decimal | None
) -> None:
    if not graph.has_edge(start, end):
        graph.add_edge(start, end, relation=FUNDS, amounts={})
    if one.covered or amount is None:
        return
    amounts = graph.edges[start, end]["amounts"]
    when = (one.fiscal_year, one.phase)
    amounts[when] = amounts.get(when, Decimal(0)) + amount


def indicator_label(name: str, operator: str | None, target: str | None, unit: str | None) -> str:
    """An indicator with its target.

    >>> indicator_label("补贴发放及时率", "≥", "95", "%")
    '补贴发放及时率 ≥95%'
    """
    return f"{name} {operator or ''}{target or ''}{unit or ''}".strip()


def sureness(score: float, inferred: bool) -> str:
    """How sure a link is, for people; nothing where it is certain.

    >>> sureness(0.6, True), sureness(0.9, False), sureness(1.0, False)
    ('推断 0.6', '把握 0.9', '')
    """
    return "" if score >= 1 else f"{'推断' if inferred else '把握'} {score:g}"


def told(data: Mapping[str, Any]) -> str:
    """What an edge of the graph says, for people; the year where there are several."""
    if data["relation"] in _WORDS:
        return _WORDS[data["relation"]]
    if "score" in data:
        amount = "" if data.get("amount") is None else f"{data['amount']:,f} 元"
        return " ".join(filter(None, (amount, sureness(data["score"], data["inferred"]))))
    amounts = data.get("amounts", {})
    if len(amounts) == 1:
        return f"{next(iter(amounts.values())):,f} 元"
    return "；".join(
        f"{year or ''} {amount:,f} 元" for (year, _), amount in sorted(amounts.items())
    )
