"""What is printed, proved, chosen or unplaced, on real text and on what happens to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import BEIBEI, QIJIANG, TONGNAN, facts_of, text_of, written

from fiscograph.budget import FilingFacts, Placement, PrintedAmount
from fiscograph.pipeline import read_filing


def row_of(facts: FilingFacts, line: int) -> list[PrintedAmount]:
    return [amount for amount in facts.printed_amounts if amount.place.line == line]


def changed(name: str, folder: Path, *changes: tuple[int, str, str]) -> FilingFacts:
    """A filing read with some texts of some lines replaced."""
    lines = text_of(name).split("\n")
    for line, before, after in changes:
        assert before in lines[line - 1]
        lines[line - 1] = lines[line - 1].replace(before, after, 1)
    return read_filing(written(folder, "\n".join(lines), name))


def rules(facts: FilingFacts) -> set[str]:
    return {finding.rule for finding in facts.findings}


def test_a_functional_table_without_boundaries_is_proved_whole() -> None:
    table = [a for a in facts_of(BEIBEI).printed_amounts if a.form == "general-public-expenditure"]
    assert len(table) == 73
    assert {amount.placement for amount in table} == {Placement.PROVED}


def test_a_list_of_projects_leaves_open_only_the_sub_columns() -> None:
    """Sums and the words 年初专项 settle the rest, though one row of the list contradicts itself."""
    rows = [a for a in facts_of(TONGNAN).printed_amounts if a.form == "project-list"]
    chosen = [amount for amount in rows if amount.placement is Placement.CHOSEN]
    assert {amount.column[-1] for amount in chosen} <= {
        "人员性",
        "一般性",
        "民生配套项目",
        "结转项目",
        "市级专项",
    }
    settled = [a for a in rows if a.column_key in {"total", "initial_total", "upper_total"}]
    assert {amount.placement for amount in settled} == {Placement.PROVED}
    assert len(settled) == 101
    # The subset of the 42 open ones that a beam of closings cannot follow says so.
    assert not any(amount.rivals_complete for amount in chosen)


@pytest.mark.parametrize(
    ("line", "cut"),
    [(346, "15.00"), (332, "70.00"), (402, "197.81")],
)
def test_a_row_that_lost_one_of_two_equal_numbers_is_not_settled(
    line: int, cut: str, tmp_path: Path
) -> None:
    """What is left may be either of them; no finding of rivals makes it the total."""
    facts = changed(BEIBEI, tmp_path, (line, f"{cut} {cut}", cut))
    (left,) = row_of(facts, line)
    assert left.placement is Placement.CHOSEN
    assert {left.column[-1], *(rival[-1] for rival in left.rivals)} >= {"合计"}


def test_a_drawn_row_that_lost_a_cell_is_not_believed(tmp_path: Path) -> None:
    """221 住房保障支出: the total's cell is cut with its tab, and 66.09 stands under it."""
    (whole, _) = row_of(facts_of(QIJIANG), 45)
    assert whole.placement is Placement.PRINTED
    facts = changed(QIJIANG, tmp_path, (45, "\t66.09\t66.09", "\t66.09"))
    (left,) = row_of(facts, 45)
    assert left.placement is Placement.CHOSEN


def test_a_header_that_lost_a_name_gives_no_number_the_name_of_another(tmp_path: Path) -> None:
    """Rows of three numbers under 合计 and 项目支出 say that a name is missing."""
    header = next(
        at
        for at, line in enumerate(text_of(BEIBEI).split("\n"), start=1)
        if at > 320 and "基本支出" in line
    )
    whole = {
        amount.place.span: amount.column_key
        for amount in facts_of(BEIBEI).printed_amounts
        if amount.form == "general-public-expenditure"
    }
    facts = changed(BEIBEI, tmp_path, (header, "基本支出", ""))
    table = [a for a in facts.printed_amounts if a.place.span in whole]
    assert len(table) == len(whole) == 73
    for amount in table:
        assert amount.column_key in {whole[amount.place.span], None}
    assert rules(facts) & {"header-not-whole", "column-not-named"}


def test_a_row_that_the_narrative_contests_is_left_open_and_told() -> None:
    facts = facts_of(TONGNAN)
    assert {amount.placement for amount in row_of(facts, 570)} == {Placement.CHOSEN}
    (finding,) = [finding for finding in facts.findings if finding.rule == "contested-row"]
    assert finding.place.line == 570


@pytest.mark.parametrize(("before", "after"), [("6.5万元", "6.6万元"), ("一般公共预算拨款", "")])
def test_what_the_narrative_says_of_a_fund_proves_it(
    before: str, after: str, tmp_path: Path
) -> None:
    """其中一般公共预算拨款政府采购 6.5万元: without it 6.50 may come from any fund."""
    (_, told) = row_of(facts_of(BEIBEI), 787)
    assert (told.column_key, told.placement) == ("GPB", Placement.PROVED)
    facts = changed(
        BEIBEI,
        tmp_path,
        *[(222, before, after)] if not after else [(224, "购 " + before, "购 " + after)],
    )
    (_, silent) = row_of(facts, 787)
    assert silent.placement is Placement.CHOSEN


def test_reading_again_gives_the_same_placements() -> None:
    first, again = facts_of(TONGNAN), read_filing(Path("filings") / f"{TONGNAN}.txt")
    assert first.printed_amounts == again.printed_amounts
