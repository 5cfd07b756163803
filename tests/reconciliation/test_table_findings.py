"""Tables cut off, empty, announced and absent: told where the filing does not explain it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
)
from tests.reconciliation.readings import fresh, read_changed, read_without

from fiscograph.budget import Severity

RULES = {
    "title-cut-off",
    "table-empty",
    "table-cut-short",
    "table-said-empty",
    "table-not-printed",
}


def told(name: str) -> set[tuple[str, int, Severity]]:
    return {(f.rule, f.place.line, f.severity) for f in facts_of(name).findings if f.rule in RULES}


@pytest.mark.parametrize("name", [BEIBEI, TONGNAN, TONGCHUAN])
def test_empty_tables_that_a_sentence_explains_are_not_told(name: str) -> None:
    """A note below the table, or a sentence of the narrative: 通川 has four empty tables."""
    assert not told(name)


def test_cut_titles_and_empty_tables_are_told() -> None:
    """``…一般公共预算财政拨款基本支出预`` stands over three pages of one table."""
    assert told(QIJIANG) == {
        ("title-cut-off", 22, Severity.NOTICE),
        ("title-cut-off", 51, Severity.NOTICE),
        ("table-empty", 134, Severity.NOTICE),
        ("table-empty", 158, Severity.WARNING),
        ("table-cut-short", 165, Severity.WARNING),
    }
    (title,) = [f for f in facts_of(QIJIANG).findings if f.place.line == 51]
    assert title.lines == (51, 76, 101)


def test_a_table_whose_total_another_prints_lacks_its_numbers() -> None:
    assert told(QIJIANG_DATA) == {
        ("table-empty", 225, Severity.NOTICE),
        ("table-empty", 241, Severity.NOTICE),
        ("table-empty", 286, Severity.WARNING),
        ("table-cut-short", 332, Severity.WARNING),
        ("table-empty", 344, Severity.NOTICE),
    }
    (revenue,) = [f for f in facts_of(QIJIANG_DATA).findings if f.place.line == 286]
    assert revenue.expected == "71.2万元"
    assert {286, 280} == set(revenue.lines)


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        (139, "合计\t基本支出\t项目支出", "合计\t基本支出\t项目支出\n备注：本表无数据。"),
        (49, "备注：", "备注：2023年没有使用政府性基金预算拨款安排的支出，故此表为空。"),
    ],
)
def test_a_note_below_an_empty_table_explains_it_and_no_other(
    line: int, before: str, after: str, tmp_path: Path
) -> None:
    facts = read_changed(QIJIANG, {line: (before, after)}, tmp_path)
    empty = [f for f in facts.findings if f.rule == "table-empty"]
    assert sum(f.severity is Severity.NOTICE for f in empty) == (0 if line == 139 else 1)
    assert sum(f.severity is Severity.WARNING for f in empty) == 1


@pytest.mark.parametrize(
    ("name", "line", "before", "after"),
    [
        (QIJIANG, 141, "部门收支总表", "部门收支总"),
        (QIJIANG, 125, "重庆市綦江区社", "江区社"),
        (TONGCHUAN, 276, "(部门经济分类科目)", "(部门经济分类科目"),
    ],
)
def test_a_title_cut_is_told_at_its_line(
    name: str, line: int, before: str, after: str, tmp_path: Path
) -> None:
    found = fresh(read_changed(name, {line: (before, after)}, tmp_path), name)
    assert [f.place.line for f in found if f.rule == "title-cut-off"] == [line]


def test_a_table_that_lost_its_rows_is_told(tmp_path: Path) -> None:
    """The general public table without its rows: 财政拨款收支总表 still prints 2,964.17."""
    facts = read_without(QIJIANG, 28, 47, tmp_path)
    (finding,) = [f for f in facts.findings if f.rule == "table-empty" and f.place.line == 22]
    assert finding.severity is Severity.WARNING
    assert finding.expected == "2964.17万元"


def test_a_table_of_the_contents_that_is_not_printed_is_told(tmp_path: Path) -> None:
    """通川 lists fourteen tables; without the lines of 部门收入总表 thirteen are printed."""
    facts = read_without(TONGCHUAN, 200, 210, tmp_path)
    (finding,) = [f for f in facts.findings if f.rule == "table-not-printed"]
    assert (finding.place.line, finding.printed) == (13, "部门收入总表")


def test_a_note_that_denies_printed_amounts_is_told(tmp_path: Path) -> None:
    note = "备注：本表反映2023年当年一般公共预算财政拨款支出情况。"
    facts = read_changed(QIJIANG, {49: (note, "备注：本部门无此项支出，故本表为空表。")}, tmp_path)
    (finding,) = [f for f in facts.findings if f.rule == "table-said-empty"]
    assert finding.place.line == 49


@pytest.mark.parametrize(
    ("topic", "told_there"), [("国有资本经营预算", True), ("政府性基金", False)]
)
def test_a_note_of_another_fund_is_told(topic: str, told_there: bool, tmp_path: Path) -> None:
    """``备注：本部门无政府性基金收支，故此表无数据。`` below the table of another fund, or of its own."""
    facts = read_changed(BEIBEI, {528: ("政府性基金", topic)}, tmp_path)
    assert [f.place.line for f in facts.findings if f.rule == "note-of-another-table"] == (
        [528] if told_there else []
    )
