"""The narrative against itself and the tables: each fault is told, its clean neighbour is not."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    lines_of,
    written,
)

from fiscograph.budget import Finding, Outcome
from fiscograph.pipeline import read_filing
from fiscograph.reconciliation.narrative.intervals import Interval, compared, per_cent

CENTS = st.decimals(Decimal("0.01"), 99999, places=2, allow_nan=False)


def findings_with(
    name: str, line: int, before: str, after: str, folder: Path
) -> tuple[Finding, ...]:
    """The narrative's findings of a filing of which one line prints something else."""
    lines = [*lines_of(name)]
    assert before in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(before, after, 1)
    facts = read_filing(written(folder, "\n".join(lines), name))
    return tuple(finding for finding in facts.findings if finding.rule.startswith("prose"))


@pytest.mark.parametrize("name", NAMES)
def test_the_narratives_of_the_filings_raise_what_a_reader_finds_and_nothing_else(
    name: str,
) -> None:
    """Line 143: 23元 for 23万元. The columns of the row that it is about are open, so that nothing is
    said of the change: from 32.3 to 23 it is 9.3 and not 9.8.
    """
    found = {
        (f.rule, f.place.line, f.printed, f.expected)
        for f in facts_of(name).findings
        if f.rule.startswith("prose")
    }
    expected = {("prose-unit", 143, "23元", "23万元")}
    assert found == (expected if name == TONGNAN else set())


@pytest.mark.parametrize(
    ("name", "line", "change", "rules"),
    [
        (TONGCHUAN, 131, ("52.47%", "25.47%"), {"prose-growth"}),
        (TONGCHUAN, 64, ("占 95%", "占 59%"), {"prose-share"}),
        (TONGCHUAN, 82, ("88.15%", "86.15%"), {"prose-share"}),
        (TONGCHUAN, 99, ("93.92 万元", "93.29 万元"), {"prose-table"}),
        (BEIBEI, 170, ("165.31万元", "156.31万元"), {"prose-table"}),
        (BEIBEI, 170, ("165.31万元", "1650.31万元"), {"prose-table"}),
        (BEIBEI, 174, ("205.35", "250.35"), {"prose-change-parts"}),
        (BEIBEI, 200, ("15.79 万元", "17.59 万元"), {"prose-table", "prose-parts"}),
        (BEIBEI, 204, ("11万元", "12万元"), {"prose-table", "prose-parts"}),
        (BEIBEI, 170, ("165.31万元", "165.31元"), {"prose-unit"}),
        (BEIBEI, 220, ("采购货物预算 6.5万元", "采购货物预算 5.6万元"), {"prose-parts"}),
        (TONGNAN, 2456, ("9%=27", "9%=72"), {"prose-product"}),
    ],
)
def test_a_wrong_number_of_the_text_is_told(
    *, name: str, line: int, change: tuple[str, str], rules: set[str], tmp_path: Path
) -> None:
    known = {(f.rule, f.printed) for f in facts_of(name).findings}
    fresh = [
        f for f in findings_with(name, line, *change, tmp_path) if (f.rule, f.printed) not in known
    ]
    assert {finding.rule for finding in fresh} == rules
    for finding in fresh:
        assert line in finding.lines or finding.rule == "prose-parts"
        assert finding.printed in finding.message_zh
        assert finding.expected
        assert finding.expected in finding.message_zh
        assert finding.expected in finding.message_en


