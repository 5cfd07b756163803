"""Projects that filings tell of in sections of running text, and in columns of text of their lists."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fiscograph.budget import FilingFacts, MentionKind
from fiscograph.forms import Layout, load_forms, read_layout
from fiscograph.pipeline import read_filing
from fiscograph.tables import pages_of
from fiscograph.vocabulary.codelists import load_code_lists

HEAD = """上海市徐汇区2024年区级部门预算

预算主管部门：上海市徐汇区科学技术委员会

2024年预算单位收入预算总表
编制部门：上海市徐汇区科学技术委员会\t单位：元
科目编码\t科目名称\t合计
206\t科学技术支出\t8000.00
20601\t科学技术管理事务\t8000.00
2060101\t行政运行\t8000.00
\t合计\t8000.00

一、主要职能
贯彻执行有关科技工作的法律、法规、规章和方针、政策。
"""
HEADINGS = (
    ("项目概述", "支持企业开展科技创新。"),
    ("立项依据", "《上海市推进科技创新中心建设条例》、沪科规〔2021〕9号。"),
    ("实施主体", "上海市徐汇区科学技术委员会"),
    ("实施方案", "按照管理办法组织申报、评审、立项。"),
    ("实施周期", "2024.1.1-2024.12.31"),
    ("年度预算安排", "2024年度项目总预算{amount}，其中评审费1.00万元。"),
    ("绩效目标", "详见单位的项目绩效目标表"),
)


def account(title: str, amount: str, headings: tuple[tuple[str, str], ...] = HEADINGS) -> str:
    parts = [f"          {title}经费情况说明\n\n"]
    for number, (label, text) in zip("一二三四五六七", headings, strict=False):
        parts.append(f"{number}、{label}\n  {text.format(amount=amount)}\n")
    return "".join(parts)


def facts(folder: Path, text: str) -> FilingFacts:
    path = folder / "filing.txt"
    path.write_text(text, "utf-8")
    return read_filing(path)


def layout(text: str) -> Layout:
    lines = tuple(text.split("\n"))
    return read_layout(pages_of(lines), load_forms(), load_code_lists())


def test_a_section_about_a_project_is_that_project_with_its_basis(tmp_path: Path) -> None:
    found = facts(tmp_path, HEAD + account("科普", "120.50万元") + account("创新", "3200万"))
    assert [(p.name, p.amount.yuan if p.amount else None) for p in found.projects] == [
        ("科普经费", Decimal(1205000)),
        ("创新经费", Decimal(32000000)),
    ]
    assert {(p.starts, p.ends) for p in found.projects} == {("2024.1.1", "2024.12.31")}
    assert {p.unit.body for p in found.projects if p.unit} == {"上海市徐汇区科学技术委员会"}
    cited = [(str(c.number or c.title), c.cited_by, c.field) for c in found.citations]
    for name in ("科普经费", "创新经费"):
        assert ("沪科规〔2021〕9号", name, "立项依据") in cited
        assert ("上海市推进科技创新中心建设条例", name, "立项依据") in cited
    assert all(row.bin.value != "unread" for row in found.ledger)


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.text("科普创新专项文化体育", min_size=2, max_size=6), st.integers(1, 99999)),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one[0],
    ),
    st.sampled_from(["万元", "万", "元"]),
)
def test_every_section_is_read_and_nothing_of_one_is_in_another(
    told: list[tuple[str, int]], unit: str
) -> None:
    text = HEAD + "".join(account(name, f"{value}.00{unit}") for name, value in told)
    seen = [s for s in layout(text).sheets if s.form.id == "project-account"]
    assert [sheet.title for sheet in seen] == [f"{name}经费情况说明" for name, _ in told]
    for sheet, (_, value) in zip(seen, told, strict=True):
        total = sheet.field("total")
        assert total is not None
        assert [cell.number for cell in total.cells] == [Decimal(value)]
        assert total.unit is not None
        assert total.unit.printed == (unit if unit.endswith("元") else f"{unit}元")
    lines = [set(sheet.lines) for sheet in seen]
    assert sum(map(len, lines)) == len(set().union(*lines))


def test_headings_that_their_text_follows_on_the_line_make_a_project_too(tmp_path: Path) -> None:
    sections = "".join(
        f"{at}.“{name}”项目\n"
        + "".join(
            f"（{number}）{label}。{text.format(amount='5.00万元')}\n"
            for number, (label, text) in enumerate(HEADINGS, 1)
        )
        for at, name in enumerate(("学生资助", "校舍建设"), 1)
    )
    found = facts(
        tmp_path, f"{HEAD}（一）项目情况\n{sections}（二）机关运行经费\n预算20.00万元。\n"
    )
    assert [(p.name, p.amount and p.amount.yuan, p.ends) for p in found.projects] == [
        ("“学生资助”项目", Decimal(50000), "2024.12.31"),
        ("“校舍建设”项目", Decimal(50000), "2024.12.31"),
    ]
    assert [c.cited_by for c in found.citations if c.number] == [p.name for p in found.projects]
    assert not [t for p in found.projects for t in p.texts if "机关运行经费" in t.text]


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS[:1] + HEADINGS[2:],
        (
            ("主要职能", "贯彻执行。"),
            ("机构设置", "内设科室6个。"),
            ("立项依据", "沪科规〔2021〕9号"),
        ),
        (HEADINGS[1],),
    ],
)
def test_a_section_without_a_basis_or_of_other_headings_is_no_project(
    headings: tuple[tuple[str, str], ...],
) -> None:
    assert not [
        s
        for s in layout(HEAD + account("科普", "1.00万元", headings)).sheets
        if s.form.id == "project-account"
    ]


def test_an_amount_that_the_section_tells_twice_differently_is_none() -> None:
    twice = account("科普", "5.00万元").replace("评审费", "2023年项目预算6.00万元，评审费")
    (sheet,) = [s for s in layout(HEAD + twice).sheets if s.form.id == "project-account"]
    assert sheet.field("total") is None


LIST = """沈阳市和平区工业和信息化局2023年部门预算公开

