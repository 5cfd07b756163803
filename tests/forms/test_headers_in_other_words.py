"""Headers in other words than the form's first, or without some: no number takes another's column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import TONGCHUAN, TONGNAN, text_of, written

from fiscograph.forms import Grid, load_forms
from fiscograph.forms.labels import LabelReader
from fiscograph.forms.rows_read import RowsRead
from fiscograph.forms.two_sided.table import read_two_sided
from fiscograph.pipeline import read_source
from fiscograph.tables import split_line
from fiscograph.vocabulary.codelists import load_code_lists

BOOK = load_forms()
SIDES = "收 入\t\t\t\t支 出\t\t"
HEADER = "项目\t预算数\t项 目\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算"
ROWS = (
    "一、本年收入\t98. 92\t一、本年支出\t98. 92\t98. 92\t\t",
    "一般公共预算拨款收入\t98. 92\t一般公共服务支出\t\t\t\t",
    "政府性基金预算拨款收入\t\t外交支出\t\t\t\t",
    "\t\t社会保障和就业支 出\t87. 20\t87. 20\t\t",
    "\t\t卫生健康支出\t4. 27\t4. 27\t\t",
    "住房保障支出\t7. 45\t7. 45\t",
)
LABELS = sorted(BOOK.columns["item"].aliases)


def balance(header: str) -> RowsRead:
    lines = [split_line(n, text) for n, text in enumerate((SIDES, header, *ROWS), start=1)]
    reader = LabelReader(BOOK, load_code_lists().function)
    return read_two_sided(BOOK.form("appropriation-balance"), lines, reader, lines[-1].number)


def keys(read: RowsRead) -> list[tuple[str, str]]:
    return [(column.side, column.key) for column in read.columns]


def columns_of(read: RowsRead) -> dict[str, list[str]]:
    """By label the headers under which its amounts stand."""
    return {
        row.label: [
            "-" if cell.column is None else read.columns[cell.column].path[-1]
            for cell in row.numbers
        ]
        for row in read.rows
        if row.numbers
    }


@given(left=st.sampled_from(LABELS), right=st.sampled_from(LABELS))
def test_every_name_of_the_labels_of_a_side_parts_the_sides(left: str, right: str) -> None:
    """``支出用途 预算金额 采购项目名称 合计 …`` heads two sides like ``项目 预算数 项 目 合计 …``."""
    renamed = HEADER.replace("项目", left, 1).replace("项 目", right, 1)
    assert balance(renamed) == balance(HEADER)


@pytest.mark.parametrize("word", ["项目", "项 目"])
def test_the_rows_part_the_sides_where_the_header_does_not(word: str) -> None:
    assert columns_of(balance(HEADER.replace(word, "", 1))) == columns_of(balance(HEADER))


@pytest.mark.parametrize("word", ["批复数", "本级", "上年执行", "2022年"])
def test_an_unknown_header_is_a_column_of_its_own_and_moves_no_other(word: str) -> None:
    read = balance(HEADER.replace("合计", f"合计\t{word}", 1))
    assert keys(read) == [
        ("income", "budget"),
        ("expenditure", "total"),
        ("expenditure", ""),
        ("expenditure", "GPB"),
        ("expenditure", "GFB"),
        ("expenditure", "SCB"),
    ]
    assert columns_of(read)["一、本年支出"] == ["合计", word]


def test_a_total_under_an_unknown_header_is_not_taken_for_a_fund() -> None:
    """Two unknown columns before the funds: neither takes a fund's key, and the funds keep theirs."""
    read = balance(HEADER.replace("合计", "批复数\t调整数", 1))
    assert ("expenditure", "total") not in keys(read)
    assert keys(read)[-3:] == [
        ("expenditure", "GPB"),
        ("expenditure", "GFB"),
        ("expenditure", "SCB"),
    ]
    assert columns_of(read)["一、本年支出"] == ["批复数", "调整数"]


@pytest.mark.parametrize(("basic", "project"), [("基本支出小计", "项目支出小计")])
def test_a_subtotal_in_the_name_of_a_part_is_no_total(
    basic: str, project: str, tmp_path: Path
) -> None:
    """``总计 基本支出小计 项目支出小计``: the 小计 of a part does not move the total behind it."""
    text = text_of(TONGNAN).replace(
        "科目编码 科目名称 总计 基本支出 项目支出", f"科目编码 科目名称 合计 {basic} {project}"
    )
    before, after = (
        [[c.key for c in grid.columns] for grid in _grids(tmp_path, version, name)]
        for version, name in ((text_of(TONGNAN), "before"), (text, "after"))
    )
    assert text != text_of(TONGNAN)
    assert after == before


def _grids(folder: Path, text: str, name: str) -> tuple[Grid, ...]:
    (folder / name).mkdir()
    return read_source(written(folder / name, text, TONGNAN)).layout.grids


def test_the_balance_as_disclosed_reads_so() -> None:
    """The rows above are those of a filing."""
    text = text_of(TONGCHUAN)
    assert all(row in text for row in (SIDES, HEADER, *ROWS))
