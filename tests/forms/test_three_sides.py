"""Balances with a third side: expenditure by use beside expenditure by function."""

from __future__ import annotations

from fiscograph.forms import load_forms
from fiscograph.forms.labels import LabelReader
from fiscograph.forms.two_sided.table import read_two_sided
from fiscograph.tables import split_line
from fiscograph.vocabulary.codelists import load_code_lists

LINES = (
    "项目名称 金额 功能科目名称 金额 项目名称 金额",
    "一、财政拨款 70.00 一、一般公共服务支出 60.00 一、基本支出 45.00",
    "1.一般公共预算 70.00 二、外交支出 二、项目支出 25.00",
    "三、社会保障和就业支出 10.00",
    "收入合计 70.00 支出合计 70.00",
)


def test_expenditure_by_use_is_kept_apart_from_expenditure_by_function() -> None:
    book = load_forms()
    lines = [split_line(number, text) for number, text in enumerate(LINES, start=1)]
    read = read_two_sided(
        book.form("department-balance"),
        lines,
        LabelReader(book, load_code_lists().function),
        lines[-1].number,
    )
    by_side = {
        side: [
            (row.key, [cell.text for cell in row.numbers])
            for row in read.rows
            if row.side == side and row.role == "item"
        ]
        for side in ("expenditure", "use")
    }
    assert by_side["expenditure"] == [("201", ["60.00"]), ("202", []), ("208", ["10.00"])]
    assert by_side["use"] == [("basic", ["45.00"]), ("project", ["25.00"])]
