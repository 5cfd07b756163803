"""What project budgets are told with: their mentions, sentences, functions and indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fiscograph.tracing.answers import (
    DIRECT,
    THROUGH,
    Basis,
    Function,
    FundedProject,
    Indicator,
)
from fiscograph.tracing.asked import Row, money, required, text, whole_number
from fiscograph.tracing.documents import Document, Step
from fiscograph.tracing.mention import Mention, mention_of, place_of
from fiscograph.tracing.sentences import PrintedText

# How fg:mentionKind says that a mention prints neither number nor title.
VAGUE = "vague"
Asking = Callable[[str], Iterable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """By project budget; mentions by document as well."""

    mentions: Mapping[str, Mapping[str, tuple[Mention, ...]]]
    functions: Mapping[str, tuple[Function, ...]] = field(default_factory=dict)
    indicators: Mapping[str, tuple[Indicator, ...]] = field(default_factory=dict)


def project_of(row: Row) -> FundedProject:
    """A row of one of the queries for project budgets, without its details."""
    return FundedProject(
        project_budget=required(row, "budget"),
        project=required(row, "project"),
        name=required(row, "name"),
        code=text(row, "code"),
        filing=required(row, "filing"),
        fiscal_year=text(row, "year"),
        phase=_last(text(row, "phase")),
        region=text(row, "region"),
        region_name=text(row, "regionLabel"),
        unit=text(row, "unitLabel"),
        unit_iri=text(row, "unit"),
        department=text(row, "departmentLabel"),
        department_iri=text(row, "department"),
        amount_cny=money(row, "amount"),
        evidence=text(row, "evidence"),
        printed=text(row, "evidenceText"),
        printed_unit=text(row, "evidenceUnit"),
        source=text(row, "source"),
        source_file=text(row, "file"),
        line=whole_number(row, "line"),
        covered="covered" in row,
    )


def projects_of(rows: Iterable[Row]) -> dict[str, FundedProject]:
    """The distinct project budgets of some rows by IRI, by year, filing and code."""
    found = {required(row, "budget"): row for row in reversed(tuple(rows))}
    made = (project_of(row) for row in found.values())
    return {one.project_budget: one for one in sorted(made, key=in_order)}


def in_order(one: FundedProject) -> tuple[str, ...]:
    return (one.fiscal_year or "", one.filing, one.code or "", one.project_budget)


def details(ask: Asking, of: str) -> Details:
    """Ask for the details of project budgets.

    Args:
        ask: runs a query by its name with its values bound.
        of: what the queries are called after: ``document`` or ``budget``.
    """
    return Details(
        mentions=mentions_of(ask(f"mentions-of-{of}"), ask(f"texts-of-{of}")),
        functions=_functions(ask(f"functions-of-{of}")),
        indicators=_indicators(ask(f"targets-of-{of}")),
    )


def mentions_of(
    rows: Iterable[Row], texts: Iterable[Row]
) -> Mapping[str, Mapping[str, tuple[Mention, ...]]]:
    """The mentions by project budget and document, each with its sentence."""
    printed: dict[str, list[PrintedText]] = {}
    for row in texts:
        one = PrintedText(property=required(row, "property"), text=required(row, "text"))
        printed.setdefault(required(row, "budget"), []).append(one)
    found: dict[str, dict[str, set[Mention]]] = {}
    for row in rows:
        budget = required(row, "budget")
        mention = mention_of(row, printed.get(budget, ()))
        found.setdefault(budget, {}).setdefault(required(row, "policy"), set()).add(mention)
    return {
        budget: {policy: tuple(sorted(made, key=place_of)) for policy, made in by_policy.items()}
        for budget, by_policy in found.items()
    }


def with_details(one: FundedProject, told: Details, bases: Iterable[Basis]) -> FundedProject:
    """A project with the documents that the answer is about, and the mentions that make them so."""
    known = {basis.document: basis for basis in (*one.bases, *bases)}
    cited = told.mentions.get(one.project_budget, {})
    ordered = sorted(
        (_as_sure_as(basis, cited.get(basis.document, ())) for basis in known.values()),
        key=lambda basis: (basis.relation, basis.label),
    )
    via = {mention for basis in ordered for mention in cited.get(basis.document, ())}
    through = bool(ordered) and all(basis.relation == THROUGH for basis in ordered)
    return replace(
        one,
        relation=THROUGH if through else DIRECT,
        inferred=bool(ordered) and all(basis.inferred for basis in ordered),
        bases=tuple(ordered),
        via=tuple(sorted({*one.via, *via}, key=place_of)),
        functions=told.functions.get(one.project_budget, ()),
        indicators=told.indicators.get(one.project_budget, ()),
    )


def _as_sure_as(basis: Basis, mentions: tuple[Mention, ...]) -> Basis:
    """A document behind a project budget, with what the mentions of it say of the link; as it was
    where these are not of this answer's part.
    """
    if not mentions:
        return basis
    return replace(
        basis,
        score=max(one.score for one in mentions),
        inferred=all(one.kind == VAGUE for one in mentions),
    )


def basis_of(document: Document, steps: tuple[Step, ...] = ()) -> Basis:
    """A document behind a project budget; ``steps`` lead from it to the one asked for."""
    return Basis(
        document=document.iri,
        label=document.label,
        relation=THROUGH if steps else DIRECT,
        steps=steps,
    )


def _functions(rows: Iterable[Row]) -> Mapping[str, tuple[Function, ...]]:
    """The money of each function; an allocation counts once."""
    allocations = {(required(row, "budget"), required(row, "allocation")): row for row in rows}
    found: dict[str, dict[str, Function]] = {}
    for (budget, _), row in allocations.items():
        known, concept = found.setdefault(budget, {}), required(row, "class")
        before = known[concept].amount_cny if concept in known else Decimal(0)
        known[concept] = Function(
            concept=concept,
            code=text(row, "notation"),
            name=text(row, "label"),
            amount_cny=before + (money(row, "amount") or Decimal(0)),
        )
    return {
        budget: tuple(sorted(known.values(), key=lambda one: one.concept))
        for budget, known in found.items()
    }


def _indicators(rows: Iterable[Row]) -> Mapping[str, tuple[Indicator, ...]]:
    found: dict[str, set[Indicator]] = {}
    for row in rows:
        one = Indicator(
            indicator=required(row, "indicator"),
            name=required(row, "name"),
            operator=text(row, "operator"),
            target=text(row, "target"),
            unit=text(row, "unitText"),
            line=whole_number(row, "line"),
        )
        found.setdefault(required(row, "budget"), set()).add(one)
    return {
        budget: tuple(sorted(known, key=lambda one: (one.line or 0, one.indicator)))
        for budget, known in found.items()
    }


def _last(iri: str | None) -> str | None:
    """The key that an IRI ends with."""
    return None if iri is None else iri.rpartition("/")[2]
