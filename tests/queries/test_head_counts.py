"""Spending per head: which printed numbers count people, and that a part is never the whole."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from fiscograph.queries.library import text

PREFIXES = """
@prefix fg: <https://w3id.org/fiscograph#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://fiscograph.example/> .
:region skos:inScheme :regions .
:basic skos:notation "basic" .
:filing a fg:Filing ; fg:fiscalYear 2023 ; fg:region :region .
:allocation qb:dataSet :cube ; fg:filing :filing ; fg:amount 900.0 ; fg:spendingType :basic .
"""
STATEMENT = """
:s{at} fg:filing :filing ; fg:statementOf :filing ; fg:statementKind "count" ; fg:statedOf "{about}" ;
  fg:printedValue {value} ; fg:printedText "{value}{unit}" ; fg:unitText "{unit}" ; fg:source :source ;
  fg:line {at} .
"""


def counted(*told: tuple[str, str]) -> set[str]:
    """What of the numbers told of a filing, each with its unit, counts its people."""
    store = Store()
    statements = (
        STATEMENT.format(at=at, about=about, value=3, unit=unit)
        for at, (about, unit) in enumerate(told, 1)
    )
    store.load((PREFIXES + "".join(statements)).encode(), format=RdfFormat.TURTLE)
    rows = list(store.query(text("money-per-head")))  # type: ignore[arg-type]
    assert {float(row["perHead"].value) for row in rows} <= {300.0}
    return {row["about"].value for row in rows}


@pytest.mark.parametrize(
    ("about", "unit"),
    [
        *((about, "人") for about in ("编制数", "我局编制数", "在职人员", "实有", "年末实有人数")),
        *((about, "名") for about in ("编制", "人员编制", "实际在编在职人员", "部门编制总数")),
        *((about, "人") for about in ("现有在职职工", "我单位在职干部职工", "年初在岗职工人数")),
        ("核定编制", "个"),
        ("行政编制总数", "人"),
    ],
)
def test_a_number_of_posts_or_people_counts_in_many_wordings(about: str, unit: str) -> None:
    assert counted((about, unit)) == {about}


@pytest.mark.parametrize(
    ("about", "unit"),
    [
        *((about, "人") for about in ("离退休人员", "编外人员", "非在编人员", "学生", "公务员")),
        ("在职人员", "个"),
        ("编制", "份"),
    ],
)
def test_other_numbers_count_nobody(about: str, unit: str) -> None:
    assert counted((about, unit)) == set()


def test_the_posts_of_one_kind_are_not_the_whole_beside_others() -> None:
    assert counted(("编制", "名"), ("行政编制", "名"), ("事业编制", "名")) == {"编制"}
    assert counted(("行政编制", "名"), ("事业编制", "名"), ("在职人员", "人")) == {"在职人员"}
