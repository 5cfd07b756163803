"""Tables as a page lays them out: columns by white space, labels and headers folded within them."""

from __future__ import annotations

from pathlib import Path

from fiscograph.budget import Placement
from fiscograph.pipeline import Reading, read_source

# Lines of a filing of another province as its PDF lays them out; some rows are left out.
BALANCE = """\
                               收支预算总表
      部门：        江苏省人大常委会办公厅                                   单位：万元

            收入                                    支出

                                   功能分类                     支出用途
     项目名
                 金额           功能科目名
     称                                    金额        项目名称           金额
                               称

  一、财政                   一、一般公共服务
             13,649.07                10,528.33   一、基本支出       7,666.68
拨款                       支出

 1. 一 般 公
             13,649.07   二、外交支出                   二、项目支出       5,853.96
共预算

 2. 政 府 性                                         三、单位预留机
                         三、国防支出                                    128.43
基金预算                                              动经费

                         八、社会保障和就     1,608.51
\f                      业支出

                      十八、住房保障支
                                  1,512.23
                      出

当 年 收 入   13,649.07              当年支出小计      13,649.07
\f 小计

     收入合
                 13,649.07                支出合计         13,649.07
     计
"""
EXPENDITURE = """\
                     一般公共预算支出表
                                                       单位：元
                       项目                             一般公共预算支出
功能分类科目编码
                         功能分类科目名称       合计             基本支出            项目支出
类     款    项
201             一般公共服务支出               21,601,733.00   12,291,733.00    9,310,000.00
201   13        商贸事务                   21,601,733.00   12,291,733.00    9,310,000.00
201   13   01   行政运行                    12,291,733.00   12,291,733.00
201   13   99   其他商贸事务支出                9,310,000.00                     9,310,000.00
206             科学技术支出                 17,200,000.00                   17,200,000.00
206   05        科技条件与服务                17,200,000.00                   17,200,000.00
206   05   03   科技条件专项                 17,200,000.00                   17,200,000.00
                        合计               38,801,733.00   12,291,733.00   26,510,000.00
"""
THREE_PUBLIC = """\
                       部门“三公”经费和机关运行经费预算表
编制部门：上海市普陀区人民政府万里街道办事处                                                              单位:万元

                               2024年“三公”经费预算数

                                                                                2024年机关运行经
                                                  公务用车购置及运行费
                                                                                    费预算数
   合计           因公出国(境)费       公务接待费
                                          小计           购置费        运行费

        47.91              0       1.35        46.56         25         21.56         443.18
"""
# One row under the headers of two years; a Han character is set as wide as two digits.
TWO_YEARS = """\
2023年部门综合预算一般公共预算拨款“三公”经费预算表
单位：万元
单位编码         单位名称                                                2022年                                                                                  2023年
                                                         一般公共预算拨款安排的“三公”经费预算                                                  一般公共预算拨款安排的“三公”经费预算
                                  小计    因公出国（境）费用   公务接待费            公务用车购置及运行维护费             小计    因公出国（境）费用   公务接待费            公务用车购置及运行维护费
                                                                            小计    公务用车购置费   公务用车运行维护费                                             小计    公务用车购置费   公务用车运行维护费
201001     西安市公安局未央分局   33.80                             10.11   23.69                                 23.69   32.30                              8.61   23.69                                 23.69
"""
BROKEN_CODES = """\
一般公共预算支出表
单位：元
    科目编码           科目名称               合计           基本支出          项目支出
               合计                 2,351,980.00   2,151,400.00   200,580.00
    205        教育支出               2,294,140.00   2,093,560.00   200,580.00
      20502      普通教育             2,294,140.00   2,093,560.00   200,580.00
        2050       学前教育           2,265,010.00   2,093,560.00   171,450.00
    201
        2050       其他普通              29,130.00                    29,130.00
    299        教育支出
    208        社会保障和就业支              57,840.00      57,840.00
               出
      20805      行政事业单位              57,840.00      57,840.00
               养老支出
        2080       机关事业
    505        单位基本养老保险               57,840.00      57,840.00
               缴费支出
"""
CONTENTS = """\
第二部分 部门预算表
一、收支预算总表
二、收入预算总表
三、支出预算总表
四、一般公共预算“三公”经费、会议费、培训费支
               出预算表
第三部分 部门预算情况说明

            第一部分   部门概况
一、主要职能
"""


def reading_of(text: str, folder: Path) -> Reading:
    path = folder / "filing.txt"
    path.write_text(text, "utf-8")
    return read_source(path)


