"""Target sheets of other templates: the ministry's, other orders, other flavours of print."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.forms import IndicatorRow, Sheet, load_forms, read_layout
from fiscograph.tables import pages_of
from fiscograph.vocabulary.codelists import load_code_lists

HEADERS = {
    "operator": "指标性质",
    "value": "指标值",
    "unit": "计量单位",
    "weight": "权重",
}
ORDERS = tuple(permutations(HEADERS))
FLAVOURS = ("tabs", "pipes", "spaces")
TEMPLATE = """项目支出绩效目标表
（2023年度）
项目名称\t就业培训
"""
FINANCE_MINISTRY = """项目支出绩效目标表
（2023年度）
项目名称\t2023年就业培训项目\t\t\t\t
主管部门及代码\t[426]某县人力资源和社会保障局\t\t实施单位\t某县就业中心\t
项目属性\t延续项目\t\t项目期\t3年\t
项目资金（元）\t中期资金总额：\t3000000.00\t年度资金总额：\t1000000.00\t
\t其中：财政拨款\t3000000.00\t其中：财政拨款\t900000.00\t
\t其他资金\t0.00\t其他资金\t100000.00\t
总体目标\t中期目标（2023年—2025年）\t\t年度目标\t\t
\t目标1：完成三年培训计划。\t\t目标1：完成培训1000人次。\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t
\t产出指标\t数量指标\t指标1：培训人数\t≥100人\t
\t\t\t指标2：培训班次\t5次\t
\t\t质量指标\t指标1：培训合格率\t≥95%\t
\t\t时效指标\t指标1：完成时间\t2023年12月底前\t
\t\t成本指标\t指标1：人均成本\t≤1000元/人\t
\t效益指标\t经济效益指标\t指标1：带动增收\t有所提高\t
\t\t社会效益指标\t指标1：就业率\t不低于80%\t
\t满意度指标\t服务对象满意度指标\t指标1：学员满意度\t90%以上\t
"""
GLUED = """2024年项目支出绩效目标申报表
项目名称：就业见习补贴 主管部门：某县人社局
实施单位：某县就业中心 单位：万元
项目起止时间：2024年1月-2024年12月
项目类型：一般性项目
预算金额：120.00
其中：上级资金：80.00 本级资金：40.00 其他资金：0.00
项目概况：对见习单位给予补贴。
立项依据：某政发〔2023〕5号
年度绩效目标：开展见习100人。
绩效指标
一级指标 二级指标 三级指标 指标值 权重
产出指标 数量指标 见习人数 ≥100人 20
效益指标 社会效益指标 带动就业 明显 20
"""


def sheet_of(text: str) -> Sheet:
    layout = read_layout(pages_of(tuple(text.split("\n"))), load_forms(), load_code_lists())
    (sheet,) = layout.sheets
    return sheet


def read(row: IndicatorRow) -> tuple[str | None, ...]:
    cells = (row.operator, row.value, row.unit, row.weight)
    return (
        row.level1,
        row.level2,
        row.name,
        *(cell.text if cell is not None else None for cell in cells),
    )


def text_of(sheet: Sheet, key: str) -> str:
    found = sheet.field(key)
    assert found is not None, key
    return "".join(cell.text for cell in found.cells)


def line(cells: list[str], flavour: str) -> str:
    if flavour == "tabs":
        return "\t".join(cells)
    if flavour == "pipes":
        return f"| {' | '.join(cells)} |"
    return " ".join(cell for cell in cells if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    level1: str
    level2: str
    name: str
    operator: str
    value: str
    unit: str
    weight: str

    @property
    def truth(self) -> tuple[str, ...]:
        tail = (self.operator, self.value, self.unit, self.weight)
        return (self.level1, self.level2, self.name, *tail)


def cell(row: Printed, key: str) -> str:
    return str(getattr(row, key))


LEVELS = [
    ("产出指标", "数量指标"),
    ("产出指标", "成本指标"),
    ("成本指标", "经济成本指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
]
SIGNS = ("=", "＝", "≥", "≧", "≤", "<", ">=", "不低于", "大于等于")
ROWS = st.builds(
    lambda levels, **others: Printed(level1=levels[0], level2=levels[1], **others),
    levels=st.sampled_from(LEVELS),
    name=st.sampled_from(["培训人数", "人均成本", "就业补助发放及时率", "指标1：群众满意度"]),
    operator=st.sampled_from(SIGNS),
    value=st.sampled_from(["95", "2,000", "98.5", "100", "60000"]),
    unit=st.sampled_from(["%", "人", "万人次", "元/人"]),
    weight=st.sampled_from(["5", "20", "7.5", "30%"]),
)
ROW_LISTS = st.lists(ROWS, min_size=1, max_size=4)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@given(rows=ROW_LISTS, flavour=st.sampled_from(FLAVOURS))
def test_rows_are_read_in_every_order_and_flavour(
    order: tuple[str, ...], rows: list[Printed], flavour: str
) -> None:
    lines = [line(["一级指标", "二级指标", "三级指标", *(HEADERS[key] for key in order)], flavour)]
    for row in rows:
        tail = [cell(row, key) for key in order]
        lines.append(line([row.level1, row.level2, row.name, *tail], flavour))
    sheet = sheet_of(TEMPLATE + "\n".join(lines))
    assert [read(row) for row in sheet.indicators] == [row.truth for row in rows]


@given(row=ROWS, order=st.sampled_from(ORDERS))
def test_words_that_ran_together_in_one_drawn_cell_are_taken_apart(
    row: Printed, order: tuple[str, ...]
) -> None:
    """``5 % 30`` in one cell, the cells after it one to the left, as recognition leaves them."""
    tail = [cell(row, key) for key in order]
    for at in range(3):
        run = [*tail[:at], " ".join(tail[at : at + 2]), *tail[at + 2 :], ""]
        text = "\t".join(["一级指标", "二级指标", "三级指标", *(HEADERS[key] for key in order)])
        printed = "\t".join([row.level1, row.level2, row.name, *run])
        (found,) = sheet_of(f"{TEMPLATE}{text}\n{printed}").indicators
        assert read(found) == row.truth


@given(rows=ROW_LISTS, flavour=st.sampled_from(FLAVOURS))
def test_a_sign_printed_with_its_value_is_the_operator(rows: list[Printed], flavour: str) -> None:
    lines = [line(["一级指标", "二级指标", "三级指标", "指标值", "权重"], flavour)]
    for row in rows:
        value = f"{row.operator}{row.value}{row.unit}"
        lines.append(line([row.level1, row.level2, row.name, value, row.weight], flavour))
    found = [read(row) for row in sheet_of(TEMPLATE + "\n".join(lines)).indicators]
    for got, row in zip(found, rows, strict=True):
        whole = (row.value, row.unit) if row.unit != "%" else (f"{row.value}%", None)
        assert got == (*row.truth[:4], *whole, row.weight)


@given(rows=ROW_LISTS, flavour=st.sampled_from(("tabs", "pipes")))
def test_levels_printed_once_hold_downwards(rows: list[Printed], flavour: str) -> None:
    ordered = sorted(rows, key=lambda row: LEVELS.index((row.level1, row.level2)))
    lines = [line(["一级指标", "二级指标", "三级指标", *HEADERS.values()], flavour)]
    before = ("", "")
    for row in ordered:
        level1 = row.level1 if row.level1 != before[0] else ""
        level2 = row.level2 if level1 or row.level2 != before[1] else ""
        tail = [cell(row, key) for key in HEADERS]
        lines.append(line([level1, level2, row.name, *tail], flavour))
        before = (row.level1, row.level2)
    found = [read(row) for row in sheet_of(TEMPLATE + "\n".join(lines)).indicators]
    assert found == [row.truth for row in ordered]


def test_the_ministrys_template_is_read_whole() -> None:
    sheet = sheet_of(FINANCE_MINISTRY)
    assert [read(row) for row in sheet.indicators] == [
        ("产出指标", "数量指标", "指标1：培训人数", "≥", "100", "人", None),
        ("产出指标", "数量指标", "指标2：培训班次", None, "5次", None, None),
        ("产出指标", "质量指标", "指标1：培训合格率", "≥", "95%", None, None),
        ("产出指标", "时效指标", "指标1：完成时间", None, "2023年12月底前", None, None),
        ("产出指标", "成本指标", "指标1：人均成本", "≤", "1000", "元/人", None),
        ("效益指标", "经济效益指标", "指标1：带动增收", None, "有所提高", None, None),
        ("效益指标", "社会效益指标", "指标1：就业率", "不低于", "80%", None, None),
        ("满意度指标", "服务对象满意度指标", "指标1：学员满意度", "以上", "90%", None, None),
    ]


def test_the_ministrys_template_is_read_alike_where_no_cell_is_drawn() -> None:
    lines = [" ".join(one.split("\t")) for one in FINANCE_MINISTRY.split("\n")]
    flat = sheet_of("\n".join(lines))
    drawn = sheet_of(FINANCE_MINISTRY)
    assert [read(row) for row in flat.indicators] == [read(row) for row in drawn.indicators]


def test_the_medium_term_is_not_taken_for_the_year() -> None:
    sheet = sheet_of(FINANCE_MINISTRY)
    total = sheet.field("total")
    assert total is not None
    assert text_of(sheet, "total") == "1000000.00"
    assert total.unit is not None
    assert total.unit.printed == "元"
    assert text_of(sheet, "fiscal") == "900000.00"
    assert text_of(sheet, "other") == "100000.00"
    assert text_of(sheet, "goals") == "目标1：完成培训1000人次。"
    assert text_of(sheet, "medium_goals") == "目标1：完成三年培训计划。"
    assert [f.cells[0].text for f in sheet.fields if f.term == "medium"] == [
        "3000000.00",
        "3000000.00",
        "0.00",
    ]


def test_a_cell_whose_label_is_not_known_is_no_part_of_the_field_before_it() -> None:
    sheet = sheet_of(FINANCE_MINISTRY.replace("项目期", "资金管理方式"))
    assert text_of(sheet, "property") == "延续项目"
    assert text_of(sheet, "unit") == "某县就业中心"


def test_labels_glued_to_their_values_are_read() -> None:
    sheet = sheet_of(GLUED)
    told = {
        "project_name": "就业见习补贴",
        "department": "某县人社局",
        "unit": "某县就业中心",
        "duration": "2024年1月-2024年12月",
        "project_type": "一般性项目",
        "total": "120.00",
        "upper": "80.00",
        "own": "40.00",
        "other": "0.00",
        "overview": "对见习单位给予补贴。",
        "basis": "某政发〔2023〕5号",
        "goals": "开展见习100人。",
    }
    assert {key: text_of(sheet, key) for key in told} == told
    assert [read(row)[2:] for row in sheet.indicators] == [
        ("见习人数", "≥", "100", "人", "20"),
        ("带动就业", None, "明显", None, "20"),
    ]


def test_two_terms_side_by_side_are_rows_of_their_own() -> None:
    text = (
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n"
        "\t产出指标\t数量指标\t培训人数\t≥300人\t数量指标\t培训人数\t≥100人\n"
        "\t\t质量指标\t合格率\t≥95%\t质量指标\t合格率\t≥96%\n"
    )
    assert [read(row)[:5] for row in sheet_of(TEMPLATE + text).indicators] == [
        ("产出指标", "数量指标", "培训人数", "≥", "300"),
        ("产出指标", "数量指标", "培训人数", "≥", "100"),
        ("产出指标", "质量指标", "合格率", "≥", "95%"),
        ("产出指标", "质量指标", "合格率", "≥", "96%"),
    ]


def test_a_level_in_the_middle_of_its_rows_holds_for_those_above() -> None:
    text = (
        "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\n"
        "\t数量指标\t人数\t≥\t10\t人\t20\n"
        "产出指标\t质量指标\t合格率\t≥\t95\t%\t20\n"
        "\t成本指标\t成本\t≤\t5\t万元\t10\n"
        "\t经济效益指标\t增收\t≥\t5\t万元\t10\n"
        "效益指标\t社会效益指标\t就业\t定性\t明显提升\t\t10\n"
    )
    levels = [read(row)[:2] for row in sheet_of(TEMPLATE + text).indicators]
    assert levels == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "经济效益指标"),
        ("效益指标", "社会效益指标"),
    ]


def test_levels_broken_off_go_on_in_the_line_below() -> None:
    text = (
        "一级指标 二级指标 三级指标 指标值 指标性质 度量单位 权重\n"
        "产出指标 数量指标 办班次数 5 ≥ 次 30\n"
        "满意度指 服务对象满意 群众满意度 95 ≥ % 10\n"
        "标 度指标\n"
    )
    assert [read(row) for row in sheet_of(TEMPLATE + text).indicators] == [
        ("产出指标", "数量指标", "办班次数", "≥", "5", "次", "30"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "95", "%", "10"),
    ]


EVALUATION = """项目支出绩效自评表
（2023年度）
项目名称\t就业补助\t\t\t\t\t
主管部门\t某局\t\t实施单位\t某中心\t\t
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t得分
\t年度资金总额\t100.00\t100.00\t98.00\t10\t9.8
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值
\t产出指标\t数量指标\t培训人数\t≥100人\t120人\t20
\t\t质量指标\t合格率\t≥95%\t97%\t20
"""
UNITS = """部门预算项目绩效目标表
单位：万元
单位名称\t项目名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重
426-某县人社局\t\t30.00\t\t\t\t\t\t\t\t
426001-某县就业中心\t就业培训\t10.00\t完成培训\t产出指标\t数量指标\t培训人数\t≥\t100\t人\t90
\t\t\t\t满意度指标\t满意度指标\t学员满意度\t≥\t90\t%\t10
426002-某县社保中心\t社保经办\t20.00\t办好社保\t产出指标\t成本指标\t经办成本\t≤\t50\t元\t50
\t\t\t\t产出指标\t时效指标\t经办时间\t≤\t5\t天\t30
"""


def test_a_self_evaluation_is_a_sheet_of_its_own_kind() -> None:
    sheet = sheet_of(EVALUATION)
    assert sheet.form.id == "project-evaluation"
    assert text_of(sheet, "unit") == "某中心"
    assert [read(row)[1:] for row in sheet.indicators] == [
        ("数量指标", "培训人数", "≥", "100", "人", "20"),
        ("质量指标", "合格率", "≥", "95%", None, "20"),
    ]


def test_each_project_of_a_table_of_several_units_has_its_own() -> None:
    lines = tuple(UNITS.split("\n"))
    layout = read_layout(pages_of(lines), load_forms(), load_code_lists())
    projects = [sheet for sheet in layout.sheets if sheet.indicators]
    assert [(text_of(s, "project_name"), text_of(s, "unit")) for s in projects] == [
        ("就业培训", "426001-某县就业中心"),
        ("社保经办", "426002-某县社保中心"),
    ]
    assert {text_of(sheet, "department") for sheet in projects} == {"426-某县人社局"}
    assert [[read(row)[2] for row in sheet.indicators] for sheet in projects] == [
        ["培训人数", "学员满意度"],
        ["经办成本", "经办时间"],
    ]
