"""The tables of filings, printed amounts and allocations."""

from __future__ import annotations

from collections.abc import Iterator

from fiscograph.budget import PrintedAmount
from fiscograph.release.tables.directory import Directory
from fiscograph.release.tables.table import Row, table


def _filings(directory: Directory) -> Iterator[Row]:
    for facts in directory.facts:
        filing = facts.filing
        for source in filing.sources:
            yield {
                "filing": directory.filing(facts),
                "source": directory.path(directory.ids.source(source.sha256)),
                "source_file": source.name,
                "sha256": source.sha256,
                "region": filing.region,
                "department": filing.department,
                "budget_code": filing.body_code,
                "fiscal_year": filing.year,
                "kind": filing.kind.value,
            }


def _printed_amounts(directory: Directory) -> Iterator[Row]:
    for facts in directory.facts:
        filing = directory.filing(facts)
        for printed in facts.printed_amounts:
            yield _printed_amount(directory, filing, printed)


def _printed_amount(directory: Directory, filing: str, printed: PrintedAmount) -> Row:
    place = printed.place
    return {
        "amount": directory.path(directory.ids.at(place)),
        "filing": filing,
        "source": directory.path(directory.ids.source(place.source)),
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "printed": printed.printed,
        "value": format(printed.amount.value, "f"),
        "unit": printed.amount.unit.printed,
        "unit_basis": printed.unit_basis.value,
        "amount_cny": printed.amount.yuan,
        "table": directory.path(directory.ids.table(printed.table)),
        "form": printed.form,
        "row_code": printed.row_code,
        "row_label": printed.row_label,
        "column": "/".join(printed.column),
        "fiscal_year": printed.fiscal_year,
        "phase": printed.phase.value if printed.phase else None,
        "placement": printed.placement.value,
        "rivals": _rivals(printed),
        "is_aggregate": printed.is_aggregate,
    }


def _rivals(printed: PrintedAmount) -> tuple[str, ...]:
    """The rivals' headers; an ellipsis says that the list is not exact."""
    headers = tuple("/".join(column) for column in printed.rivals)
    return headers if printed.rivals_complete else (*headers, "…")


def _allocations(directory: Directory) -> Iterator[Row]:
    ids = directory.ids
    for facts in directory.facts:
        for one in facts.allocations:
            what = one.classification
            yield {
                "allocation": directory.path(ids.allocation(facts.filing.id, one)),
                "cube": one.cube.value,
                "filing": directory.filing(facts),
                "organization": directory.path(ids.organization(one.organization)),
                "fiscal_year": one.fiscal_year,
                "phase": one.phase.value,
                "fund": one.fund.notation,
                "scheme": what.scheme if what else None,
                "code": what.notation if what else one.project,
                "label": one.label,
                "spending_type": one.spending_type.notation,
                "amount_cny": one.amount,
                "evidence": tuple(directory.path(ids.at(place)) for place in one.evidence),
                "rule": one.rule,
            }


FILINGS = table("filings", _filings)
PRINTED_AMOUNTS = table("printed_amounts", _printed_amounts)
ALLOCATIONS = table("allocations", _allocations)
