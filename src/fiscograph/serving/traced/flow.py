"""The data of the picture document → project → unit → function: the rows of the page's table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscograph.serving.data.paths import Paths
from fiscograph.serving.frame.html import visible
from fiscograph.serving.frame.language import say
from fiscograph.serving.frame.words import phase_word
from fiscograph.tracing import FundedProject, Funding, Total
from fiscograph.tracing.answers import THROUGH


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
    """A project budget; ``carrier`` is the document that it cites where that is another one."""

    project: str
    href: str | None
    carrier: Named | None
    unit: Named | None
    amount: Decimal
    functions: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowGroup:
    """One year and phase, which are never added up; ``total`` is the union total of its rows."""

    label: str
    total: Decimal
    rows: tuple[FlowRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Where a document's money goes. Only what the totals count and what has an amount above zero
    is drawn; the table has the rest as well.
    """

    document: Named
    groups: tuple[FlowGroup, ...]


def flow_of(funding: Funding, paths: Paths) -> Flow:
    """The picture's data from the answer that the table shows."""
    document = funding.document
    return Flow(
        document=Named(name=visible(document.label), href=paths.link(document.iri)),
        groups=tuple(_group(total, funding, paths) for total in funding.totals if total.projects),
    )


def _group(total: Total, funding: Funding, paths: Paths) -> FlowGroup:
    when = (total.fiscal_year, total.phase)
    rows = [
        _row(one, one.amount_cny, paths)
        for one in funding.projects
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


def _row(one: FundedProject, amount: Decimal, paths: Paths) -> FlowRow:
    carrier = next(iter(one.bases), None) if one.relation == THROUGH else None
    unit, unit_iri = one.unit or one.department, one.unit_iri or one.department_iri
    return FlowRow(
        project=visible(one.name),
        href=paths.link(one.project_budget),
        carrier=_named(carrier.label, carrier.document, paths) if carrier else None,
        unit=_named(unit or unit_iri, unit_iri, paths) if unit_iri else None,
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


def _named(name: str | None, iri: str | None, paths: Paths) -> Named:
    return Named(name=visible(name or iri or ""), href=paths.link(iri) if iri else None)
