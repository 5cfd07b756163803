"""Allocations as observations of the national cubes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import NOT_STATED, Allocation, ConceptKey, Cube, Scheme
from fiscograph.mapping.cube import CLASSIFICATION, YUAN
from fiscograph.mapping.description import Pair, describe, each
from fiscograph.mapping.literals import decimal, year, zh
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import FG, OBEU_ATTRIBUTE, PROV, QB, RDF, RDFS


def map_allocation(allocation: Allocation, scope: Scope) -> Iterator[Triple]:
    """The printed amount that won is the primary source among those that it is derived from.

    Raises:
        KeyError: an allocation by project names no project budget of the filing.
    """
    ids = scope.ids
    evidence = [NamedNode(ids.at(place)) for place in allocation.evidence]
    return describe(
        NamedNode(ids.allocation(scope.id, allocation)),
        (RDF.type, QB.Observation),
        (RDF.type, FG.Allocation),
        (QB.dataSet, NamedNode(ids.cube(allocation.cube))),
        (FG.filing, scope.node),
        (FG.organization, NamedNode(ids.organization(allocation.organization))),
        (FG.fiscalYear, year(allocation.fiscal_year)),
        (FG.budgetPhase, _built_in(Scheme.PHASE, allocation.phase.value, scope)),
        (FG.operationCharacter, _built_in(Scheme.OPERATION, allocation.operation, scope)),
        _classification(allocation, scope),
        (FG.fund, NamedNode(ids.concept(allocation.fund))),
        (FG.spendingType, NamedNode(ids.concept(allocation.spending_type))),
        (FG.amount, decimal(allocation.amount)),
        (OBEU_ATTRIBUTE.currency, YUAN),
        (RDFS.label, zh(allocation.label)),
        (FG.rule, NamedNode(ids.rule(allocation.rule))),
        *each(PROV.wasDerivedFrom, evidence),
        *each(PROV.hadPrimarySource, evidence[:1]),
    )


def _classification(allocation: Allocation, scope: Scope) -> Pair:
    if allocation.cube is Cube.PROJECT:
        return FG.project, scope.projects[allocation.project or ""]
    predicate, scheme = CLASSIFICATION[allocation.cube]
    missing = ConceptKey(scheme=scheme.value, edition=None, notation=NOT_STATED)
    return predicate, NamedNode(scope.ids.concept(allocation.classification or missing))


def _built_in(scheme: Scheme, notation: str, scope: Scope) -> NamedNode:
    key = ConceptKey(scheme=scheme.value, edition=None, notation=notation)
    return NamedNode(scope.ids.concept(key))
