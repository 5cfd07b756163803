"""What the narrative tells of a column settles what a row's own sums leave open."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import BEIBEI, TONGNAN, facts_of, lines_of, text_of, written

from fiscograph.budget import FilingFacts, PrintedAmount
from fiscograph.pipeline import read_filing

ROW = 502  # 15.79 11.00 11.00 4.79: purchase and running of vehicles may both be the 11.00.


def row_of(facts: FilingFacts, line: int = ROW) -> list[PrintedAmount]:
    return [amount for amount in facts.printed_amounts if amount.place.line == line]


def test_the_row_alone_leaves_two_columns_and_the_narrative_one(tmp_path: Path) -> None:
    assert lines_of(BEIBEI)[ROW - 1].split() == ["15.79", "11.00", "11.00", "4.79"]
    keys = ["total", "vehicles_total", "vehicles_running", "reception"]
    told = row_of(facts_of(BEIBEI))
    assert [amount.column_key for amount in told] == keys
    assert not any(amount.rivals for amount in told)

    silent = (
        text_of(BEIBEI)
        .replace("公务用车运行维护费 11万元", "公务用车运行维护费若干")
        .replace("公务用车购置费 0万元", "公务用车购置费若干")
    )
    alone = row_of(read_filing(written(tmp_path, silent, BEIBEI)))
    assert {len(amount.rivals) for amount in alone if amount.column_key != "total"} == {0, 1}
    (open_,) = [amount for amount in alone if amount.rivals]
    columns = {open_.column[-1], *(rival[-1] for rival in open_.rivals)}
    assert columns == {"公务用车购置费", "公务用车运行费"}


@pytest.mark.parametrize(("purchase", "running"), [("0", "11"), ("11", "0")])
def test_the_column_follows_what_is_told(purchase: str, running: str, tmp_path: Path) -> None:
    text = text_of(BEIBEI).replace("公务用车运行维护费 11万元", f"公务用车运行维护费 {running}万元")
    text = text.replace("公务用车购置费 0万元", f"公务用车购置费 {purchase}万元")
    row = row_of(read_filing(written(tmp_path, text, BEIBEI)))
    wanted = "vehicles_running" if running == "11" else "vehicles_purchase"
    assert [a.column_key for a in row if a.printed == "11.00"] == ["vehicles_total", wanted]


def test_what_the_narrative_contradicts_is_chosen_and_lists_its_rivals() -> None:
    """Line 570 sums as 公务用车 11 + 12, where the narrative says 公务用车 11 and 接待 12."""
    row = [a for a in row_of(facts_of(TONGNAN), 570) if a.fiscal_year == 2023]
    assert [(a.printed, a.placement.value) for a in row] == [
        (printed, "chosen") for printed in ("23", "23", "11", "12")
    ]
    by_header = {a.printed: {a.column[-1], *(rival[-1] for rival in a.rivals)} for a in row[2:]}
    assert "公务接待费" in by_header["12"]
    assert "公务用车运行维护费" in by_header["11"]
