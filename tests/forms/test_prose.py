"""Numbers of running text: what each is, what it is about, of which year, in which relation."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.budget import StatementKind
from fiscograph.filings import token_bounds
from fiscograph.forms.narrative import Role, Telling, load_prose, read_prose
from fiscograph.forms.narrative.reader import Prose

TEXTS = st.lists(
    st.sampled_from(
        [
            *["2023年", "2022", "98.92", "4,683.96", "70", "5%", "0", "1.", "2、", "3 ", "150BP"],
            *[
                "万元",
                "元",
                "人",
                "个",
                "余",
                "万",
                "辆",
                "公里",
                "%",
                "，",
                "。",
                "；",
                "、",
                "（",
                "）",
            ],
            *[
                "其中：",
                "较上年",
                "比2022年",
                "增加",
                "减少",
                "占",
                "为",
                "基本支出",
                "《",
                "》",
                "第",
            ],
        ]
    ),
    max_size=25,
).map("".join)
NAMES = st.sampled_from(["住房保障支出", "公务接待费", "一般公共预算拨款", "因公出国（境）费"])
AMOUNTS = st.decimals(0, 99999, places=2, allow_nan=False)
YEARS = st.integers(2015, 2035)


def prose(text: str) -> Prose:
    return read_prose(text, token_bounds(text), load_prose())


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What a text tells: the phrase, the number as printed, the unit."""
    return [(t.about, text[t.start : t.end], t.unit) for t in prose(text).tellings]


def roles(text: str) -> list[str]:
    return [figure.role.value for figure in prose(text).figures]


@given(TEXTS)
def test_every_token_of_a_text_is_one_figure_and_every_measure_is_told(text: str) -> None:
    read = prose(text)
    assert [(f.start, f.end) for f in read.figures] == token_bounds(text)
    assert [t.start for t in read.tellings] == [f.start for f in read.figures if f.role.measures]
    assert all(t.about or t.start == 0 or not text[: t.start].strip() for t in read.tellings)
    for telling in read.tellings:
        assert telling.start < telling.end <= telling.after <= len(text)
        assert bool(telling.direction) == (telling.kind is StatementKind.CHANGE)


