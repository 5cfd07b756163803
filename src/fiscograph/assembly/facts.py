"""Everything assembled: the facts of one filing before they are reconciled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.assembly import binning, mentions
from fiscograph.assembly.concepts import concepts_of
from fiscograph.assembly.cubes import CubeBuilder, Cubes
from fiscograph.assembly.filing import identity_findings, units_of
from fiscograph.assembly.identity import ReadIdentity
from fiscograph.assembly.indicators import performance_indicators
from fiscograph.assembly.ledger import BinBook, contact_places, ledger_rows
from fiscograph.assembly.organizations import OrganizationBook
from fiscograph.assembly.passages import passages_of
from fiscograph.assembly.projects import Draft, drafts_of, project_budgets
from fiscograph.assembly.statements import Narration, narration_of
from fiscograph.assembly.texts import text_field
from fiscograph.budget import (
    CodeLists,
    Cube,
    Filing,
    FilingFacts,
    LedgerRow,
    PrintedTotal,
    ProjectBudget,
    TextField,
)
from fiscograph.filings import SourceText, numeric_tokens
from fiscograph.forms import FormBook, IndicatorRow, Layout
from fiscograph.forms.narrative import load_prose
from fiscograph.forms.sheets.sheet import EVALUATION, Sheet
from fiscograph.placement import PlacedGrid
from fiscograph.placement.amounts import Units, printed_amounts, tables_of
from fiscograph.provenance import Place, Span

_TARGET_TEXTS = ("goals", "overview", "basis", "schedule", "tasks", "remarks")
_WHOLE = "whole-department-targets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """The facts of a filing, without checks and with only the findings that reading made; what
    the reconciliation needs of them besides.
    """

    facts: FilingFacts
    cubes: Cubes
    units: Units
    narration: Narration


def assemble(
    filing: Filing,
    identity: ReadIdentity,
    source: SourceText,
    layout: Layout,
    placed: Sequence[PlacedGrid],
    *,
    lists: CodeLists,
    book: FormBook,
) -> Assembled:
    """Put together what the forms of one source say."""
    sha = source.file.sha256
    units, unit_findings = units_of(filing, layout)
    bodies = OrganizationBook(filing, lists.regions)
    for named in identity.coded:
        bodies.coded(named)
    sheets = [sheet for sheet in layout.sheets if _is_of(filing, sheet)]
    drafts = drafts_of(placed, sheets, units.unit, sha, bodies)
    budgets = project_budgets(drafts, bodies.own, bodies.own_department())
    projects = tuple(budget for budget, _ in budgets)
    amounts = printed_amounts(filing, placed, layout.sheets, layout.unknown, units)
    cubes = CubeBuilder(filing, bodies.own, placed, units.unit, lists).build(projects)
    targets = _targets(layout, sha)
    contacts = contact_places(source.lines, _contact_spans(layout), sha)
    bins = binning.bins_of(layout, amounts, contacts, source.lines)
    texts = _texts(budgets, targets)
    consumed = binning.consumed(layout, amounts)
    passages = passages_of(layout, texts, consumed, contacts, source.lines)
    narration = binning.put_narration(bins, narration_of(passages, sha, load_prose()))
    indicators = performance_indicators(_owned(layout, budgets), book.sheet, sha)
    cited = mentions.citations_of(
        filing,
        _citing(budgets),
        targets,
        layout.narrative,
        indicators,
        lines=source.lines,
        lists=lists,
    )
    facts = FilingFacts(
        filing=filing,
        tables=tables_of(filing, layout.grids, layout.sheets, layout.unknown),
        printed_amounts=amounts,
        allocations=cubes.allocations,
        organizations=bodies.organizations(),
        concepts=concepts_of(filing, placed, cubes.allocations, lists),
        projects=projects,
        targets=targets,
        indicators=indicators,
        citations=cited.citations,
        checks=(),
        findings=(*identity_findings(filing, identity), *unit_findings),
        ledger=_ledger(source, bins, narration, layout),
        contacts=contacts,
        printed_totals=(*cubes.totals, *_totals_of_sheets(layout, cubes, sha)),
        statements=narration.statements,
        relations=cited.relations,
    )
    return Assembled(facts=facts, cubes=cubes, units=units, narration=narration)


def _is_of(filing: Filing, sheet: Sheet) -> bool:
    """Whether a sheet tells of the filing's own year: an evaluation that a budget prints beside it
    is of an earlier one.
    """
    own = filing.kind.is_final and sheet.year in {None, filing.year}
    return own or sheet.form.id != EVALUATION


def _ledger(
    source: SourceText, bins: BinBook, narration: Narration, layout: Layout
) -> tuple[LedgerRow, ...]:
    folded = (*narration.folded, *binning.folded_codes(layout))
    return ledger_rows(numeric_tokens(source), source.lines, bins, folded)


def _targets(layout: Layout, source: str) -> tuple[TextField, ...]:
    return tuple(
        text_field(field.label, field.cells, source, field.key)
        for sheet in layout.sheets
        if sheet.form.id == _WHOLE
        for field in sheet.fields
        if field.key in _TARGET_TEXTS and field.cells
    )


def _totals_of_sheets(layout: Layout, cubes: Cubes, source: str) -> tuple[PrintedTotal, ...]:
    """What tables of targets print for all their projects.

    They are the totals of the cube where no list of projects has one and every project of the
    filing stands once in such a table.
    """
    listed = any(total.cube == Cube.PROJECT.value for total in cubes.totals)
    allocated = sum(one.cube is Cube.PROJECT for one in cubes.allocations)
    summed = {sheet.title_span for sheet in layout.sheets if sheet.sums_projects}
    inside = sum(sheet.title_span in summed and not sheet.sums_projects for sheet in layout.sheets)
    if listed or inside != allocated:
        return ()
    return tuple(
        PrintedTotal(
            cube=Cube.PROJECT.value,
            label=sheet.title,
            place=Place(source=source, span=cell.span),
        )
        for sheet in layout.sheets
        if sheet.sums_projects
        for field in sheet.fields
        for cell in field.cells
        if field.key == "total" and cell.number is not None
    )


def _contact_spans(layout: Layout) -> list[Span]:
    return [
        cell.span
        for sheet in layout.sheets
        for field in sheet.fields
        if field.key in {"contact", "phone"}
        for cell in field.cells
    ]


def _owned(
    layout: Layout, budgets: Sequence[tuple[ProjectBudget, Draft]]
) -> list[tuple[str | None, Sequence[IndicatorRow]]]:
    owned: list[tuple[str | None, Sequence[IndicatorRow]]] = [
        (None, sheet.indicators) for sheet in layout.sheets if sheet.form.id == _WHOLE
    ]
    owned.extend((budget.key, draft.indicators) for budget, draft in budgets)
    return owned


def _citing(
    budgets: Sequence[tuple[ProjectBudget, Draft]],
) -> list[tuple[str, str, tuple[TextField, ...]]]:
    return [
        (budget.key, budget.code or budget.name, (*draft.name_texts, *budget.texts, *draft.repeats))
        for budget, draft in budgets
    ]


def _texts(
    budgets: Sequence[tuple[ProjectBudget, Draft]], targets: tuple[TextField, ...]
) -> list[tuple[str | None, str, Sequence[TextField]]]:
    """Whose texts there are: each project budget's, and the whole department's."""
    return [
        *((budget.key, budget.name, (*budget.texts, *draft.repeats)) for budget, draft in budgets),
        (None, mentions.WHOLE, targets),
    ]
