"""Access to the code lists in ``ontology/codelists``."""

from __future__ import annotations

import csv
from functools import cache

from fiscograph import resources
from fiscograph.budget import CodeEntry, CodeList, CodeLists, Issuer, Region, Scheme

EDITION = 2023
_GROUPING = "grouping node"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a list's table, by its name in ``ontology/codelists``.

    Raises:
        FileNotFoundError: there is no such table.
    """
    with (resources.codelists() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def load_code_lists() -> CodeLists:
    """The lists that reading needs, as values. Rows that are only recalled say so."""
    return CodeLists(
        function=_code_list(Scheme.FUNCTION, EDITION, rows("functional_expenditure_2023")),
        economic=_code_list(Scheme.ECONOMIC, EDITION, rows("departmental_economic_2023")),
        fund=_funds(),
        regions=_regions(),
        elsewhere=frozenset(
            (Scheme(row["scheme"]), int(row["edition"]), row["notation"])
            for row in rows("other_concepts")
            if not row["region"]
        ),
        issuers={
            row["daizi"]: Issuer(
                code=row["daizi"],
                body=row["issuing_body"],
                jurisdiction=row["jurisdiction_code"],
                confidence=row["confidence"],
            )
            for row in rows("issuing_authorities")
        },
    )


def _code_list(scheme: Scheme, edition: int, rows: list[dict[str, str]]) -> CodeList:
    entries = tuple(
        CodeEntry(
            code=row["code"],
            labels=(row["name"],),
            parent=row["parent"] or None,
            support=row["confidence"],
        )
        for row in rows
    )
    return CodeList.of(scheme, edition, entries)


def _funds() -> CodeList:
    entries = tuple(
        CodeEntry(
            code=row["key"],
            labels=(row["name"], *(label for label in row["printed_labels"].split("|") if label)),
            parent=row["parent"] or None,
            support=row["kind"],
        )
        for row in rows("fund_types")
    )
    return CodeList.of(Scheme.FUND, None, entries)


def _regions() -> dict[str, Region]:
    return {
        row["code"]: Region(code=row["code"], name=row["name"], parent=row["parent"] or None)
        for row in rows("admin_divisions")
        if not row["note"].startswith(_GROUPING)
    }


def grouping_regions() -> dict[str, str]:
    """The rows that only group (市辖区), which are no divisions, and what stands above each."""
    return {
        row["code"]: row["parent"]
        for row in rows("admin_divisions")
        if row["note"].startswith(_GROUPING)
    }
