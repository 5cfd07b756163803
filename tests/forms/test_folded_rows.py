"""Coded rows whose label, code and numbers stand on lines of their own."""

from __future__ import annotations

import pytest

from fiscograph.forms import Row, load_forms
from fiscograph.forms.rows.code_rows import read_code_rows
from fiscograph.tables import split_line
from fiscograph.vocabulary.codelists import load_code_lists

HEADER = "科目编码 科目名称 合计 基本支出 项目支出"


def rows_of(*lines: str) -> tuple[Row, ...]:
    form = load_forms().form("general-public-expenditure")
    split = [split_line(number, text) for number, text in enumerate((HEADER, *lines), start=1)]
    return read_code_rows(form, split, load_code_lists().function).rows


@pytest.mark.parametrize(
    "lines",
    [
        ("208 社会保障和就业支出 65.63 57.13 8.50",),
        ("208 社会保障", "和就业支出 65.63 57.13 8.50"),
        ("208", "社会保障和就业支出 65.63 57.13 8.50"),
        ("208 社会保障", "和就业支出", "65.63 57.13 8.50"),
        ("208 社会保障和就业支出", "65.63 57.13 8.50"),
        ("社会保障", "208 65.63 57.13 8.50", "和就业支出"),
        ("208", "社会保障和就业支出", "65.63", "57.13", "8.50"),
    ],
)
def test_a_row_is_the_same_row_however_it_is_folded(lines: tuple[str, ...]) -> None:
    (row,) = rows_of(*lines)
    assert (row.code, row.label) == ("208", "社会保障和就业支出")
    assert [cell.text for cell in row.numbers] == ["65.63", "57.13", "8.50"]


def test_the_rest_of_a_label_may_itself_be_a_listed_label() -> None:
    (row,) = rows_of("21011 行政 2.73 2.73", "事业单位医疗")
    assert row.label == "行政事业单位医疗"


def test_a_total_printed_after_the_rows_is_no_piece_of_a_label() -> None:
    rows = rows_of("208 社会保障和就业支出 65.63 57.13 8.50", "合计", "2130804", "1.00 1.00")
    assert [row.code for row in rows] == ["208", "2130804"]


def test_a_code_printed_in_pieces_is_one_code() -> None:
    (row,) = rows_of("208 05 05 机关事业单位基本养老保险缴费支出 3.79 3.79")
    assert row.code == "2080505"


def test_classes_side_by_side_are_read_one_group_below_the_other() -> None:
    rows = rows_of(
        "201 一般公共服务支出 3.00 208 社会保障和就业支出 2.00",
        "20101 人大事务 2.00 20801 人力资源和社会保障管理事务 1.50",
        "20102 政协事务 1.00 20805 行政事业单位养老支出 0.50",
    )
    assert [row.code for row in rows] == ["201", "20101", "20102", "208", "20801", "20805"]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("208 01 50 189001 事业运行 61.37 61.37", "189001"),
        ("208 01 50 189 事业运行 61.37 61.37", "189"),
        ("208 01 50 2080150 事业运行 61.37 61.37", None),
        ("2080150 189001 事业运行 61.37 61.37", "189001"),
    ],
)
def test_a_unit_s_code_or_the_code_again_is_no_piece_of_a_label(
    line: str, body: str | None
) -> None:
    (row,) = rows_of(line)
    assert (row.code, row.label, row.body) == ("2080150", "事业运行", body)
    assert [cell.text for cell in row.numbers] == ["61.37", "61.37"]
