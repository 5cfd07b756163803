"""One named graph per filing: only subjects of that filing and of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from fiscograph.budget import FilingFacts
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.allocation import map_allocation
from fiscograph.mapping.check import map_check
from fiscograph.mapping.citation import map_citation
from fiscograph.mapping.filing import (
    map_filing_itself,
    map_printed_total,
    map_run,
    map_source,
)
from fiscograph.mapping.finding import map_finding
from fiscograph.mapping.indicator import map_indicator
from fiscograph.mapping.printed_amount import map_printed_amount
from fiscograph.mapping.project_budget import map_project_budget
from fiscograph.mapping.scope import Scope
from fiscograph.mapping.statement import map_statement
from fiscograph.mapping.table import map_table


def map_filing(facts: FilingFacts, ids: Identifiers, *, program_version: str) -> tuple[Quad, ...]:
    """The graph of a filing, sorted; contacts never appear in it.

    Raises:
        KeyError: a citation, indicator or allocation names a project budget that is not there.
    """
    graph = ids.filing_graph(facts.filing.id)
    return in_graph(_triples(facts, Scope.of(facts, ids), program_version), graph)


def in_graph(triples: Iterable[Triple], graph: str) -> tuple[Quad, ...]:
    """The triples as quads of one graph, each once, sorted by their N-Quads form."""
    name = NamedNode(graph)
    unique = {str(triple): triple for triple in triples}
    return tuple(
        Quad(triple.subject, triple.predicate, triple.object, name)
        for _, triple in sorted(unique.items(), key=lambda item: item[0])
    )


def _triples(facts: FilingFacts, scope: Scope, program_version: str) -> Iterator[Triple]:
    yield from map_filing_itself(facts.filing, facts.targets, scope)
    yield from map_run(facts.filing, scope, program_version)
    for source in facts.filing.sources:
        yield from map_source(source, scope)
    yield from _evidence(facts, scope)
    yield from _meaning(facts, scope)


def _evidence(facts: FilingFacts, scope: Scope) -> Iterator[Triple]:
    for table in facts.tables:
        yield from map_table(table, scope)
    for amount in facts.printed_amounts:
        yield from map_printed_amount(amount, scope)
    for total in facts.printed_totals:
        yield from map_printed_total(total, scope)
    for citation in facts.citations:
        yield from map_citation(citation, scope)
    for statement in facts.statements:
        yield from map_statement(statement, scope)


def _meaning(facts: FilingFacts, scope: Scope) -> Iterator[Triple]:
    for allocation in facts.allocations:
        yield from map_allocation(allocation, scope)
    for budget in facts.projects:
        yield from map_project_budget(budget, facts, scope)
    for indicator in facts.indicators:
        yield from map_indicator(indicator, scope)
    for check in facts.checks:
        yield from map_check(check, scope)
    for finding in facts.findings:
        yield from map_finding(finding, scope)
