"""Target sheets of the five filings, read against what a person reads there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    reading_of,
    sheets_of,
    text_of,
    written,
)

from fiscograph.budget import Unit
from fiscograph.forms import IndicatorRow, Sheet
from fiscograph.pipeline import read_source
from fiscograph.tables import squeeze

# Name, sign, target, unit, weight.
Told = tuple[str, str | None, str | None, str | None, str | None]


TOTALS = [
    (BEIBEI, "project-targets"),
    (BEIBEI, "whole-department-targets"),
    (QIJIANG, "project-targets"),
    (QIJIANG_DATA, "project-targets"),
]


def told(row: IndicatorRow) -> Told:
    operator, value, unit, weight = (
        cell.text if cell is not None else None
        for cell in (row.operator, row.value, row.unit, row.weight)
    )
    return row.name, operator, value, unit, weight


def field(sheet: Sheet, key: str) -> str:
    found = sheet.field(key)
    assert found is not None, key
    return squeeze("".join(cell.text for cell in found.cells))


def by_name(name: str) -> dict[str, Sheet]:
    return {field(sheet, "project_name"): sheet for sheet in sheets_of(name)}


def test_two_sheets_that_interleave_on_one_page_are_untangled() -> None:
    sheets = by_name(BEIBEI)
    net, ability = sheets["金保二期业务专网运行维护经费"], sheets["劳动能力鉴定费"]
    assert len(sheets) == 2
    assert [told(row) for row in net.indicators] == [
        ("保障社会保险服务水平持续提升", "定性", "长期保障", None, "30"),
        ("本区金保专网网点数", "＝", "22", "个", "50"),
        ("专网使用人员满意度", "≥", "90", "%", "10"),
    ]
    assert [told(row) for row in ability.indicators] == [
        ("工伤鉴定结论按时送达率", "≥", "98", "%", "20"),
        ("再次鉴定申请率", "≤", "5", "%", "15"),
        ("被鉴定人员满意度", "≥", "95", "%", "10"),
        ("工伤及病退休劳动能力鉴定人员", "≥", "1000", "人", "30"),
        ("再次鉴定结论维持率", "≥", "90", "%", "15"),
    ]
    assert [row.core for row in net.indicators] == ["否", "是", "否"]
    assert [row.level2 for row in ability.indicators] == [
        "时效指标",
        "社会效益指标",
        "服务对象满意度指标",
        "数量指标",
        "可持续影响指标",
    ]


def test_the_fields_of_sheets_that_interleave_stay_with_their_own() -> None:
    sheets = by_name(BEIBEI)
    net, ability = sheets["金保二期业务专网运行维护经费"], sheets["劳动能力鉴定费"]
    assert field(net, "unit") == "401001-重庆市北碚区人力资源和社会保障局(本级)"
    assert field(ability, "unit") == "401003-重庆市北碚区社会保险事务中心"
    assert (field(net, "total"), field(net, "own")) == ("16.95", "16.95")
    assert (field(ability, "total"), field(ability, "own")) == ("22.00", "22.00")
    assert field(net, "basis").startswith("《重庆市人力资源和社会保障局重庆市财政局关于规范管理")
    assert field(ability, "basis").startswith("《重庆市人民政府办公厅关于开展社会保险全民参保登记")


@pytest.mark.parametrize("unit", ["元", "千元", "亿元"])
@pytest.mark.parametrize(("name", "form"), TOTALS)
def test_an_amount_is_in_the_unit_that_its_own_label_prints(
    name: str, form: str, unit: str, tmp_path: Path
) -> None:
    # 单位：万元 stays above: what the label itself says of its field outweighs it.
    text = re.sub(r"(?<=[（(])万元(?=[)）])", unit, text_of(name)).replace("万\n元)", f"{unit}\n)")
    layout = read_source(written(tmp_path, text, name)).layout
    printed = Unit.from_printed(unit)
    units = {
        item.unit
        for sheet in layout.sheets
        if sheet.form.id == form
        for item in sheet.fields
        if item.key in {"total", "own"} and item.cells and item.cells[0].number
    }
    assert units == {printed}


def test_interleaved_sheets_print_the_labels_that_their_amounts_stand_at() -> None:
    labels = {
        (item.key, squeeze(item.label))
        for sheet in sheets_of(BEIBEI)
        for item in sheet.fields
        if item.key in {"total", "own"}
    }
    assert labels == {("total", "当年预算(万元)"), ("own", "本级安排(万元)")}
    for sheet in sheets_of(BEIBEI):
        for item in sheet.fields:
            if item.key in {"total", "own"}:
                span = item.label_span
                line = text_of(BEIBEI).split("\n")[span.line - 1]
                assert item.label.startswith(line[span.start - 1 : span.end])


def test_names_printed_after_all_rows_find_their_rows() -> None:
    (whole,) = sheets_of(BEIBEI, "whole-department-targets")
    assert [told(row) for row in whole.indicators] == [
        ("覆盖城乡养老保险参保人数", "≥", "60", "万人", "20"),
        ("新增城镇就业人数", "≥", "2000", "人", "20"),
        ("预计完成农民工新市民培训目标", "≥", "2400", "人", "10"),
        ("征地人员参加储蓄养老保险利差补贴保障率", "≥", "95", "%", "20"),
        ("劳动人事争议仲裁案件结案率", "≥", "90", "%", "20"),
        ("预算总量执行率", "≥", "90", "%", "10"),
    ]


def test_values_printed_after_all_labels_find_their_labels() -> None:
    (whole,) = sheets_of(BEIBEI, "whole-department-targets")
    assert field(whole, "total") == "4,683.96"
    assert "401-重庆市北碚区人力资源和社会保障局" in field(whole, "body")
    assert field(whole, "goals").startswith("一是促进充分就业。")
    assert field(whole, "goals").endswith("规范劳务派遣用工。")


def test_three_projects_of_one_target_table_have_their_own_rows() -> None:
    sheets = [sheet for sheet in sheets_of(TONGCHUAN) if sheet.indicators]
    assert [field(sheet, "total") for sheet in sheets] == ["6.72", "0.49", "5.00"]
    assert [len(sheet.indicators) for sheet in sheets] == [4, 4, 4]
    rows = [[told(row)[1:] for row in sheet.indicators] for sheet in sheets]
    assert rows[0] == [
        ("=", "100", "%", "20"),
        ("<", "5", "%", "30"),
        ("<", "100", "%", "20"),
        ("€", "5", "次", "20"),
    ]
    # 5 % 30 30: the weight ran into the unit.
    assert ("«", "5", "%", "30") in rows[1]
    assert rows[2] == [
        ("≽", "1", "年", "30"),
        ("\\leq", "4", "%", "20"),
        ("≥", "1", "年", "30"),
        ("≽", "92", "%", "10"),
    ]
    assert [row.name for row in sheets[2].indicators] == [
        "系统正常使用年限",
        "系统故障率",
        "系统运行维护时间",
        "使用人员满意度",
    ]


def test_a_sign_printed_with_its_target_is_taken_apart() -> None:
    (whole,) = sheets_of(TONGCHUAN, "whole-department-targets")
    assert [told(row)[1:3] for row in whole.indicators] == [("≥", "95%")] * 5 + [("≥", "92%")]


@pytest.mark.parametrize(
    ("name", "sheets", "indicators"),
    [
        (QIJIANG, 17, 85),
        (QIJIANG_DATA, 1, 9),
        (TONGNAN, 40, 278),
        (BEIBEI, 2, 8),
        (TONGCHUAN, 3, 12),
    ],
)
def test_every_sheet_and_every_indicator_is_read(name: str, sheets: int, indicators: int) -> None:
    found = [sheet for sheet in sheets_of(name) if sheet.indicators]
    assert len(found) == sheets
    assert sum(len(sheet.indicators) for sheet in found) == indicators


def test_the_weights_of_a_sheet_sum_to_a_hundred() -> None:
    for sheet in reading_of(QIJIANG).layout.sheets:
        assert sum(int(row.weight.text) for row in sheet.indicators if row.weight) == 100


def test_labels_broken_over_lines_are_put_together(tmp_path: Path) -> None:
    """Each label of a sheet broken in two where another sheet of the filing breaks one."""
    text = text_of(TONGNAN)
    goals = "\n项目当年绩效目标 完成工伤职工和退休职工劳动能力鉴定工作"
    assert text.count(goals) == 1
    broken = text.replace(goals, "\n项目当年绩效目\n\n标\n完成工伤职工和退休职工劳动能力鉴定工作")
    whole = sheets_of(TONGNAN)[0]
    read = read_source(written(tmp_path, broken)).layout.sheets
    sheet = next(s for s in read if s.form.id == "project-targets")
    assert [item.key for item in sheet.fields] == [item.key for item in whole.fields]
    assert [field(sheet, i.key) for i in whole.fields] == [
        field(whole, i.key) for i in whole.fields
    ]
    assert [told(row) for row in sheet.indicators] == [told(row) for row in whole.indicators]


def test_a_label_printed_downwards_beside_a_sheet_is_no_text_of_it() -> None:
    (whole,) = sheets_of(QIJIANG_DATA, "whole-department-targets")
    assert [row.level2 for row in whole.indicators] == [
        *["数量指标"] * 5,
        *["社会效益"] * 3,
        "服务对象满意度指标",
    ]
    assert field(whole, "goals").startswith("组织实施全区人力资源和社会保障信息化建设")
