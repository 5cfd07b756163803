"""What tracing says of a thing, for its page: a document's money, a project's basis, a department's
share; each beside the queries that give the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from fiscograph.queries import text
from fiscograph.serving.frame.words import Word
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import run_link
from fiscograph.tracing import (
    Answer,
    Document,
    FundedProject,
    Part,
    ProjectBasis,
)
from fiscograph.vocabulary import FG, ORG

FLOW = "/trace/flow"
# Projects on one page: each brings the sentence that says so. A department has its pictures beside.
ROWS = 50
ROWS_OF_ORGANIZATION = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query of ours with its values bound: what it gives, its text, where it can be run, and
    beside which table of the page it stands.
    """

    word: Word
    beside: str
    text: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The part of the projects that a page shows: the ``first`` to the ``last`` of ``known``; the
    pages before and after it.
    """

    first: int
    last: int
    known: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An answer of tracing on a page; ``flow`` is the address of its picture's data, ``api`` that
    of the same answer for programs. ``projects`` are those shown, ``sheet`` says which they are
    where not all are.
    """

    kind: str
    answer: Answer
    projects: tuple[FundedProject, ...]
    queries: tuple[Asked, ...]
    api: str
    flow: str | None = None
    sheet: Sheet | None = None


def traced(site: Site, iri: str, types: Iterable[str], page: int = 1) -> Traced | None:
    """What tracing says of a thing; None where it is no document, project or organization. Of many
    projects those of one ``page`` are shown, counted from 1.

    Raises:
        QueryError: the store cannot be asked.
    """
    for name in types:
        match NamedNode(name):
            case FG.PolicyDocument:
                known = site.tracer.documents.by_iri.get(iri)
                return None if known is None else of_document(site, known, page)
            case FG.Project | FG.ProjectBudget:
                return _of_project(site.tracer.basis(iri), iri, name == FG.Project.value)
            case ORG.FormalOrganization | ORG.OrganizationalUnit:
                return _of_organization(site, iri, page)
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
        projects=answer.projects,
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
        sheet=_sheet(site, iri, part, len(answer.projects), answer.rows_in_all),
    )


def flow_address(organization: str, filing: str | None = None) -> str:
    """Where the picture of an organization's projects finds its data; of one filing where named."""
    asked = {"organization": organization} | ({} if filing is None else {"filing": filing})
    return f"{FLOW}?{urlencode(asked)}"


def _sheet(site: Site, iri: str, part: Part, shown: int, known: int) -> Sheet | None:
    if shown == known:
        return None
    last = part.skipped + shown
    page = part.skipped // (part.most or known) + 1

    def address(number: int) -> str:
        return f"{site.paths.link(iri)}.html" + (f"?page={number}" if number > 1 else "")

    return Sheet(
        first=part.skipped + 1,
        last=last,
        known=known,
        before=address(page - 1) if page > 1 else None,
        after=address(page + 1) if last < known else None,
    )


def _of_project(answer: ProjectBasis, iri: str, identity: bool) -> Traced:
    name = "project" if identity else "budget"
    budgets = [one.project_budget for one in answer.projects]
    return Traced(
        kind="project",
        answer=answer,
        projects=answer.projects,
        queries=(
            _asked("金额与印出处", "amounts", "budgets-with-money", **{name: iri}),
            *(_asked("依据", "basis", "mentions-of-budget", budget=one) for one in budgets),
        ),
        api=_api("project", iri),
    )


def _of_organization(site: Site, iri: str, page: int) -> Traced:
    part = Part.page(page, ROWS_OF_ORGANIZATION)
    answer = site.tracer.of_organization(iri)
    shown = answer.projects[part.skipped :][: part.most]

    def asked(zh: str, en: str, query: str, beside: str) -> Asked:
        return _asked(zh, en, query, beside, organization=iri)

    return Traced(
        kind="organization",
        answer=answer,
        projects=shown,
        queries=(
            asked("合计与占比", "totals and share", "organization-totals", "totals"),
            asked("依据的文件", "its documents", "documents-of-organization", "documents"),
            asked("项目", "projects", "budgets-of-organization", "projects"),
            asked("依据", "basis", "bases-of-organization", "projects"),
        ),
        api=_api("organization", iri),
        flow=flow_address(iri) if len(answer.projects) > 1 else None,
        sheet=_sheet(site, iri, part, len(shown), len(answer.projects)),
    )


def _asked(zh: str, en: str, query: str, beside: str = "", **bindings: str) -> Asked:
    return Asked(
        word=Word(zh=zh, en=en), text=text(query), run=run_link(query, **bindings), beside=beside
    )


def _api(kind: str, iri: str) -> str:
    return f"/api/trace/{kind}?{urlencode({'q': iri})}"
