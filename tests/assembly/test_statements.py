"""Statements of filings: one for each token of their bin, whatever lines the text is folded at."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    lines_of,
    written,
)

from fiscograph.budget import Bin, FilingFacts, LedgerRow, Statement
from fiscograph.filings import token_bounds
from fiscograph.pipeline import read_filing

SENTENCE = (
    "本单位2023年公务接待费预算12.34万元，比2022年减少1.2万元，下降8.86%；"
    "其中：外宾接待3.5万元，国内接待8.84万元。全年接待150批次、1200人次。"
)
NUMBERS = ("12", "3.5", "4,683.96", "5%", "98. 92", "２０", "T000012", "-7", "2023年", "1、")
PIECES = ("万元", "人", "附件", "（", "）", "项", "第", "增加", "收入", "，", "。", " ", "\t", "|")
WORDS = st.lists(
    st.sampled_from((*NUMBERS, *PIECES, "#####", ",.")),
    max_size=14,
).map("".join)


def statement_rows(facts: FilingFacts) -> list[LedgerRow]:
    return [row for row in facts.ledger if row.bin is Bin.STATEMENT]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_disclosed_filings_is_unread(name: str) -> None:
    assert not [row for row in facts_of(name).ledger if row.bin is Bin.UNREAD]


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_is_told_for_each_token_of_its_bin(name: str) -> None:
    facts = facts_of(name)
    assert [s.place for s in facts.statements] == [row.place for row in statement_rows(facts)]
    for statement in facts.statements:
        line = lines_of(name)[statement.place.line - 1]
        assert line[statement.place.start - 1 : statement.place.end] == statement.printed
        assert statement.about
        assert statement.project is None or statement.project in {p.key for p in facts.projects}


def at(name: str, line: int, start: int) -> Statement:
    place = (line, start)
    return next(s for s in facts_of(name).statements if (s.place.line, s.place.start) == place)


@pytest.mark.parametrize(
    ("name", "line", "start", "value", "unit", "about", "year"),
    [
        # read by hand; the words of a sentence stand on two lines
        (BEIBEI, 162, 30, "661.58", "万元", "收入 较2022年减少", 2023),
        (BEIBEI, 174, 23, "866.93", "万元", "项目支出 减少", 2023),
        (TONGNAN, 117, 50, "159.08", "万元", "住房保障支出", 2023),
        (TONGNAN, 173, 37, "0", "辆", "一般公共预算安排购置车辆", 2023),
        (TONGCHUAN, 131, 39, "52.47", "%", None, 2023),
    ],
)
def test_a_number_is_told_as_a_reader_reads_it(
    *, name: str, line: int, start: int, value: str, unit: str, about: str | None, year: int
) -> None:
    statement = at(name, line, start)
    assert (statement.value, statement.unit, statement.year) == (Decimal(value), unit, year)
    assert about in {None, statement.about}


def test_the_number_of_a_sheet_is_told_of_its_project_and_field() -> None:
    statement = at(QIJIANG_DATA, 486, 1)
    assert statement.path == "2023年运转性项目-人员补丁/项目概况/行政辅助非在编人员"
    assert statement.unit == "万元/人/年"


def test_torn_glyphs_are_damage_and_amounts_in_a_torn_line_are_not() -> None:
    bins = {(r.place.line, r.printed): r.bin for r in facts_of(TONGCHUAN).ledger}
    assert {bins[348, "12. 14"], bins[457, "1"], bins[487, "2"], bins[493, "4"]} == {Bin.DAMAGE}
    assert bins[485, "98. 92"] is Bin.PRINTED_AMOUNT


def with_lines(folder: Path, lines: list[str]) -> FilingFacts:
    """A filing whose narrative ends with more lines, before its first table."""
    text = [*lines_of(BEIBEI)]
    end = next(i for i, line in enumerate(text) if "部门预算公开联系人" in line)
    return read_filing(
        written(folder, "\n".join([*text[:end], "", *lines, "", *text[end:]]), BEIBEI)
    )


def added(facts: FilingFacts) -> list[Statement]:
    known = [(s.about, s.printed) for s in facts_of(BEIBEI).statements]
    return [s for s in facts.statements if (s.about, s.printed) not in known]


@settings(max_examples=8)
@given(width=st.integers(27, 36))
def test_where_a_text_is_folded_changes_nothing(width: int, tmp_path: Path) -> None:
    lines, rest = [], SENTENCE
    while len(rest) > width:
        inside = [start for start, end in token_bounds(rest) if start < width < end]
        cut = inside[0] if inside else width
        lines.append(rest[:cut])
        rest = rest[cut:]
    lines.append(rest)
    folded = added(with_lines(tmp_path, lines))
    whole = added(with_lines(tmp_path, [SENTENCE]))
    assert [(s.about, s.printed, s.unit, s.year) for s in folded] == [
        (s.about, s.printed, s.unit, s.year) for s in whole
    ]
    assert [s.printed for s in whole] == [*["12.34", "1.2", "8.86%", "3.5", "8.84", "150", "1200"]]


def test_a_number_folded_over_two_lines_is_one_token_with_a_row_a_line(tmp_path: Path) -> None:
    first = "本单位2023年一般公共预算安排的公务接待费和会议费预算合计为 1,23"
    facts = with_lines(
        tmp_path, [first, "4.56万元，与上年持平，用于接待和会议等各项工作的开展和组织。"]
    )
    (statement,) = added(facts)
    assert (statement.value, statement.printed) == (Decimal("1234.56"), "1,234.56")
    rows = [row for row in facts.ledger if row.token == statement.place.locator]
    assert [row.printed for row in rows] == ["1,23", "4.56"]
    assert {row.bin for row in rows} == {Bin.STATEMENT}


@settings(max_examples=25)
@given(lines=st.lists(WORDS, min_size=1, max_size=4))
def test_whatever_a_text_says_the_bins_partition_its_tokens(
    lines: list[str], tmp_path: Path
) -> None:
    facts = with_lines(tmp_path, lines)
    text = (tmp_path / f"{BEIBEI}.txt").read_text("utf-8").split("\n")
    expected = [
        (number, start + 1, end)
        for number, line in enumerate(text, start=1)
        for start, end in token_bounds(line)
    ]
    places = [(r.place.line, r.place.start, r.place.end) for r in facts.ledger]
    assert places == expected
    told = [s.place for s in facts.statements]
    rows = {row.place: row for row in facts.ledger}
    assert len(set(told)) == len(told)
    assert all(rows[place].bin is Bin.STATEMENT for place in told)
    tokens = {row.token for row in statement_rows(facts)}
    assert tokens == {place.locator for place in told}
