"""What a cube sums to and what the filing prints as its total, side by side."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store, Variable
from tests.golden.disclosed import BEIBEI, FILINGS
from tests.whole import loaded

from fiscograph.pipeline import build
from fiscograph.queries import text
from fiscograph.settings import Settings

BASE = "https://fiscograph.example/"
FINE = {"holds", "within rounding"}
Totals = dict[tuple[str, str], dict[str, str]]


def totals_of(graph: Store) -> Totals:
    answer = graph.query(text("cube-totals"))
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    rows = [
        {name: term.value for name in names if (term := row[name]) is not None} for row in answer
    ]
    found = {
        (
            row["filing"].removeprefix(f"{BASE}filing/"),
            row["cube"].removeprefix(f"{BASE}cube/"),
        ): row
        for row in rows
    }
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def totals(graph: Store) -> Totals:
    return totals_of(graph)


def test_every_sum_is_the_printed_total_or_a_finding_says_why(totals: Totals) -> None:
    for row in totals.values():
        if "printed" not in row:
            continue
        difference = Decimal(row.get("sum", "0")) - Decimal(row["printed"])
        assert Decimal(row["difference"]) == difference
        within = abs(difference) <= Decimal(row["tolerance"])
        assert within == (row["outcome"] in FINE)
        assert within or row["message"]


def test_a_cube_without_a_printed_total_is_that_of_projects_that_nothing_sums_up(
    graph: Store, totals: Totals
) -> None:
    """These filings print one target sheet per project: no list, no sum of the sheets."""
    silent = {pair for pair, row in totals.items() if "printed" not in row}
    assert silent == {
        ("500109-401-2023-department-budget", "expenditure-by-project"),
        ("500110-212002-2023-unit-budget", "expenditure-by-project"),
        ("500110-212006-2023-unit-budget", "expenditure-by-project"),
    }
    forms = graph.query(
        "PREFIX fg: <https://w3id.org/fiscograph#>"
        "SELECT DISTINCT ?filing WHERE { ?table fg:filing ?filing ;"
        ' fg:form "project-list" }'
    )
    assert isinstance(forms, QuerySolutions)
    listed = {row["filing"].value.removeprefix(f"{BASE}filing/") for row in forms}
    assert listed == {"500152-426-2023-department-budget"}


def test_the_amount_of_all_projects_in_a_table_of_targets_is_the_total_of_their_cube(
    totals: Totals,
) -> None:
    """Line 450 prints 12. 21 for the department above 6.72, 0.49 and 5.00."""
    row = totals["511702-189001-2023-department-budget", "expenditure-by-project"]
    assert (row["sum"], row["printed"], row["line"]) == ("122100", "122100", "450")
    assert row["outcome"] == "holds"


def test_the_query_can_be_asked_of_one_cube(graph: Store, totals: Totals) -> None:
    answer = graph.query(
        text("cube-totals"), substitutions={Variable("cube"): _iri("procurement", "cube")}
    )
    assert isinstance(answer, QuerySolutions)
    amounts = sorted(row["sum"].value for row in answer)
    assert amounts == ["177600", "65000"]


def test_a_total_that_its_parts_do_not_reach_is_told_with_its_finding(tmp_path: Path) -> None:
    """The same filing with one changed digit in the total of the procurement table."""
    lines = (FILINGS / f"{BEIBEI}.txt").read_text("utf-8").split("\n")
    assert lines[786] == "合计 6.50 6.50"
    lines[786] = "合计 7.50 6.50"
    filings = tmp_path / "filings"
    filings.mkdir()
    (filings / f"{BEIBEI}.txt").write_text("\n".join(lines), "utf-8", newline="")
    build(filings, tmp_path / "published", Settings.default(tmp_path))
    found = totals_of(loaded(tmp_path / "published"))
    row = found[f"{BEIBEI}-department-budget", "procurement"]
    assert (row["sum"], row["printed"], row["difference"]) == ("65000", "75000", "-10000")
    assert row["outcome"] == "fails"
    assert row["message"].startswith("第787行 政府采购预算表：印作 7.50")


def _iri(key: str, kind: str = "filing") -> NamedNode:
    return NamedNode(f"{BASE}{kind}/{key}")
