"""Answers about one thing: what a document funds, what a project rests on, what stands behind the
projects of an organization.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import NamedNode

from fiscograph.queries import QueryEngine
from fiscograph.tracing.answers import (
    ALL_ROWS,
    Basis,
    FundedProject,
    Funding,
    OrganizationDocuments,
    Part,
    ProjectBasis,
    Total,
    only_total,
    totals_of,
)
from fiscograph.tracing.asked import Row, ask, required
from fiscograph.tracing.details import (
    Details,
    basis_of,
    details,
    in_order,
    mentions_of,
    projects_of,
    with_details,
)
from fiscograph.tracing.documents import Document, Documents, Step
from fiscograph.tracing.money import ranked, shares_of
from fiscograph.tracing.whole import Budget


def funding(
    engine: QueryEngine, documents: Documents, document: Document, part: Part = ALL_ROWS
) -> Funding:
    """What a document funds: directly, and through documents that hand it on. Totals are over all
    rows, whatever ``part`` of them is told.

    Raises:
        QueryError: the store cannot be asked.
    """
    carriers = documents.carriers(document.iri)
    ways = {document.iri: (), **carriers}
    found: dict[str, FundedProject] = {}
    others: dict[str, set[str]] = {}
    for iri, steps in ways.items():
        if (carrier := documents.by_iri.get(iri)) is not None:
            _add_resting_on(engine, carrier, steps, found, others)
    rows = tuple(
        replace(one, other_documents=labels_of(documents, others.get(budget, set()) - set(ways)))
        for budget, one in found.items()
    )
    rows = tuple(sorted(rows, key=lambda one: (one.relation, *in_order(one))))
    shown = rows[part.skipped :] if part.most is None else rows[part.skipped :][: part.most]
    return funding_of(
        documents, document, totals=totals_of(rows), rows=shown, rows_in_all=len(rows)
    )


def funding_of(
    documents: Documents,
    document: Document,
    *,
    totals: tuple[Total, ...],
    rows: tuple[FundedProject, ...],
    rows_in_all: int,
) -> Funding:
    """The answer for a document, from its rows and the totals over all of them."""
    carriers, chains = documents.carriers(document.iri), documents.chains(document.iri)
    return Funding(
        number=document.number,
        policies=(document.iri,),
        titles=document.titles,
        issuers=() if document.issuer is None else (document.issuer,),
        document=document,
        total_cny=only_total(totals),
        totals=totals,
        projects=rows,
        rows_in_all=rows_in_all,
        carriers=tuple(documents.by_iri[iri] for iri in carriers if iri in documents.by_iri),
        chains=chains,
        relations=documents.told((*carriers.values(), *chains)),
        possible=documents.possible.get(document.iri, ()),
        documents=_mentioned(documents, (*carriers, *_ends(chains))),
    )


def _add_resting_on(
    engine: QueryEngine,
    document: Document,
    steps: tuple[Step, ...],
    found: dict[str, FundedProject],
    others: dict[str, set[str]],
) -> None:
    """Add the project budgets that cite a document to ``found``; the further documents that they
    cite go to ``others``.
    """

    def bound(name: str) -> tuple[Row, ...]:
        return ask(engine, name, policy=NamedNode(document.iri))

    projects = projects_of(bound("funding-of-document"))
    if not projects:
        return
    told = details(bound, "document")
    for row in bound("bases-beside"):
        others.setdefault(required(row, "budget"), set()).add(required(row, "other"))
    for budget, one in projects.items():
        found[budget] = with_details(found.get(budget, one), told, [basis_of(document, steps)])


def basis(engine: QueryEngine, documents: Documents, project: str) -> ProjectBasis:
    """What a project, or one project budget, rests on.

    Args:
        engine: over the release.
        documents: all that the release knows.
        project: the IRI of a project or of a project budget.

    Raises:
        QueryError: the store cannot be asked.
    """
    node = NamedNode(project)
    rows = ask(engine, "budgets-with-money", project=node) or ask(
        engine, "budgets-with-money", budget=node
    )
    found = projects_of(rows)
    told = {budget: _told(engine, budget) for budget in found}
    projects = tuple(
        with_details(one, told[budget], _bases(budget, told[budget], documents))
        for budget, one in found.items()
    )
    cited = dict.fromkeys(basis.document for one in projects for basis in one.bases)
    chains = tuple(chain for iri in cited for chain in documents.chains(iri))
    totals = totals_of(projects)
    return ProjectBasis(
        project=project,
        name=projects[-1].name if projects else None,
        total_cny=only_total(totals),
        totals=totals,
        projects=projects,
        chains=chains,
        relations=documents.told(chains),
        documents=_mentioned(documents, (*cited, *_ends(chains))),
    )


def _told(engine: QueryEngine, budget: str) -> Details:
    return details(lambda name: ask(engine, name, budget=NamedNode(budget)), "budget")


def _bases(budget: str, told: Details, documents: Documents) -> list[Basis]:
    cited = told.mentions.get(budget, {})
    known = (documents.by_iri[iri] for iri in cited if iri in documents.by_iri)
    return [basis_of(one) for one in known]


def of_organization(
    engine: QueryEngine, documents: Documents, organization: str, name: str | None
) -> OrganizationDocuments:
    """The documents behind the projects of a department or unit.

    Raises:
        QueryError: the store cannot be asked.
    """

    def bound(query: str) -> tuple[Row, ...]:
        return ask(engine, query, organization=NamedNode(organization))

    found = projects_of(bound("budgets-of-organization"))
    edges = {(row["budget"], row.get("policy")) for row in bound("bases-of-organization")}
    mentions = [
        row
        for row in bound("mentions-of-organization")
        if "policy" in row and (row["budget"], row["policy"]) in edges
    ]
    told = Details(mentions=mentions_of(mentions, bound("texts-of-organization")))
    projects = tuple(
        with_details(one, told, _bases(budget, told, documents)) for budget, one in found.items()
    )
    budgets = [Budget.of(one, department=organization) for one in projects]
    bases = {one.project_budget: [basis.document for basis in one.bases] for one in projects}
    cited = dict.fromkeys(iri for iris in bases.values() for iri in iris)
    inferred = {
        (basis.document, one.project_budget)
        for one in projects
        for basis in one.bases
        if basis.inferred
    }
    totals = totals_of(projects)
    return OrganizationDocuments(
        organization=organization,
        name=name,
        total_cny=only_total(totals),
        totals=totals,
        shares=shares_of(
            budgets,
            {one.project_budget for one in projects if one.bases},
            {one.project_budget for one in projects if one.inferred},
            {organization: name},
        ),
        ranking=ranked(
            ((documents.by_iri[iri], budget) for budget in budgets for iri in bases[budget.iri]),
            inferred=inferred,
        )[0],
        projects=projects,
        documents=_mentioned(documents, cited),
    )


def labels_of(documents: Documents, iris: Iterable[str]) -> tuple[str, ...]:
    """The labels of those documents that are known, sorted."""
    known = (documents.by_iri[iri].label for iri in iris if iri in documents.by_iri)
    return tuple(sorted(known))


def _mentioned(documents: Documents, iris: Iterable[str]) -> tuple[Document, ...]:
    return tuple(documents.by_iri[iri] for iri in dict.fromkeys(iris) if iri in documents.by_iri)


def _ends(chains: Iterable[tuple[Step, ...]]) -> list[str]:
    return [step.of for chain in chains for step in chain]
