"""A project in a list, on its sheet and in a table becomes one; names and citations keep places."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.forms.test_target_templates import FINANCE_MINISTRY, GLUED
from tests.golden.disclosed import (
    NAMES,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    lines_of,
    text_of,
    written,
)

from fiscograph.budget import FilingFacts, ProjectBudget, TextField
from fiscograph.pipeline import read_filing

EVALUATED = """沈阳市皇姑区卫生健康局
2020年度部门{kind}公开

项目支出绩效自评表
（2020年度）
项目名称    公共卫生补助
主管部门    沈阳市皇姑区卫生健康局    实施单位    沈阳市皇姑区卫生健康局
项目资金（万元）    年初预算数    全年预算数    全年执行数    分值    执行率    得分
年度资金总额    200.00    210.00    208.50    10    99.29%    9.9
上年结转资金    0.00    0.00    0.00    —    —
年度总体目标    预期目标    实际完成情况
按时足额发放。    已全部发放。
一级指标    二级指标    三级指标    年度指标值    实际完成值    分值    得分    偏差原因分析
产出指标    数量指标    发放人数    ≥60人    62人    50    50
质量指标    合格率    ≥95%    93%    30    24    人手不足
满意度指标    服务对象满意度指标    居民满意度    ≥90%    93%    10    10
总分    100    93.9
"""


def test_an_evaluation_tells_of_a_project_what_was_spent(tmp_path: Path) -> None:
    filing = read_filing(written(tmp_path, EVALUATED.format(kind="决算"), declared=False))
    (project,) = filing.projects
    assert project.amount is not None
    assert (project.name, project.amount.yuan) == ("公共卫生补助", Decimal(2_085_000))
    assert [(text.kind, text.text) for text in project.texts] == [("goals", "按时足额发放。")]
    assert [(i.name, i.target, i.weight) for i in filing.indicators] == [
        ("发放人数", "60", "50"),
        ("合格率", "95%", "30"),
        ("居民满意度", "90%", "10"),
    ]
    spent = {a.printed: a.phase for a in filing.printed_amounts if a.amount.value}
    phases = {printed: phase.value for printed, phase in spent.items() if phase is not None}
    assert phases == {"200.00": "approved", "210.00": "approved", "208.50": "executed"}


def test_an_evaluation_beside_a_budget_is_no_project_of_its_year(tmp_path: Path) -> None:
    assert not read_filing(
        written(tmp_path, EVALUATED.format(kind="预算"), declared=False)
    ).projects


FLAT_LIST = """曲靖市沾益区水务局2024年部门预算
{title}
单位名称：曲靖市沾益区水务局    单位：元
项目分类    项目单位    项目名称    功能科目编码    合计    一般公共预算
专项业务类    曲靖市沾益区水务局    河长制经费    2130311    60.50    60.50
事业发展类    曲靖市沾益区水务局    防汛经费    2130314    480.00    480.00
合计    540.50    540.50
三、人员情况
我局编制45人。
"""


def test_a_flat_list_with_a_word_for_each_header_is_read(tmp_path: Path) -> None:
    filing = read_filing(
        written(tmp_path, FLAT_LIST.format(title="部门项目支出预算表"), declared=False)
    )
    assert [(p.name, p.amount and p.amount.yuan) for p in filing.projects] == [
        ("河长制经费", Decimal("60.50")),
        ("防汛经费", Decimal("480.00")),
    ]
    assert not filing.findings


def test_a_filing_with_a_table_of_no_known_form_is_kept_in_its_unit(tmp_path: Path) -> None:
    filing = read_filing(
        written(tmp_path, FLAT_LIST.format(title="政府购买服务目录预算表"), declared=False)
    )
    assert [f.rule for f in filing.findings] == ["unknown-table"]
    assert {a.amount.yuan for a in filing.printed_amounts} >= {Decimal("60.50"), Decimal("540.50")}


def project_named(facts: FilingFacts, part: str) -> ProjectBudget:
    (found,) = [p for p in facts.projects if any(part in n for n in (p.name, *p.other_names))]
    return found


@pytest.mark.parametrize(
    ("name", "row", "code", "value", "sheet"),
    [
        ("仲裁工作服项目", 1193, "50015223T000003458529", "4.5", "4.5"),
        ("专家知识分子经费", 1259, "50015223T000003455081", "14.8", "14.8"),
        ("2022职工养老保险代发手续费", 1686, "50015223T000003645090", "18.72", "18.72"),
        ("下达2022年“鸿雁计划”专项资金", 1795, "50015223T000003573220", "80.00", "80"),
        # The sheet prints another amount than the list: one project all the same.
        ("安全劝导员", 1630, "50015223T000003457822", "67.00", "67.16"),
    ],
)
def test_a_row_of_the_list_and_a_sheet_are_one_project(
    name: str, row: int, code: str, value: str, sheet: str
) -> None:
    project = project_named(facts_of(TONGNAN), name)
    assert (project.key, project.code) == (code, code)
    assert project.amount is not None
    assert project.amount_place is not None
    assert (str(project.amount.value), project.amount_place.line) == (value, row)
    totals = [part for part in project.funding if part.part == "total"]
    assert {str(part.amount.value) for part in totals} == {value, sheet}
    assert any(f"{code}-" in lines_of(TONGNAN)[line - 1] for line in project.lines)
    assert row in project.lines


def test_a_project_with_two_pages_of_sheet_has_the_rows_of_both() -> None:
    facts = facts_of(TONGNAN)
    project = project_named(facts, "渝财社[2022]155")
    assert len([i for i in facts.indicators if i.project == project.key]) > 15


def test_rows_of_the_list_without_a_sheet_are_projects_by_their_number() -> None:
    facts = facts_of(TONGNAN)
    uncoded = [project for project in facts.projects if project.code is None]
    assert [p.key for p in uncoded] == ["20", "21", "22", "25", "26", *map(str, range(41, 48))]
    assert all(project.amount is not None for project in uncoded)


def test_one_name_on_several_rows_is_several_projects() -> None:
    same = [p for p in facts_of(TONGNAN).projects if p.name == "2023年安排-2022年就业补助资金"]
    amounts = [str(project.amount.value) for project in same if project.amount is not None]
    assert amounts == ["1.29", "1.69", "3.86", "20.23", "13.59"]


def test_a_project_of_the_code_table_and_the_target_table_is_one() -> None:
    facts = facts_of(TONGCHUAN)
    project = project_named(facts, "信息建设类一")
    lines = [part.place.line for part in project.funding if part.part == "total"]
    assert lines == [395, 466]


@pytest.mark.parametrize("name", NAMES)
def test_texts_stand_where_they_say(name: str) -> None:
    facts = facts_of(name)
    lines = lines_of(name)

    def printed(text: TextField) -> str:
        return "".join(lines[p.line - 1][p.start - 1 : p.end] for p in text.parts)

    for text in (*facts.targets, *(t for project in facts.projects for t in project.texts)):
        assert printed(text) == text.text
    for citation in facts.citations:
        place = citation.place
        there = lines[place.line - 1][place.start - 1 : place.end]
        assert citation.printed.startswith(there)
        assert there


@pytest.mark.parametrize("name", NAMES)
def test_amounts_stand_where_they_say(name: str) -> None:
    facts = facts_of(name)
    lines = lines_of(name)
    printed = {amount.place for amount in facts.printed_amounts}
    for amount in facts.printed_amounts:
        place = amount.place
        assert lines[place.line - 1][place.start - 1 : place.end] == amount.printed
        assert str(amount.amount.value) == amount.printed.replace(",", "").replace(" ", "")
    for project in facts.projects:
        assert {part.place for part in project.funding} <= printed
        assert project.amount_place is None or project.amount_place.line in project.lines
    for allocation in facts.allocations:
        assert set(allocation.evidence) <= printed


@pytest.fixture(scope="module")
def other_templates(tmp_path_factory: pytest.TempPathFactory) -> FilingFacts:
    """A filing with sheets of two other templates before its own."""
    text, label = text_of(QIJIANG_DATA), "附件4-11"
    assert text.count(label) == 1
    more = text.replace(label, f"{FINANCE_MINISTRY}\n\n{GLUED}\n{label}")
    folder: Path = tmp_path_factory.mktemp("templates")
    return read_filing(written(folder, more, QIJIANG_DATA))


def parts(project: ProjectBudget) -> dict[str, str]:
    return {part.part: f"{part.amount.value}{part.amount.unit.printed}" for part in project.funding}


def test_the_ministrys_sheet_gives_this_years_funds_and_the_body_without_its_code(
    other_templates: FilingFacts,
) -> None:
    project = project_named(other_templates, "2023年就业培训项目")
    assert parts(project) == {
        "total": "1000000.00元",
        "fiscal": "900000.00元",
        "other": "100000.00元",
    }
    assert len(project.funding) == 3
    assert project.category == "延续项目"
    named = {one.key: one for one in other_templates.organizations}
    assert project.department is not None
    assert project.department.body == "426"
    assert named[project.department].names == ("某县人力资源和社会保障局",)
    assert [(text.kind, text.text) for text in project.texts] == [
        ("medium_goals", "目标1：完成三年培训计划。"),
        ("goals", "目标1：完成培训1000人次。"),
    ]


def test_a_duration_gives_both_ends(other_templates: FilingFacts) -> None:
    project = project_named(other_templates, "就业见习补贴")
    assert (project.starts, project.ends) == ("2024年1月", "2024年12月")
    assert parts(project) == {
        "total": "120.00万元",
        "upper": "80.00万元",
        "own": "40.00万元",
        "other": "0.00万元",
    }


def test_funds_of_other_templates_raise_no_finding(other_templates: FilingFacts) -> None:
    assert [one.rule for one in other_templates.findings] == [
        one.rule for one in facts_of(QIJIANG_DATA).findings
    ]


def test_every_sheet_tells_what_its_texts_are() -> None:
    for project in facts_of(QIJIANG).projects:
        assert [text.kind for text in project.texts] == ["overview", "basis", "schedule", "goals"]
    for project in facts_of(TONGNAN).projects:
        if project.code:
            assert [text.kind for text in project.texts] == ["overview", "basis", "goals"]
            assert (project.starts, project.category) == ("2023年", "新增")
            assert project.ends in {"1年", "长期"}
