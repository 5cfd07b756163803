"""A column that prints amounts and no name moves no other, and the filing is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import BEIBEI, NAMES, QIJIANG, TONGCHUAN, facts_of
from tests.reconciliation.readings import read_changed

from fiscograph.budget import FilingFacts

RULE = "column-not-named"
# Header lines of three tables, by number.
ECONOMIC, GENERAL, PROJECTS = 282, 27, 389


def keys_of(facts: FilingFacts, start: int, end: int) -> dict[str, list[str | None]]:
    rows: dict[str, list[str | None]] = {}
    for amount in facts.printed_amounts:
        if start <= amount.place.line <= end:
            rows.setdefault(amount.row_label, []).append(amount.column_key)
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_a_filing_that_names_its_columns_is_told_nothing(name: str) -> None:
    assert not [finding for finding in facts_of(name).findings if finding.rule == RULE]


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ("总计", [None, None, None, "basic"]),
        ("小计", ["total", "current_total", None, "basic"]),
        ("基本支出", ["total", "current_total", "current_general", None]),
    ],
)
def test_a_column_without_a_name_moves_no_other(
    cut: str, left: list[str | None], tmp_path: Path
) -> None:
    """Of ``总计 合计 小计 …`` one is missing: what is left of them may be either of two."""
    facts = read_changed(TONGCHUAN, {ECONOMIC: (f"\t{cut}\t", "\t\t")}, tmp_path)
    (finding,) = [finding for finding in facts.findings if finding.rule == RULE]
    assert finding.place.line == 284
    assert keys_of(facts, 288, 288) == {"福利费": left}
    assert len(facts.printed_amounts) == len(facts_of(TONGCHUAN).printed_amounts)


def test_a_column_under_a_group_s_name_alone_is_told(tmp_path: Path) -> None:
    """``2023年预算数`` covers three columns, of which the first lost 小计."""
    facts = read_changed(QIJIANG, {GENERAL: ("小计", "")}, tmp_path)
    (finding,) = [finding for finding in facts.findings if finding.rule == RULE]
    assert "2,859.58" in finding.message_zh


@pytest.mark.parametrize("name", ["年初预算数", "本年预算数", "金额"])
def test_the_only_column_of_a_table_is_its_total_by_every_name(name: str, tmp_path: Path) -> None:
    facts = read_changed(TONGCHUAN, {PROJECTS: ("金额", name)}, tmp_path)
    keys = {key for row in keys_of(facts, 390, 398).values() for key in row}
    assert keys == {"total"}


@pytest.mark.parametrize(
    ("line", "cut"), [(326, " 基本支出"), (326, " 项目支出"), (683, " 项目支出")]
)
def test_rows_wider_than_their_header_say_that_a_name_is_lost(
    line: int, cut: str, tmp_path: Path
) -> None:
    """``科目编码 科目名称 合计 项目支出`` over rows of three numbers: which name is lost is open."""
    facts = read_changed(BEIBEI, {line: (cut, "")}, tmp_path)
    (finding,) = [finding for finding in facts.findings if finding.rule == RULE]
    keys = {key for row in keys_of(facts, line + 1, line + 60).values() for key in row}
    assert line < finding.place.line < line + 60
    assert keys == {"total", None}
    assert len(facts.printed_amounts) == len(facts_of(BEIBEI).printed_amounts)
