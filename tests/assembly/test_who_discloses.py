"""Who disclosed what for which year, as the head of a filing prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fiscograph.pipeline import read_filing

TABLE = """
部门收支总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t100.00\t一、一般公共服务支出\t100.00
本年收入合计\t100.00\t本年支出合计\t100.00
收入总计\t100.00\t支出总计\t100.00
"""


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (
            "目 录\n第一部分 部门概况\n石家庄市长安区信访局2018年部门预算信息公开\n",
            ("130102", "石家庄市长安区信访局", 2018),
        ),
        (
            "呼和浩特市赛罕区人民法院二〇二三年部门预算\n",
            ("150105", "呼和浩特市赛罕区人民法院", 2023),
        ),
        (
            "湖北省恩施土家族苗族自治州利川市审计局2020年部门预算公开\n",
            ("422802", "湖北省恩施土家族苗族自治州利川市审计局", 2020),
        ),
        (
            "四川省人民政府驻北京市办事处2022年部门预算\n",
            ("510000", "四川省人民政府驻北京市办事处", 2022),
        ),
        (
            "青岛市市南区审计局\n2020年部门预算\n\n二〇二一年二月\n",
            ("370202", "青岛市市南区审计局", 2020),
        ),
    ],
)
def test_the_head_of_a_filing_tells_region_department_and_year(
    tmp_path: Path, head: str, said: tuple[str, str, int]
) -> None:
    path = tmp_path / "filing.txt"
    path.write_text(head + TABLE, "utf-8")
    filing = read_filing(path).filing
    assert (filing.region, filing.department, filing.year) == said
    assert filing.title in "".join(head.split())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[205036]石家庄市长安区桃园小学", "205036"),
        ("205036-石家庄市长安区桃园小学", "205036"),
        ("石家庄市长安区桃园小学", "石家庄市长安区桃园小学"),
    ],
)
def test_a_school_has_its_own_code_and_not_its_departments(
    tmp_path: Path, body: str, code: str
) -> None:
    path = tmp_path / "filing.txt"
    sheet = "\n项目绩效目标表\n项目名称\t安保\n主管部门\t205-石家庄市长安区教育局\n年度资金总额\t1.00\n年度目标\t保障安全。\n"
    table = TABLE.replace("单位：万元", f"填报单位：{body}\n单位：万元")
    path.write_text("# 石家庄市长安区桃园小学2023年单位预算\n" + table + sheet, "utf-8")
    filing = read_filing(path).filing
    assert (filing.id.body, filing.department) == (code, "石家庄市长安区桃园小学")
    assert filing.title == "石家庄市长安区桃园小学2023年单位预算"


def test_money_carried_forward_is_not_missing_from_what_was_spent(tmp_path: Path) -> None:
    path = tmp_path / "filing.txt"
    stocks = "年初结转和结余\t5.00\t年末结转和结余\t5.00\n收入总计\t105.00\t支出总计\t105.00\n"
    table = TABLE.replace("收入总计\t100.00\t支出总计\t100.00\n", stocks)
    path.write_text("石家庄市长安区信访局2018年部门决算\n" + table, "utf-8")
    assert not read_filing(path).findings
