"""Access to the code lists in ``ontology/codelists``."""

from __future__ import annotations

import csv
import re
from functools import cache

from fiscograph import resources
from fiscograph.budget import CodeEntry, CodeList, CodeLists, Issuer, Region, Scheme, Series, Sign

EDITION = 2023
_GROUPING = "grouping node"
_SHORTEST_STEM = 2
_KIND_OF_DIVISION = re.compile(
    r"(?:(?:壮|回|满|维吾尔|苗|彝|土家|藏|蒙古|侗|布依|瑶|白|朝鲜|哈尼|黎|哈萨克|傣|畲|傈僳|东乡|仡佬|拉祜|佤|水|"
    r"纳西|羌|土|仫佬|锡伯|柯尔克孜|景颇|达斡尔|撒拉|布朗|毛南|塔吉克|普米|怒|独龙|保安|裕固|各)族|维吾尔|蒙古|哈萨克)*"
    r"(?:自治州|自治县|自治区|自治旗|特别行政区|矿区|新区|地区|林区|特区|"
    r"管理区|开发区|省|市|区|县|旗|盟)\Z"
)


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
        issuers=_issuers(),
        signs=_signs(),
        series={
            row["daizi"]: Series(
                code=row["daizi"],
                last_year=int(row["last_year"]),
                successor=row["successor"],
                support=row["confidence"],
            )
            for row in rows("issuer_series")
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


def issuer_rows() -> tuple[dict[str, str], ...]:
    """The issuing authorities by 代字: the recalled ones add codes to the looked-up and replace none."""
    found = (*rows("issuing_authorities_recalled"), *rows("issuing_authorities"))
    return tuple({row["daizi"]: row for row in found}.values())


def _issuers() -> dict[str, Issuer]:
    return {
        row["daizi"]: Issuer(
            code=row["daizi"],
            body=row["issuing_body"],
            jurisdiction=row["jurisdiction_code"],
            confidence=row["confidence"],
            same_as=row.get("same_as") or None,
        )
        for row in issuer_rows()
    }


def _signs() -> dict[str, Sign]:
    """The signs of the list, and every division's name without its kind (GB/T 2260): a name that
    two divisions share tells no region.
    """
    regions: dict[str, set[str]] = {}
    for code, region in _regions().items():
        stem = _KIND_OF_DIVISION.sub("", region.name)
        if len(stem) >= _SHORTEST_STEM:
            regions.setdefault(stem, set()).add(code)
    signs = {
        stem: Sign(text=stem, region=next(iter(codes)) if len(codes) == 1 else None)
        for stem, codes in sorted(regions.items())
    }
    for row in rows("issuer_signs"):
        signs[row["sign"]] = Sign(text=row["sign"], region=row["region"] or None)
    return signs
