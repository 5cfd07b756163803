"""Weights and indicators: what cannot be is told once, what can be is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    lines_of,
)
from tests.reconciliation.readings import fresh, read_changed

RULES = {
    "weight-sum",
    "weight-out-of-range",
    "indicator-unit",
    "indicator-unit-twice",
    "indicator-above-whole",
}


def told(name: str) -> set[tuple[str, int, str]]:
    return {(f.rule, f.place.line, f.printed) for f in facts_of(name).findings if f.rule in RULES}


@pytest.mark.parametrize("name", [BEIBEI, TONGNAN, TONGCHUAN])
def test_sheets_without_such_faults_raise_none(name: str) -> None:
    assert not told(name)


def test_a_count_in_percent_is_told_once_for_all_sheets_that_copy_it() -> None:
    """``每年发放次数 = 12 %`` stands on sixteen sheets, ``每月发放人数 ≥ 10 人数`` is right."""
    assert told(QIJIANG) == {("indicator-unit", 203, "12 %")}
    (finding,) = [f for f in facts_of(QIJIANG).findings if f.rule == "indicator-unit"]
    assert len(finding.lines) == 16
    assert all("每年发放次数" in lines_of(QIJIANG)[line - 1] for line in finding.lines)


def test_a_unit_printed_twice_and_weights_above_a_hundred_are_told() -> None:
    """``≧ 95% % 20``; and 20 + 7 × 10 + 10 + 20 = 110 on the only sheet of a project."""
    assert told(QIJIANG_DATA) == {
        ("indicator-unit-twice", 458, "95% %"),
        ("weight-sum", 513, "110"),
    }


@pytest.mark.parametrize(
    ("name", "line", "before", "after"),
    [
        (QIJIANG_DATA, 535, "95% % 20", "95 % 10"),
        (QIJIANG, 203, "12\t%", "12\t次"),
    ],
)
def test_the_corrected_row_is_told_no_more(
    name: str, line: int, before: str, after: str, tmp_path: Path
) -> None:
    findings = read_changed(name, {line: (before, after)}, tmp_path).findings
    assert not [f for f in findings if f.rule in RULES and line in f.lines]


@pytest.mark.parametrize(
    ("line", "before", "after", "rule"),
    [
        (205, "人次\t20", "人次\t10", "weight-sum"),
        (205, "人次\t20", "人次\t", "weight-sum"),
        (205, "人次\t20", "人次\t120", "weight-out-of-range"),
        (206, "90\t%", "190\t%", "indicator-above-whole"),
        (206, "90\t%", "90\t℃", "indicator-unit"),
        (202, "10\t人数", "10\t万元", "indicator-unit"),
    ],
)
def test_a_fault_made_is_told_at_its_sheet(
    line: int, before: str, after: str, rule: str, tmp_path: Path
) -> None:
    found = fresh(read_changed(QIJIANG, {line: (before, after)}, tmp_path), QIJIANG)
    made = [f for f in found if f.rule == rule]
    assert len(made) == 1
    assert line in made[0].lines
    assert {f.rule for f in found} <= {rule, "weight-sum"}


def test_weights_of_ninety_are_a_template_where_the_siblings_have_it() -> None:
    """北碚, 潼南 and 通川 give 90 to the indicators of a project and 100 to the whole department."""
    for name in (BEIBEI, TONGNAN, TONGCHUAN):
        assert not [f for f in facts_of(name).findings if f.rule == "weight-sum"]


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_finding_quotes_what_its_lines_print(name: str) -> None:
    for finding in facts_of(name).findings:
        if finding.rule.startswith("indicator"):
            for line in finding.lines:
                assert str(line) in finding.message_zh
                assert finding.printed.split()[-1] in lines_of(name)[line - 1]


@pytest.mark.parametrize(
    ("name", "line", "change", "total"),
    [
        (TONGNAN, 1939, ("% 20", "% 10"), "80"),
        (TONGNAN, 1939, ("% 20", "%"), "70"),
        (TONGNAN, 1878, ("5%", "15%"), "110"),
        (QIJIANG_DATA, 427, ("人 10", "人 20"), "110"),
    ],
)
def test_a_weight_changed_or_dropped_leaves_the_sum_of_the_siblings(
    name: str, line: int, change: tuple[str, str], total: str, tmp_path: Path
) -> None:
    found = fresh(read_changed(name, {line: change}, tmp_path), name)
    assert [(f.rule, f.printed) for f in found] == [("weight-sum", total)]
    assert min(found[0].lines) <= line <= max(found[0].lines)
