"""Findings: each fault of the filings is told where it is printed, and nothing else is."""

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
    written,
)

from fiscograph.budget import Finding
from fiscograph.pipeline import read_filing

SUMS = {"row-sum", "tree-sum", "project-funding", "list-against-sheet", "frontier-kept"}


def findings_at(name: str, line: int, rule: str) -> list[Finding]:
    return [f for f in facts_of(name).findings if (f.place.line, f.rule) == (line, rule)]


def read_with(name: str, line: int, before: str, after: str, folder: Path) -> tuple[Finding, ...]:
    """The findings of a filing of which one line prints something else."""
    lines = [*lines_of(name)]
    assert before in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(before, after)
    return read_filing(written(folder, "\n".join(lines), name)).findings


@pytest.mark.parametrize(
    ("name", "line", "rule", "printed"),
    [
        (TONGNAN, 1187, "row-sum", "1568.95"),
        (TONGNAN, 1630, "list-against-sheet", "67.00"),
        (TONGNAN, 1666, "row-sum", "43.01"),
        (TONGNAN, 389, "code-twice", "2080799"),
        (TONGNAN, 389, "code-under-wrong-parent", "2080799"),
        (TONGNAN, 227, "damaged-number", ",."),
        (QIJIANG, 176, "damaged-number", "#####"),
        (TONGCHUAN, 313, "misplaced-column", "职工基本医疗 保险缴费"),
    ],
)
def test_a_fault_is_told_at_its_line(name: str, line: int, rule: str, printed: str) -> None:
    finding, *_ = findings_at(name, line, rule)
    assert finding.printed == printed
    assert printed.split(maxsplit=1)[0] in lines_of(name)[line - 1]
    assert str(line) in finding.message_zh
    assert str(line) in finding.message_en
    assert line in finding.lines


def test_an_expected_value_is_what_the_other_numbers_give() -> None:
    """1070.31 + 457.80 + 41.00 = 1569.11, where 1568.95 is printed."""
    (whole,) = findings_at(TONGNAN, 1187, "row-sum")
    (project,) = findings_at(TONGNAN, 1630, "list-against-sheet")
    assert (whole.expected, project.expected) == ("1569.11", "67.16")


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG, QIJIANG_DATA, TONGCHUAN])
def test_filings_whose_sums_hold_raise_no_sum(name: str) -> None:
    assert not SUMS & {finding.rule for finding in facts_of(name).findings}


def test_a_clean_filing_raises_nothing_at_all() -> None:
    assert not facts_of(BEIBEI).findings


@pytest.mark.parametrize("name", NAMES)
def test_findings_stand_where_something_is_printed_and_come_in_order(name: str) -> None:
    findings = facts_of(name).findings
    assert list(findings) == sorted(findings, key=lambda f: (f.place, f.rule))
    assert len({(f.rule, f.place) for f in findings}) == len(findings)
    for finding in findings:
        text = lines_of(name)[finding.place.line - 1]
        assert 1 <= finding.place.start <= finding.place.end <= len(text)
        assert finding.message_zh
        assert (
            finding.message_en.isascii() or finding.printed in finding.message_en or finding.about
        )


@pytest.mark.parametrize(
    ("name", "line", "before", "after"),
    [
        (TONGNAN, 1630, "67.00 67.00 67.00", "67.16 67.16 67.16"),
        (TONGNAN, 1666, "430.1", "43.01"),
        (TONGNAN, 389, "2080799", "2080899"),
        (TONGNAN, 227, ",. 一、本年支出 ,. ,. .", "9209.73 一、本年支出 9209.73 9209.73"),
        (QIJIANG, 176, "#####", "21,077,000.00"),
    ],
)
def test_the_corrected_line_raises_nothing(
    name: str, line: int, before: str, after: str, tmp_path: Path
) -> None:
    findings = read_with(name, line, before, after, tmp_path)
    assert line not in {at for finding in findings for at in finding.lines}
    assert {f.rule for f in findings} <= {f.rule for f in facts_of(name).findings}
    assert len(findings) <= len(facts_of(name).findings)


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        (28, "879.69", "869.69"),
        (29, "2,377.13", "2,387.13"),
        (32, "1,640.70\t\t1,640.70", "1,641.70\t\t1,641.70"),
        (34, "78.55\t78.55", "88.55\t88.55"),
        (57, "984.28", "994.28"),
        (60, "133.10\t133.10", "233.10\t233.10"),
        (84, "8.00\t\t8.00", "8.80\t\t8.80"),
        (194, "43.90\t\t上级资金", "49.30\t\t上级资金"),
    ],
)
def test_one_wrong_number_is_found_and_only_where_it_counts(
    line: int, before: str, after: str, tmp_path: Path
) -> None:
    known = {(f.rule, f.place) for f in facts_of(QIJIANG).findings}
    findings = read_with(QIJIANG, line, before, after, tmp_path)
    fresh = [f for f in findings if (f.rule, f.place.line) not in {(r, p.line) for r, p in known}]
    assert fresh
    assert all(line in finding.lines for finding in fresh)
    assert all(finding.expected for finding in fresh)


def test_a_table_of_no_known_form_is_told_and_its_numbers_stay(tmp_path: Path) -> None:
    lines = [*lines_of(QIJIANG)]
    at = lines.index("附件4-2")
    table = ["某中心资产情况表", "单位：万元", "土地 房屋 车辆", "12.50 1,300.00 17.76", ""]
    path = written(tmp_path, "\n".join([*lines[:at], *table, *lines[at:]]), QIJIANG)
    facts = read_filing(path)
    (finding,) = [f for f in facts.findings if f.rule == "unknown-table"]
    assert finding.place.line == at + 1
    unplaced = [a.printed for a in facts.printed_amounts if a.form is None]
    assert unplaced == ["12.50", "1,300.00", "17.76"]
    assert len(facts.printed_amounts) == len(facts_of(QIJIANG).printed_amounts) + 3
