"""The graph of a whole release, with all that an answer's graph tells, for programs that draw or
measure graphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import networkx as nx

from fiscograph.queries import QueryEngine
from fiscograph.tracing.asked import stream
from fiscograph.tracing.graphs import (
    DESCRIBES,
    FUNCTION,
    FUNDS,
    INDICATOR,
    indicator_label,
)
from fiscograph.tracing.whole import BUDGET, DOCUMENT, Budget, Whole


def graph_of_all(engine: QueryEngine, whole: Whole) -> nx.DiGraph[str]:
    """Every document, project budget, unit, department, stated function and indicator, by IRI.

    Nodes have ``kind`` and ``label``, project budgets also ``amount_cny``, ``fiscal_year``,
    ``phase``, ``region`` and ``covered``. Edges have ``relation``; those from a document to a
    project budget also ``score`` and ``inferred``, those to a function ``amount_cny``. Values are
    texts, as GraphML has them; what is not known is left out.

    All of it is held in memory, as networkx does: it grows with the release. Answers about one
    document, organization or overview do not.

    Args:
        engine: over the release.
        whole: what is kept of it.

    Raises:
        QueryError: the store cannot be asked.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for iri, document in whole.documents.by_iri.items():
        graph.add_node(iri, kind=DOCUMENT, label=document.label)
        for step in whole.documents.steps_up(iri):
            graph.add_node(step.of, kind=DOCUMENT)
            graph.add_edge(step.of, step.document, relation=step.relation)
    for iri, data in whole.graph.nodes(data=True):
        if data["kind"] == BUDGET:
            graph.add_node(iri, kind=BUDGET, **_facts(data["budget"]))
        else:
            known = graph.nodes.get(iri, {}).get("label")
            label = known or whole.names.get(iri, iri)
            graph.add_node(iri, kind=data["kind"], label=label)
    for start, end in whole.graph.edges:
        graph.add_edge(start, end, relation=FUNDS)
    for budget, policy, score in stream(engine, "every-basis-score"):
        if graph.has_edge(policy, budget):
            inferred = str((policy, budget) in whole.inferred).lower()
            graph.add_edge(policy, budget, score=f"{float(score):g}", inferred=inferred)
    _add_functions(graph, stream(engine, "functions-of-budget"))
    for row in stream(engine, "targets-of-budget"):
        budget, indicator, name, operator, target, unit = row[:6]
        if budget in graph:
            label = indicator_label(name, operator, target, unit)
            graph.add_node(indicator, kind=INDICATOR, label=label)
            graph.add_edge(budget, indicator, relation=DESCRIBES)
    return graph


def _facts(budget: Budget) -> dict[str, str]:
    known = {
        "label": budget.name,
        "amount_cny": None if budget.amount is None else format(budget.amount, "f"),
        "fiscal_year": budget.year,
        "phase": budget.phase,
        "region": budget.region,
        "covered": str(budget.covered).lower(),
    }
    return {name: text for name, text in known.items() if text is not None}


def _add_functions(graph: nx.DiGraph[str], rows: Iterator[tuple[str, ...]]) -> None:
    """Functions that the filings state for projects; an allocation counts once."""
    sums: dict[tuple[str, str], dict[str, Decimal]] = {}
    for budget, allocation, concept, code, name, amount in rows:
        if budget in graph:
            graph.add_node(concept, kind=FUNCTION, label=f"{code} {name}".strip() or concept)
            sums.setdefault((budget, concept), {})[allocation] = Decimal(amount)
    for (budget, concept), amounts in sums.items():
        total = format(sum(amounts.values(), Decimal(0)), "f")
        graph.add_edge(budget, concept, relation=FUNDS, amount_cny=total)
