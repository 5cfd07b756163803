"""What tracing says of a thing, for its page: a document's money, a project's basis, a department's
share; each beside the queries that give the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from fiscograph.queries import text
from fiscograph.serving.sections import run_link
from fiscograph.serving.site import Site
from fiscograph.serving.words import Word
from fiscograph.tracing import (
    Answer,
    Document,
    Funding,
    OrganizationDocuments,
    Part,
    ProjectBasis,
)
from fiscograph.vocabulary import FG, ORG

FLOW = "/trace/flow"
# A document's projects on one page: its answer takes some 0.1 ms for each.
ROWS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query of ours with its values bound: what it gives, its text, where it can be run."""

    word: Word
    text: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The part of a document's projects that a page shows: the ``first`` to the ``last``; the pages
    before and after it.
    """

    first: int
    last: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An answer of tracing on a page; ``flow`` is the address of its picture's data, ``api`` that
    of the same answer for programs. ``sheet`` says which projects are shown where not all are.
    """

    kind: str
    answer: Answer
    queries: tuple[Asked, ...]
    api: str
    flow: str | None = None
    sheet: Sheet | None = None


def traced(site: Site, iri: str, types: Iterable[str]) -> Traced | None:
    """What tracing says of a thing; None where it is no document, project or organization.

    Raises:
        QueryError: the store cannot be asked.
    """
    for name in types:
        match NamedNode(name):
            case FG.PolicyDocument:
                known = site.tracer.documents.by_iri.get(iri)
                return None if known is None else of_document(site, known)
            case FG.Project | FG.ProjectBudget:
                return _of_project(site.tracer.basis(iri), iri, name == FG.Project.value)
            case ORG.FormalOrganization | ORG.OrganizationalUnit:
                return _of_organization(site.tracer.of_organization(iri), iri)
    return None


def of_document(site: Site, document: Document, page: int = 1) -> Traced:
    """What a document funds, with its picture where there is money to draw.

    Raises:
        QueryError: the store cannot be asked.
    """
    part = Part.page(page, ROWS)
    answer = site.tracer.funding(document, part)
    iri = document.iri
    drawn = any(total.amount_cny > 0 for total in answer.totals)
    return Traced(
        kind="document",
        answer=answer,
        queries=(
            _asked("合计", "totals", "funding-totals", document=iri),
            _asked("项目", "projects", "funding-of-document", policy=iri),
            _asked("依据的原句所在", "mentions", "mentions-of-document", policy=iri),
            *(
                _asked(
                    f"经由 {one.label} 的项目", "through it", "funding-of-document", policy=one.iri
                )
                for one in answer.carriers
            ),
        ),
        api=_api("document", iri),
        flow=f"{FLOW}?{urlencode({'document': iri})}" if drawn else None,
        sheet=_sheet(answer, part, page),
    )


def _sheet(answer: Funding, part: Part, page: int) -> Sheet | None:
    if len(answer.projects) == answer.rows_in_all:
        return None
    last = part.skipped + len(answer.projects)

    def address(number: int) -> str:
        return f"/trace?{urlencode({'q': answer.document.iri, 'page': number})}"

    return Sheet(
        first=part.skipped + 1,
        last=last,
        before=address(page - 1) if page > 1 else None,
        after=address(page + 1) if last < answer.rows_in_all else None,
    )


def _of_project(answer: ProjectBasis, iri: str, identity: bool) -> Traced:
    name = "project" if identity else "budget"
    budgets = [one.project_budget for one in answer.projects]
    return Traced(
        kind="project",
        answer=answer,
        queries=(
            _asked("金额与印出处", "amounts", "budgets-with-money", **{name: iri}),
            *(_asked("依据", "basis", "mentions-of-budget", budget=one) for one in budgets),
        ),
        api=_api("project", iri),
    )


def _of_organization(answer: OrganizationDocuments, iri: str) -> Traced:
    return Traced(
        kind="organization",
        answer=answer,
        queries=(
            _asked("合计与占比", "totals and share", "organization-totals", organization=iri),
            _asked("项目", "projects", "budgets-of-organization", organization=iri),
            _asked("依据", "basis", "bases-of-organization", organization=iri),
        ),
        api=_api("organization", iri),
    )


def _asked(zh: str, en: str, query: str, **bindings: str) -> Asked:
    return Asked(word=Word(zh=zh, en=en), text=text(query), run=run_link(query, **bindings))


def _api(kind: str, iri: str) -> str:
    return f"/api/trace/{kind}?{urlencode({'q': iri})}"
