"""Project budgets: what one filing says of one project."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fiscograph.budget import FilingFacts, OrganizationKey, ProjectBudget
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import decimal, integer, plain, zh
from fiscograph.mapping.scope import Scope
from fiscograph.mapping.text_field import text_pairs
from fiscograph.vocabulary import DCTERMS, FG, PROV, RDF
from fiscograph.vocabulary.printed_names import project_type


def map_project_budget(budget: ProjectBudget, facts: FilingFacts, scope: Scope) -> Iterator[Triple]:
    """The legal bases are the documents that the project budget's own citations resolve to."""
    ids = scope.ids
    places = [part.place for part in budget.funding]
    primary = [] if budget.amount_place is None else [budget.amount_place]
    return describe(
        scope.budgets[budget.key],
        (RDF.type, FG.ProjectBudget),
        (FG.filing, scope.node),
        (FG.project, scope.projects[budget.key]),
        (FG.source, NamedNode(ids.source(budget.source))),
        (DCTERMS.identifier, plain(budget.code)),
        (DCTERMS.title, zh(budget.name)),
        *each(DCTERMS.alternative, (zh(name) for name in budget.other_names)),
        (FG.responsibleUnit, _organization(budget.unit, scope)),
        (FG.competentDepartment, _organization(budget.department, scope)),
        (FG.projectType, _project_type(budget, scope)),
        (FG.projectTypePrinted, plain(budget.category)),
        (FG.budgetAmount, decimal(budget.amount.yuan if budget.amount else None)),
        (FG.upperFunds, _part(budget, "upper")),
        (FG.ownFunds, _part(budget, "own")),
        (FG.otherFunds, _part(budget, "other")),
        *each(PROV.wasDerivedFrom, scope.described((*primary, *places))),
        *each(PROV.hadPrimarySource, scope.described(primary)),
        *text_pairs(budget.texts, scope),
        (FG.starts, plain(budget.starts)),
        (FG.ends, plain(budget.ends)),
        (FG.line, integer(_own_line(budget))),
        *each(
            FG.relatedLine,
            (integer(line) for line in budget.lines if line != _own_line(budget)),
        ),
        *each(FG.legalBasis, _legal_basis(budget, facts, scope)),
        *each(FG.hasIndicator, _indicators(budget, facts, scope)),
    )


def _own_line(budget: ProjectBudget) -> int:
    """The one line that a reader is led to: that of the amount, else the first of all."""
    return budget.amount_place.line if budget.amount_place is not None else budget.lines[0]


def _organization(key: OrganizationKey | None, scope: Scope) -> NamedNode | None:
    return None if key is None else NamedNode(scope.ids.organization(key))


def _project_type(budget: ProjectBudget, scope: Scope) -> NamedNode | None:
    key = project_type(budget.category)
    return None if key is None else NamedNode(scope.ids.concept(key))


def _part(budget: ProjectBudget, name: str) -> Literal | None:
    part = budget.part(name)
    return None if part is None else decimal(part.amount.yuan)


def _legal_basis(budget: ProjectBudget, facts: FilingFacts, scope: Scope) -> Iterator[NamedNode]:
    for citation in facts.citations:
        if citation.project == budget.key and citation.policy is not None:
            yield NamedNode(scope.ids.policy(citation.policy))


def _indicators(budget: ProjectBudget, facts: FilingFacts, scope: Scope) -> Iterator[NamedNode]:
    for indicator in facts.indicators:
        if indicator.project == budget.key:
            yield NamedNode(scope.ids.indicator(indicator))