项目支出预算明细表
单位：万元
序号\t单位名称\t项目名称\t{basis}\t合计\t一般公共预算\t{note}
1\t沈阳市和平区工业和信息化局\t专精特新企业奖补\t沈政发〔2022〕5号\t320.00\t320.00\t辽财企〔2022〕8号
2\t沈阳市和平区工业和信息化局\t服务体系建设\t《中小企业促进法》\t85.50\t85.50\t
\t合计\t\t\t405.50\t405.50\t

二、人员情况说明
编制数12人，实有人数11人。
"""


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["项目依据", "立项依据", "政策依据"]), st.sampled_from(["备注", "说明"]))
def test_the_columns_of_text_of_a_list_belong_to_its_projects(
    tmp_path: Path, basis: str, note: str
) -> None:
    found = facts(tmp_path, LIST.format(basis=basis, note=note))
    assert [(str(c.number or c.title), c.cited_by, c.field) for c in found.citations] == [
        ("沈政发〔2022〕5号", "专精特新企业奖补", basis),
        ("辽财企〔2022〕8号", "专精特新企业奖补", note),
        ("中小企业促进法", "服务体系建设", basis),
    ]
    assert {(s.about, int(s.value)) for s in found.statements} == {
        ("编制数", 12),
        ("实有人数", 11),
    }


SHEET = """重庆市万州区司法局2022年部门预算公开

2022年项目支出绩效目标表
编制单位：322001-重庆市万州区司法局\t单位：万元
项目名称: 法律援助\t项目主管部门: 重庆市万州区司法局\t项目执行人: 张某某\t联系电话: 027-82811234
{amount}
立项依据\t渝司发〔2021〕5号
{heading}\t指标性质\t指标值\t度量单位\t权重\t是否核心指标
办理案件数\t≥\t1200\t件\t60\t是
受援人满意度\t≥\t95\t%\t40\t否
"""


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            "项目申请资金: 186.00 万元",
            "项目申请资金:186.00万元",
            "资金总额\t186.00",
            "项目金额（万元）\t186.00",
            "预算资金\t资金总额：\t186.00\n（万元）\t财政拨款：\t186.00",
            "资金总额\t1860000元",
        ]
    ),
    st.sampled_from(["绩效指标", "三级指标", "指标名称"]),
)
def test_a_sheet_in_other_words_gives_amount_basis_and_indicators(
    tmp_path: Path, amount: str, heading: str
) -> None:
    found = facts(tmp_path, SHEET.format(amount=amount, heading=heading))
    (project,) = found.projects
    assert project.amount is not None
    assert (project.name, project.amount.yuan) == ("法律援助", Decimal(1860000))
    assert [(i.name, i.target, i.unit, i.weight) for i in found.indicators] == [
        ("办理案件数", "1200", "件", "60"),
        ("受援人满意度", "95", "%", "40"),
    ]
    assert [c.cited_by for c in found.citations if c.kind is MentionKind.NUMBERED] == ["法律援助"]
    assert not [one for one in found.organizations for name in one.names if "张某某" in name]


@settings(max_examples=10)
@given(
    st.sampled_from(["产出", "项目完成", "投入"]),
    st.text("安全检查应急管理执法", min_size=3, max_size=6),
    st.sampled_from(["全年指标值", "2022年指标值", "指标值及单位"]),
)
def test_levels_that_no_list_has_are_told_by_their_columns(
    level1: str, level2: str, value: str
) -> None:
    text = (
        "项目支出绩效目标表\n项目名称 法律援助\n资金总额 186.00\n"
        f"一级指标 二级指标 三级指标 {value}\n{level1} {level2} 检查次数 ≥500次\n"
    )
    (sheet,) = layout(text).sheets
    (row,) = sheet.indicators
    assert (row.level1, row.level2, row.name) == (level1, level2, "检查次数")
    assert (row.operator.text if row.operator else None, row.value and row.value.text) == (
        "≥",
        "500",
    )


@settings(max_examples=10)
@given(
    st.sampled_from(["绩效指标描述", "指标解释", "实际完成值"]),
    st.sampled_from(["指标值确定依据", "得分", "偏差原因"]),
    st.sampled_from(["", "绩效指标 "]),
)
def test_columns_that_are_not_known_stand_between_those_that_are(
    before: str, after: str, margin: str
) -> None:
    text = (
        "项目支出绩效目标表\n项目名称 饮水安全\n资金总额 186.00\n"
        f"{margin}一级指标 二级指标 三级指标 {before} 指标值 {after}\n"
        "产出指标 数量指标 工程处数 处数 ≥12处 方案\n质量指标 合格率 占比 100% 方案\n"
        "效益指标 社会效益指标 受益人口 人口 ≥3万人 方案\n"
    )
    (sheet,) = layout(text).sheets
    assert [
        (row.level1, row.level2, row.name, row.value and row.value.text) for row in sheet.indicators
    ] == [
        ("产出指标", "数量指标", "工程处数", "12"),
        ("产出指标", "质量指标", "合格率", "100%"),
        ("效益指标", "社会效益指标", "受益人口", "3"),
    ]
