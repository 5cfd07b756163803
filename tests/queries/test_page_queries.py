"""The queries of pages are written so that the engine does not read the whole store for them; in
``plain/`` each stands as one would write it at first. Both give the same rows.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fiscograph.queries import Limits, Query, QueryEngine, Row, load

PLAIN = Path(__file__).parent / "plain"
LIMITS = Limits(seconds=30.0)
_OF_KIND = {
    "policy": "?budget fg:legalBasis ?thing",
    "project": "?budget fg:project ?thing",
    "filing": "?thing a fg:Filing",
    "organization": "?budget fg:responsibleUnit ?thing",
}
QUERIES = {
    "funding-of-policy": ("policy",),
    "budgets-of-project": ("project",),
    "money-of-project": ("project",),
    "printings-of-project": ("project",),
    "projects-of-filing": ("filing",),
    "allocations-of-filing": ("filing",),
    "projects-of-organization": ("organization",),
}


@pytest.fixture(scope="module")
def engine(whole: QueryEngine) -> QueryEngine:
    return whole


def counted(rows: tuple[Row, ...]) -> Counter[frozenset[tuple[str, object]]]:
    return Counter(frozenset(row.items()) for row in rows)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_of_a_page_gives_the_rows_of_its_plain_form(engine: QueryEngine, name: str) -> None:
    plain, seen = (PLAIN / f"{name}.rq").read_text("utf-8"), 0
    for kind in QUERIES[name]:
        text = (
            "PREFIX fg: <https://w3id.org/fiscograph#> "
            f"SELECT DISTINCT ?thing {{ {_OF_KIND[kind]} }} ORDER BY ?thing LIMIT 15"
        )
        for row in engine.select(Query(text=text), LIMITS):
            found = engine.select(load(name, thing=row["thing"]), LIMITS)
            expected = engine.select(Query(text=plain, bindings={"thing": row["thing"]}), LIMITS)
            assert counted(found) == counted(expected)
            seen += len(found)
    assert seen
