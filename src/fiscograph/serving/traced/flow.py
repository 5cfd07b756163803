"""The data of the pictures document → project → unit → function and department → unit → project →
document: the rows of the page's table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from fiscograph.serving.data.paths import Paths
from fiscograph.serving.frame.html import visible
from fiscograph.serving.frame.language import say
from fiscograph.serving.frame.words import phase_word
from fiscograph.tracing import FundedProject, Funding, OrganizationDocuments, Total
from fiscograph.tracing.answers import THROUGH, totals_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name and where it leads at this server."""

    name: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A functional class with its part of a project's money."""

    name: str
    href: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """A project budget; ``carrier`` is the document that it cites where that is another one,
    ``basis`` what it rests on where the picture does not start from a document.
    """

    project: str
    href: str | None
    carrier: Named | None
    unit: Named | None
    basis: Named | None
    amount: Decimal
    functions: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowGroup:
    """One year and phase, which are never added up; ``total`` is the union total of its rows."""

    label: str
    total: Decimal
    rows: tuple[FlowRow, ...]


class Start(Enum):
    """What the money of a picture starts from."""

    DOCUMENT = "document"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Where the money of ``start`` goes. Only what the totals count and what has an amount above
    zero is drawn; the table has the rest as well.
    """

    of: Start
    start: Named
    groups: tuple[FlowGroup, ...]


def flow_of(funding: Funding, paths: Paths) -> Flow:
    """The picture's data from the answer that a document's table shows."""
    document = funding.document
    return Flow(
        of=Start.DOCUMENT,
        start=Named(name=visible(document.label), href=paths.link(document.iri)),
        groups=_groups(funding.totals, funding.projects, Start.DOCUMENT, paths),
    )


def flow_of_organization(
    answer: OrganizationDocuments, paths: Paths, filing: str | None = None
) -> Flow:
    """The picture's data of what a department or unit runs, in all filings or in one."""
    projects = [one for one in answer.projects if filing in (None, one.filing)]
    if filing is not None:
        # Within one filing there is nothing that another one counts.
        projects = [replace(one, covered=False) for one in projects]
    name = visible(answer.name or answer.organization)
    return Flow(
        of=Start.ORGANIZATION,
        start=Named(name=name, href=paths.link(answer.organization)),
        groups=_groups(totals_of(projects), projects, Start.ORGANIZATION, paths),
    )


def _groups(
    totals: Iterable[Total], projects: Iterable[FundedProject], of: Start, paths: Paths
) -> tuple[FlowGroup, ...]:
    known = tuple(projects)
    return tuple(_group(total, known, of, paths) for total in totals if total.projects)


def _group(total: Total, projects: Iterable[FundedProject], of: Start, paths: Paths) -> FlowGroup:
    when = (total.fiscal_year, total.phase)
    rows = [
        _row(one, one.amount_cny, of, paths)
        for one in projects
        if (one.fiscal_year, one.phase) == when and not one.covered and one.amount_cny
        if one.amount_cny > 0
    ]
    rows.sort(key=lambda row: -row.amount)
    return FlowGroup(label=when_of(*when), total=total.amount_cny, rows=tuple(rows))


def when_of(year: str | None, phase: str | None) -> str:
    """A year and budget phase in words.

    >>> when_of("2023", "approved")
    '2023 年度预算'
    """
    word = phase_word(phase)
    zh = f"{year or '未注明'} 年度{word.zh if word else ''}"
    en = f"{year or 'year not stated'} {(word.en or word.zh) if word else ''}".rstrip()
    return say(zh, en)


def _row(one: FundedProject, amount: Decimal, of: Start, paths: Paths) -> FlowRow:
    carrier = next(iter(one.bases), None) if one.relation == THROUGH else None
    unit, unit_iri = one.unit or one.department, one.unit_iri or one.department_iri
    return FlowRow(
        project=visible(one.name),
        href=paths.link(one.project_budget),
        carrier=_named(carrier.label, carrier.document, paths) if carrier else None,
        unit=_named(unit or unit_iri, unit_iri, paths) if unit_iri else None,
        basis=_basis(one, paths) if of is Start.ORGANIZATION else None,
        amount=amount,
        functions=tuple(
            Part(
                name=visible(f"{part.code or ''} {part.name or ''}".strip() or part.concept),
                href=paths.link(part.concept),
                amount=part.amount_cny,
            )
            for part in one.functions
            if part.amount_cny > 0
        ),
    )


def _basis(one: FundedProject, paths: Paths) -> Named | None:
    """What a project rests on as one thing, as its money is drawn once: a document, or several."""
    labels = tuple(dict.fromkeys(basis.label for basis in one.bases))
    if not labels:
        return None
    href, told = one.bases[0].document, labels[0]
    if len(labels) > 1:
        href = one.project_budget
        told += say(f" 等 {len(labels)} 份", f" and {len(labels) - 1} more")
    if all(basis.inferred for basis in one.bases):
        told += say("（推断）", " (inferred)")
    return _named(told, href, paths)


def _named(name: str | None, iri: str | None, paths: Paths) -> Named:
    return Named(name=visible(name or iri or ""), href=paths.link(iri) if iri else None)
