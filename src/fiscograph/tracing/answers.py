"""The answers of tracing, as values; the names of their fields are those of their JSON.

Amounts are in yuan. Things are named by their IRIs, with their names beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.tracing.documents import Document, Step
from fiscograph.tracing.mention import Mention
from fiscograph.tracing.relations import Possible, Relation
from fiscograph.tracing.rules import ONCE, WHOLE_AMOUNT, Rule

DIRECT = "direct"
THROUGH = "through"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which rows of an answer are told: ``most`` of them (None: all) after the first ``skipped``."""

    most: int | None = None
    skipped: int = 0

    @classmethod
    def page(cls, number: int, rows: int) -> Part:
        """The ``number``-th page, counted from 1."""
        return cls(most=rows, skipped=(number - 1) * rows)


ALL_ROWS = Part()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A document behind a project budget.

    ``relation`` is ``direct``, or ``through`` where the project cites a document that forwards,
    promulgates or implements the one asked for; ``steps`` lead from the cited one to that.
    ``score`` is the highest of its mentions; ``inferred`` where none of them prints the document's
    number or title.
    """

    document: str
    label: str
    relation: str
    steps: tuple[Step, ...]
    score: float = 1.0
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A performance indicator of a project budget, with the line that prints it."""

    indicator: str
    name: str
    operator: str | None
    target: str | None
    unit: str | None
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A functional class that the filing itself gives to a project's money."""

    concept: str
    code: str | None
    name: str | None
    amount_cny: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedProject:
    """What one filing says of a project.

    ``printed`` and ``printed_unit`` are the amount's winning printing, which stands at ``line`` of
    ``source``. ``covered``: the filing is a unit's and its department's filing is known too.
    ``bases`` are the documents that the answer is about and ``via`` the mentions that make them so;
    ``other_documents`` are the labels of further ones that the project rests on. ``relation`` is
    ``through`` where the documents asked for are reached only through others; ``inferred`` where
    every one of ``bases`` is. ``functions`` is empty where no allocation of the filing states both
    project and function: none is ever inferred.
    """

    project_budget: str
    project: str
    name: str
    code: str | None
    filing: str
    fiscal_year: str | None
    phase: str | None
    region: str | None
    region_name: str | None
    unit: str | None
    unit_iri: str | None
    department: str | None
    department_iri: str | None
    amount_cny: Decimal | None
    evidence: str | None
    printed: str | None
    printed_unit: str | None
    source: str | None
    source_file: str | None
    line: int | None
    covered: bool
    relation: str = DIRECT
    inferred: bool = False
    bases: tuple[Basis, ...] = ()
    via: tuple[Mention, ...] = ()
    other_documents: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One year and phase: distinct project budgets and their money.

    ``amount_cny`` is ``direct_cny`` and ``through_cny`` together. ``inferred`` of the ``projects``
    have only inferred documents behind them; ``stated_cny`` is ``amount_cny`` without theirs.
    ``without_amount`` of the ``projects`` print none. ``covered`` project budgets are in no figure.
    """

    fiscal_year: str | None
    phase: str | None
    projects: int
    amount_cny: Decimal
    direct_cny: Decimal
    through_cny: Decimal
    stated_cny: Decimal
    inferred: int
    without_amount: int
    covered: int


def totals_of(rows: Iterable[FundedProject]) -> tuple[Total, ...]:
    """The totals by year and phase, the latest year first."""
    groups: dict[tuple[str, str], list[FundedProject]] = {}
    for row in rows:
        groups.setdefault((row.fiscal_year or "", row.phase or ""), []).append(row)
    return tuple(
        _total(year or None, phase or None, groups[year, phase])
        for year, phase in sorted(groups, reverse=True)
    )


def _total(year: str | None, phase: str | None, rows: list[FundedProject]) -> Total:
    counted = [row for row in rows if not row.covered]
    direct = sum((row.amount_cny or _ZERO for row in counted if row.relation == DIRECT), _ZERO)
    every = sum((row.amount_cny or _ZERO for row in counted), _ZERO)
    hinted = sum((row.amount_cny or _ZERO for row in counted if row.inferred), _ZERO)
    return Total(
        fiscal_year=year,
        phase=phase,
        projects=len(counted),
        amount_cny=every,
        direct_cny=direct,
        through_cny=every - direct,
        stated_cny=every - hinted,
        inferred=sum(row.inferred for row in counted),
        without_amount=sum(row.amount_cny is None for row in counted),
        covered=len(rows) - len(counted),
    )


_ZERO = Decimal(0)


def only_total(totals: tuple[Total, ...]) -> Decimal | None:
    """The money of the answer; None where it belongs to several years or phases."""
    if not totals:
        return _ZERO
    return totals[0].amount_cny if len(totals) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What a document funds.

    ``projects`` are distinct project budgets, those that cite the document before those that cite
    one of its ``carriers``. ``total_cny`` is None where the money is of several years or phases:
    ``totals`` has them apart. ``chains`` lead from the document up to the highest that it rests on;
    ``documents`` are the further ones that steps name, ``relations`` what filings say of each step,
    with the mentions that say it. ``possible`` are those that the document may be a misprint of.

    ``rows_in_all`` are the project budgets that were found and ``projects`` the part of them that
    was asked for; ``totals`` are over all.
    """

    typed: str = ""
    kind: str = "document"
    number: str | None
    policies: tuple[str, ...]
    titles: tuple[str, ...]
    issuers: tuple[str, ...]
    document: Document
    rule: Rule = WHOLE_AMOUNT
    total_cny: Decimal | None
    totals: tuple[Total, ...]
    projects: tuple[FundedProject, ...]
    rows_in_all: int
    carriers: tuple[Document, ...]
    chains: tuple[tuple[Step, ...], ...]
    relations: tuple[Relation, ...] = ()
    possible: tuple[Possible, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectBasis:
    """What a project rests on: each project budget with its documents and the sentences that cite
    them; ``chains`` lead from those documents up to the highest, ``relations`` say by which mentions.
    ``documents`` are all in it.
    """

    typed: str = ""
    kind: str = "project"
    project: str
    name: str | None
    rule: Rule = ONCE
    total_cny: Decimal | None
    totals: tuple[Total, ...]
    projects: tuple[FundedProject, ...]
    chains: tuple[tuple[Step, ...], ...]
    relations: tuple[Relation, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionMoney:
    """A region's part of a document's money."""

    region: str | None
    name: str | None
    amount_cny: Decimal
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMoney:
    """A document with the whole amount of the projects that rest on it, of one year and phase.

    ``stated_cny`` leaves out the ``inferred`` of the ``projects``, whose mentions only hint at the
    document. ``regions`` and ``departments`` are those of the projects' filings; ``covered``
    project budgets are not counted.
    """

    document: str
    label: str
    title: str | None
    level: str | None
    issuer: str | None
    fiscal_year: str | None
    phase: str | None
    amount_cny: Decimal
    stated_cny: Decimal
    projects: int
    inferred: int
    without_amount: int
    covered: int
    regions: tuple[RegionMoney, ...]
    departments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionTotal:
    """The union total of one year and phase: each project budget once; ``stated_cny`` without the
    ``inferred`` ones, whose every document is inferred.
    """

    fiscal_year: str | None
    phase: str | None
    amount_cny: Decimal
    stated_cny: Decimal
    projects: int
    inferred: int
    documents: int
    covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Documents by money, the most first. ``rows_in_all`` were found, ``rows`` the first of them.

    ``filters`` say what was asked for; ``unions`` count each project budget once.
    """

    rule: Rule = WHOLE_AMOUNT
    filters: tuple[tuple[str, str], ...]
    unions: tuple[UnionTotal, ...]
    rows: tuple[DocumentMoney, ...]
    rows_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfounded:
    """A project budget that rests on no document of the release."""

    project_budget: str
    name: str
    filing: str
    fiscal_year: str | None
    phase: str | None
    region: str | None
    region_name: str | None
    organization: str | None
    organization_name: str | None
    amount_cny: Decimal | None
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfoundeds:
    """Project budgets without a document, the most money first; ``unions`` count each once."""

    rule: Rule = ONCE
    filters: tuple[tuple[str, str], ...]
    unions: tuple[UnionTotal, ...]
    rows: tuple[Unfounded, ...]
    rows_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a department's project money has a document behind it, in one year and phase.

    ``share`` is ``with_basis_cny`` ÷ ``amount_cny`` to four places; None where there is no money.
    ``with_basis`` takes in the ``inferred`` ones, whose every document is inferred;
    ``stated_cny`` and ``stated_share`` leave these out. A unit whose department is not known stands for itself.
    """

    department: str | None
    name: str | None
    region: str | None
    region_name: str | None
    fiscal_year: str | None
    phase: str | None
    amount_cny: Decimal
    with_basis_cny: Decimal
    share: Decimal | None
    stated_cny: Decimal
    stated_share: Decimal | None
    projects: int
    with_basis: int
    inferred: int
    without_amount: int
    covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The share of each department, those with the most money first."""

    rule: Rule = ONCE
    filters: tuple[tuple[str, str], ...]
    rows: tuple[Share, ...]
    rows_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationDocuments:
    """The documents behind the projects of a department or unit, and its projects.

    ``documents`` rank by money within the organization; ``shares`` say how much of its project
    money has a document behind it.
    """

    typed: str = ""
    kind: str = "organization"
    organization: str
    name: str | None
    rule: Rule = WHOLE_AMOUNT
    total_cny: Decimal | None
    totals: tuple[Total, ...]
    shares: tuple[Share, ...]
    ranking: tuple[DocumentMoney, ...]
    projects: tuple[FundedProject, ...]
    documents: tuple[Document, ...]