def test_labels_folded_over_lines_and_pages_keep_their_own_numbers(tmp_path: Path) -> None:
    (grid,) = reading_of(BALANCE, tmp_path).layout.grids
    read = {
        (row.side, row.label.replace(" ", "")): [cell.text for cell in row.numbers]
        for row in grid.rows
    }
    assert read == {
        ("income", "一、财政拨款"): ["13,649.07"],
        ("income", "1.一般公共预算"): ["13,649.07"],
        ("income", "2.政府性基金预算"): [],
        ("income", "当年收入小计"): ["13,649.07"],
        ("income", "收入合计"): ["13,649.07"],
        ("expenditure", "一、一般公共服务支出"): ["10,528.33"],
        ("expenditure", "二、外交支出"): [],
        ("expenditure", "三、国防支出"): [],
        ("expenditure", "八、社会保障和就业支出"): ["1,608.51"],
        ("expenditure", "十八、住房保障支出"): ["1,512.23"],
        ("expenditure", "当年支出小计"): ["13,649.07"],
        ("expenditure", "支出合计"): ["13,649.07"],
        ("use", "一、基本支出"): ["7,666.68"],
        ("use", "二、项目支出"): ["5,853.96"],
        ("use", "三、单位预留机动经费"): ["128.43"],
    }


def columns_of(reading: Reading) -> dict[str, list[str]]:
    (grid,) = reading.layout.grids
    return {
        row.label or "合计": [
            "" if cell.column is None else grid.columns[cell.column].key for cell in row.numbers
        ]
        for row in grid.rows
    }


def test_the_place_of_a_number_tells_its_column(tmp_path: Path) -> None:
    read = columns_of(reading_of(EXPENDITURE, tmp_path))
    assert read["行政运行"] == ["total", "basic"]
    assert read["其他商贸事务支出"] == ["total", "project"]
    assert read["合计"] == ["total", "basic", "project"]


def test_the_same_words_with_their_place_lost_tell_no_column(tmp_path: Path) -> None:
    lost = "\n".join(" ".join(line.split()) for line in EXPENDITURE.split("\n"))
    read = columns_of(reading_of(lost, tmp_path))
    assert {column for columns in read.values() for column in columns} == {""}


def test_columns_stand_in_the_order_in_which_they_are_printed(tmp_path: Path) -> None:
    (grid,) = reading_of(THREE_PUBLIC, tmp_path).layout.grids
    assert [column.key for column in grid.columns] == [
        "total",
        "abroad",
        "reception",
        "vehicles_total",
        "vehicles_purchase",
        "vehicles_running",
        "operating_costs",
    ]
    (row,) = grid.rows
    assert [cell.column for cell in row.numbers] == list(range(7))


def test_no_number_of_one_year_is_sure_to_stand_under_another(tmp_path: Path) -> None:
    (grid,) = reading_of(TWO_YEARS, tmp_path).placed
    told = [(cell, grid.grid.columns[cell.column or 0]) for row in grid.rows for cell in row.cells]
    assert [column.year for _, column in told] == [2022] * 4 + [2023] * 4
    sure = {(c.year, c.key) for cell, c in told if cell.placement is not Placement.CHOSEN}
    assert sure == {(year, key) for year in (2022, 2023) for key in ("total", "vehicles_total")}


def test_a_code_broken_over_two_lines_is_one(tmp_path: Path) -> None:
    (grid,) = reading_of(BROKEN_CODES, tmp_path).layout.grids
    assert [(row.code, row.label) for row in grid.rows if len(row.code or "") == 7] == [
        ("2050201", "学前教育"),
        ("2050299", "其他普通教育支出"),
        ("2080505", "机关事业单位基本养老保险缴费支出"),
    ]
    assert all(row.numbers for row in grid.rows)


def test_titles_in_a_table_of_contents_head_no_table(tmp_path: Path) -> None:
    layout = reading_of(CONTENTS + EXPENDITURE, tmp_path).layout
    assert [grid.form.id for grid in layout.grids] == ["general-public-expenditure"]
    assert not layout.unknown


def test_cells_printed_column_by_column_are_attached_to_no_row(tmp_path: Path) -> None:
    cells = """科目编码|科目名称|合计|基本支出|项目支出|201|20113|2011301|206|20605|2060503
一般公共服务支出|商贸事务|行政运行|21.60|21.60|21.60|科学技术支出|17.20"""
    text = "一般公共预算支出表\n单位：万元\n" + cells.replace("|", "\n")
    layout = reading_of(text, tmp_path).layout
    assert not layout.grids
    (table,) = layout.unknown
    assert table.title == "一般公共预算支出表"
