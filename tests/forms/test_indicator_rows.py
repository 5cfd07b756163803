"""Rows of performance indicators: read back as printed, in each order of the columns."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.forms import IndicatorRow, load_forms
from fiscograph.forms.sheets.indicator_tail import QUALITATIVE
from fiscograph.forms.sheets.indicators import FlatIndicators, column_order
from fiscograph.tables import split_line

WORDS = load_forms().sheet
HEADERS = {
    "sign first": "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重",
    "value first": "一级指标 二级指标 三级指标 指标值 指标性质 度量单位 权重",
    "weight first": "指标名称 指标权重 计量单位 指标性质 指标值",
    "unit first": "一级指标 二级指标 三级指标 计量单位 指标性质 指标值 权重 是否是核心指标",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    level1: str
    level2: str
    name: str
    operator: str
    value: str
    unit: str
    weight: str
    core: str

    def words(self, order: tuple[str, ...]) -> list[str]:
        return [getattr(self, key) for key in order]


SIGNS = sorted(printed for printed, sign in WORDS.operators.items() if sign != QUALITATIVE)
ROWS = st.builds(
    Printed,
    level1=st.sampled_from(["产出指标", "效益指标", "满意度指标"]),
    level2=st.sampled_from(["数量指标", "社会效益指标", "服务对象满意度指标"]),
    name=st.sampled_from(
        ["就业补助发放人数", "公共WiFi点位", "劳动人事争议仲裁案件结案率", "满意率"]
    ),
    operator=st.sampled_from(SIGNS),
    value=st.sampled_from(["95", "2,000", "98.5", "100%", "60000"]),
    unit=st.sampled_from(["%", "人", "万人次", "个"]),
    weight=st.sampled_from(["5", "20", "30%"]),
    core=st.sampled_from(["是", "否"]),
)


def order_of(header: str) -> tuple[str, ...]:
    return column_order(split_line(1, header), WORDS)


def read(header: str, lines: list[str]) -> list[IndicatorRow]:
    reader = FlatIndicators(order_of(header), WORDS)
    for number, text in enumerate(lines, start=2):
        reader.take(split_line(number, text))
    assert not reader.pending
    return reader.rows


def texts(row: IndicatorRow) -> tuple[str | None, ...]:
    cells = (row.operator, row.value, row.unit, row.weight)
    return (row.name, *(cell.text if cell is not None else None for cell in cells))


@pytest.mark.parametrize("header", HEADERS.values(), ids=list(HEADERS))
@given(rows=st.lists(ROWS, min_size=1, max_size=5))
def test_rows_are_read_back_in_every_printed_order(header: str, rows: list[Printed]) -> None:
    order = order_of(header)
    found = read(header, [" ".join(row.words(order)) for row in rows])
    assert [texts(row) for row in found] == [
        (row.name, row.operator, row.value, row.unit, row.weight) for row in rows
    ]
    if "level1" in order:
        assert [(r.level1, r.level2) for r in found] == [(r.level1, r.level2) for r in rows]
    if "core" in order:
        assert [row.core for row in found] == [row.core for row in rows]


@pytest.mark.parametrize("header", HEADERS.values(), ids=list(HEADERS))
@given(row=ROWS, data=st.data())
def test_a_name_folded_over_lines_is_mended(header: str, row: Printed, data: st.DataObject) -> None:
    order = order_of(header)
    before = [word for key, word in zip(order, row.words(order), strict=True) if key == "name"]
    levels = [getattr(row, key) for key in order if key in {"level1", "level2"}]
    tail = [getattr(row, key) for key in order if key not in {"level1", "level2", "name"}]
    cut = data.draw(st.integers(1, len(row.name) - 1))
    first, rest = before[0][:cut], before[0][cut:]
    (found,) = read(header, [" ".join([*levels, first]), " ".join([rest, *tail])])
    assert texts(found)[1:] == (row.operator, row.value, row.unit, row.weight)
    assert found.name.replace(" ", "") == row.name


@given(rows=st.lists(ROWS, min_size=2, max_size=5))
def test_a_level_printed_once_holds_for_the_rows_below(rows: list[Printed]) -> None:
    header = HEADERS["sign first"]
    order = order_of(header)
    tail = [key for key in order if key not in {"level1", "level2"}]
    lines = [
        f"{rows[0].level1} {rows[0].level2}",
        *(" ".join(getattr(row, key) for key in tail) for row in rows),
    ]
    levels = {(row.level1, row.level2) for row in read(header, lines)}
    assert levels == {(rows[0].level1, rows[0].level2)}


@pytest.mark.parametrize("header", [HEADERS["value first"], HEADERS["sign first"]])
def test_a_qualitative_row_prints_a_weight_and_no_target(header: str) -> None:
    lines = [
        "产出指标 时效指标 工伤职工和退休职工劳动能力鉴定工作 定性 10",
        "产出指标 成本指标 差旅及办公费 "
        + ("5000 ＝ 元 15" if "指标值 指标性质" in header else "＝ 5000 元 15"),
    ]
    qualitative, other = read(header, lines)
    assert texts(qualitative) == ("工伤职工和退休职工劳动能力鉴定工作", "定性", None, None, "10")
    assert texts(other) == ("差旅及办公费", "＝", "5000", "元", "15")


@pytest.mark.parametrize("text", ["合计 1.00", "项目名称 某项目", "一级指标 二级指标", ""])
def test_other_lines_head_no_indicators(text: str) -> None:
    assert order_of(text) == ()
