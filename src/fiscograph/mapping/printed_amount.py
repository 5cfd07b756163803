"""Printed amounts: evidence, not meaning."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fiscograph.budget import BudgetPhase, ConceptKey, Placement, PrintedAmount, Scheme
from fiscograph.mapping.description import describe, each, node
from fiscograph.mapping.literals import boolean, decimal, plain, year, zh
from fiscograph.mapping.passage import line_of, passage, place_of
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import FG, RDF


def map_printed_amount(amount: PrintedAmount, scope: Scope) -> Iterator[Triple]:
    yield from describe(
        NamedNode(scope.ids.at(amount.place)),
        (RDF.type, FG.PrintedAmount),
        (FG.filing, scope.node),
        (FG.table, NamedNode(scope.ids.table(amount.table))),
        *place_of(amount.place, scope.ids),
        (FG.printedText, plain(amount.printed)),
        (FG.printedValue, decimal(amount.amount.value)),
        (FG.printedUnit, plain(amount.amount.unit.printed)),
        (FG.unitBasis, plain(amount.unit_basis.value)),
        (FG.amountAsPrinted, decimal(amount.amount.yuan)),
        (FG.rowCode, plain(amount.row_code)),
        (FG.rowLabel, zh(amount.row_label)),
        (FG.columnHeader, plain("/".join(amount.column))),
        (FG.columnKey, plain(amount.column_key)),
        (FG.fiscalYear, year(amount.fiscal_year)),
        (FG.budgetPhase, node(_phase(amount.phase, scope))),
        (FG.placement, plain(amount.placement.value)),
        *each(FG.rival, (plain("/".join(rival)) for rival in amount.rivals)),
        (FG.rivalsComplete, _completeness(amount)),
        (FG.isAggregate, boolean(amount.is_aggregate)),
    )
    yield from passage(amount.place, amount.printed, scope.ids)
    yield from line_of(amount.place, scope.ids)


def _completeness(amount: PrintedAmount) -> Literal | None:
    """A choice whose rivals are not named does not name all of them."""
    if amount.placement is not Placement.CHOSEN:
        return None
    return boolean(amount.rivals_complete and bool(amount.rivals))


def _phase(phase: BudgetPhase | None, scope: Scope) -> str | None:
    if phase is None:
        return None
    key = ConceptKey(scheme=Scheme.PHASE.value, edition=None, notation=phase.value)
    return scope.ids.concept(key)