@given(
    year=YEARS,
    name=NAMES,
    now=AMOUNTS,
    change=AMOUNTS,
    word=st.sampled_from(["增加", "减少"]),
    grouped=st.booleans(),
)
def test_an_amount_and_its_change_are_read_as_they_are_told(
    *, year: int, name: str, now: Decimal, change: Decimal, word: str, grouped: bool
) -> None:
    printed = f"{now:,}" if grouped else str(now)
    text = f"{year}年{name}预算 {printed} 万元，比{year - 1}年{word} {change} 万元，增长 5.2%。"
    amount, changed, growth = prose(text).tellings
    assert (amount.value, amount.unit, amount.year) == (now, "万元", year)
    assert amount.about == f"{name}预算".replace("（", "(").replace("）", ")")
    assert amount.kind is StatementKind.AMOUNT
    assert (changed.value, changed.subject, changed.year) == (change, amount.subject, year)
    assert (changed.direction, changed.base) == (1 if word == "增加" else -1, year - 1)
    assert changed.about == f"{amount.about} 比{year - 1}年{word}"
    assert (growth.kind, growth.unit, growth.subject) == (
        StatementKind.CHANGE,
        "%",
        amount.subject,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（一）收入预算：2023 年年初预算数 4,683.96 万元，其中：一般公共预算拨款 70 万元，公用 0 元",
            [
                ("收入预算年初预算数", "4,683.96", "万元"),
                ("一般公共预算拨款", "70", "万元"),
                ("公用", "0", "元"),
            ],
        ),
        (
            "其他收入 0万元。收入较 2022年减少 661.58万元",
            [("其他收入", "0", "万元"), ("收入 较2022年减少", "661.58", "万元")],
        ),
        (
            "单位价值 200 万元以上大型设备 0 台。",
            [("单位价值", "200", "万元"), ("单位价值200万元以上大型设备", "0", "台")],
        ),
        ("驾驶员5.75万/人/年(编制10%内)", [("驾驶员", "5.75", "万/人/年"), ("编制", "10%", "%")]),
        (
            "奖补资金按中央、市级、区县 70%、21%、9%的比例分担",
            [("奖补资金按中央", "70%", "%"), ("市级", "21%", "%"), ("区县", "9%", "%")],
        ),
        (
            "切实保障全区 60 余万参保人员和 20余万退休人员",
            [("切实保障全区参保人员", "60", "万"), ("切实保障全区退休人员", "20", "万")],
        ),
        ("项目支出 5 万元,占 5%。", [("项目支出", "5", "万元"), ("项目支出 占", "5%", "%")]),
        (
            "其中：支持商业综合服务能力提升80.00万元",
            [("支持商业综合服务能力提升", "80.00", "万元")],
        ),
        ("公务用车购置为 0，与上年持平。", [("公务用车购置", "0", None)]),
        ("提供 200 人次以上创业服务。", [("提供", "200", "人次")]),
        (
            "三公经费支出预算为45.00万元，支出决算为32.18万元，较上年减少2.10万元",
            [
                ("三公经费支出预算", "45.00", "万元"),
                ("三公经费支出决算", "32.18", "万元"),
                ("三公经费支出决算 较上年减少", "2.10", "万元"),
            ],
        ),
        ("每人每天450元，共16.2万元。", [("每人每天", "450", "元"), ("共", "16.2", "万元")]),
        ("每年培训 50-80 人。", [("每年培训", "50", "人"), ("每年培训", "80", "人")]),
        (
            "开展绩效管理的项目3个,涉及预算12.21万元",
            [
                ("开展绩效管理的项目", "3", "个"),
                ("开展绩效管理的项目涉及预算", "12.21", "万元"),
            ],
        ),
    ],
)
def test_a_number_is_about_the_phrase_before_it(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "截至2023年8月31日，",
        "2025.1.1-2025.12.31",
        "“十四五”规划、2022 政府工作报告重点任务",
        "2022 市政府工作会议",
        "1. 做好就业；2、做好社保；3）收尾",
        "潼南区十四届区委第 25 次常委会",
        "经渝评组办〔2022〕3 号文件批准",
        "根据《关于做好2019上半年补贴代发工作的通知》",
        "8．2025年部门一般公共预算基本支出预算表 ………………… 27",
        "2019-2021年",
        "12333热线",
        "W060701单元W-07、W-08街坊",
        "189001 达州市通川区人社局",
        "地址：北京路123号2楼203室。邮编：400000。",
        "5G基站和4K频道",
    ],
)
def test_numbers_that_name_are_labels(text: str) -> None:
    assert set(roles(text)) == {"label"}


@pytest.mark.parametrize(
    "text",
    ["本年安排 37 又完成", "其中 12 13 14", "评估结果 4.5 良好", "支出3 456.78万元", "目标 8 目标"],
)
def test_a_number_without_measure_stays_unread(text: str) -> None:
    """What is not understood is not called a label."""
    assert {figure.role for figure in prose(text).figures} == {Role.UNREAD}


def test_the_year_of_a_comparison_is_not_the_year_of_the_number() -> None:
    text = (
        "2023年当年预算执行数为60.13万元，2024年预算安排25.77万元，比2023年预算执行数减少57.14%。"
    )
    before, now, growth = prose(text).tellings
    assert [before.year, now.year, growth.year] == [2023, 2024, 2024]
    assert (growth.base, growth.direction) == (2023, -1)


def test_a_word_of_change_tells_one_only_where_something_is_compared() -> None:
    alone, compared = "支持商销稳增长30.00万元", "比上年支持商销增长30.00万元"
    assert [t.kind for t in prose(alone).tellings] == [StatementKind.AMOUNT]
    assert [t.kind for t in prose(compared).tellings] == [StatementKind.CHANGE]


def first(text: str) -> Telling:
    return prose(text).tellings[0]


def test_more_than_the_number_says_that_it_is_round() -> None:
    assert first("已完成 350 余个便民服务点").approximate
    assert not first("已完成 350 个便民服务点").approximate