@pytest.mark.parametrize(
    ("name", "line", "change"),
    [
        # said otherwise, rounded, cut off, in another unit, of part of the money, of another year
        (BEIBEI, 170, ("165.31万元", "1653100 元")),
        (BEIBEI, 170, ("165.31万元", "165.3万元")),
        (BEIBEI, 170, ("农林水支出 165.31万元", "农林水支出中水利 15.31万元")),
        (BEIBEI, 170, ("165.31万元", "约165万元")),
        (TONGCHUAN, 64, ("占 95%", "占 94.9%")),
        (TONGCHUAN, 64, ("占 95%", "占 94%")),
        (TONGCHUAN, 131, ("52.47%", "52.5%")),
        (TONGCHUAN, 99, ("2023 年一般公共预算基本支出 93.92", "2022 年一般公共预算基本支出 70.11")),
        (TONGCHUAN, 99, ("通川区人社信息管理中心", "下属某某学校")),
        (TONGCHUAN, 103, ("0.23 万元(其中", "0.23 万元(其中部分")),
        (QIJIANG, 239, ("合计168万元", "合计186万元")),
    ],
)
def test_what_is_no_contradiction_is_not_told(
    name: str, line: int, change: tuple[str, str], tmp_path: Path
) -> None:
    known = {(f.rule, f.printed) for f in facts_of(name).findings}
    found = findings_with(name, line, *change, tmp_path)
    assert {(f.rule, f.printed) for f in found} <= known


@pytest.mark.parametrize(
    "sentence",
    [
        "教育支出100万元，其中：基本支出60万元，项目支出40万元。",
        "学校另有经营支出100万元，基本支出60万元，项目支出40万元。",
        "某某学校收入预算50万元。某某学校支出预算50万元。某某学校基本支出20万元。某某学校项目支出30万元。",
        "2023年公务接待费4.79万元，比2022年决算数减少1.23万元。",
        "财政拨款收入4,683.96万元，其中：一般公共预算拨款4,683.96万元；事业收入20万元。",
        "支出预算100万元，其中：基本支出60万元，另有上缴支出。",
        "共计支出3.68万元。支出8万元用于培训，收入2万元上缴。",
        "2022年收入预算5,345.54万元。",
        "培训费12万元，占公用经费的3%。",
        "2022年预算数60万元，2023年预算安排50万元，比2022年执行数增加5%。",
        "合同金额12345678901234567890123456789012345678万元，占99.99999999999999999999%。",
    ],
)
def test_what_a_text_says_of_something_else_is_no_contradiction(
    sentence: str, tmp_path: Path
) -> None:
    lines = [*lines_of(BEIBEI)]
    end = next(at for at, line in enumerate(lines) if "部门预算公开联系人" in line)
    text = "\n".join([*lines[:end], "", sentence, "", *lines[end:]])
    facts = read_filing(written(tmp_path, text, BEIBEI))
    assert not [f for f in facts.findings if f.rule.startswith("prose")]
    assert len(facts.statements) > len(facts_of(BEIBEI).statements)


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        (BEIBEI, {"prose-table", "prose-parts", "prose-change-parts"}),
        (TONGNAN, {"prose-table", "prose-product", "prose-parts", "prose-change"}),
        (TONGCHUAN, {"prose-table", "prose-share", "prose-growth", "prose-parts"}),
        (QIJIANG, {"prose-total"}),
    ],
)
def test_what_a_text_lets_us_try_is_tried(name: str, rules: set[str]) -> None:
    tried = [check for check in facts_of(name).checks if check.rule.startswith("prose")]
    assert rules <= {check.rule for check in tried}
    assert all(len(check.terms) > 1 for check in tried)


@given(part=CENTS, whole=CENTS, decimals=st.integers(0, 2))
def test_a_percentage_that_follows_from_its_terms_never_fails(
    part: Decimal, whole: Decimal, decimals: int
) -> None:
    part = min(part, whole)
    ratio = per_cent(Interval.of(part), Interval.of(whole))
    exact = part / whole * 100
    if ratio is None:
        return
    step = Decimal(1).scaleb(-decimals)
    rounded, cut = exact.quantize(step), (exact // step * step).quantize(step)
    assert compared(rounded, ratio, exact).outcome is not Outcome.FAILS
    assert compared(cut, ratio, exact).outcome is not Outcome.FAILS
    wide = (ratio.high - ratio.low).quantize(step, rounding=ROUND_UP)
    assert compared(rounded + wide + 2 * step, ratio, exact).outcome is Outcome.FAILS
    assert compared(rounded - wide - 3 * step, ratio, exact).outcome is Outcome.FAILS
