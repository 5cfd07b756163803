"""Forms as other provinces word and print them: invented filings in the styles of real ones."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from fiscograph.forms import Grid
from fiscograph.pipeline import Reading, read_filing, read_source

FOLDER = Path(__file__).parent / "provinces"
FILES = {path.stem: path for path in sorted(FOLDER.iterdir())}


@cache
def reading_of(name: str) -> Reading:
    return read_source(FILES[name])


def grid_of(name: str, form: str) -> Grid:
    (grid,) = [grid for grid in reading_of(name).layout.grids if grid.form.id == form]
    return grid


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            "beijing",
            {
                "department-balance": (12, "budget budget"),
                "department-revenue": (
                    3,
                    "total current_income GPB GFB SCB UNIT_BIZ UNIT_OTH CARRY",
                ),
                "department-expenditure": (
                    7,
                    "total basic project operating upward subordinate",
                ),
                "general-public-expenditure": (7, "total basic personnel public project"),
                "three-public-expenses": (
                    1,
                    "total abroad reception vehicles_total vehicles_purchase vehicles_running",
                ),
            },
        ),
        (
            "zhejiang",
            {
                "department-balance": (13, "budget budget"),
                "general-public-expenditure": (11, "total total basic project change"),
            },
        ),
        (
            "guangdong_final",
            {
                "department-balance": (16, "budget budget"),
                "department-expenditure": (
                    11,
                    "total basic project upward operating subordinate",
                ),
                "basic-expenditure": (16, "total"),
                "three-public-expenses": (
                    1,
                    (
                        "budget_total budget_abroad budget_vehicles_total budget_vehicles_purchase"
                        " budget_vehicles_running budget_reception total abroad vehicles_total"
                        " vehicles_purchase vehicles_running reception"
                    ),
                ),
                "government-fund-expenditure": (4, "opening income total basic project closing"),
            },
        ),
        (
            "sichuan",
            {
                "department-balance": (9, "budget budget"),
                "department-expenditure": (5, "total basic project upward subordinate"),
                "general-public-expenditure": (10, "total current carried"),
            },
        ),
        (
            "hubei",
            {
                "department-balance": (13, "budget budget"),
                "department-expenditure": (10, "total basic project"),
                "basic-expenditure": (8, "total personnel public"),
            },
        ),
        (
            "hunan_final",
            {
                "department-balance": (12, "budget budget"),
                "appropriation-balance": (10, "budget total GPB GFB SCB"),
                "general-public-expenditure": (7, "total basic project"),
            },
        ),
        (
            "shandong",
            {
                "department-expenditure": (10, "total basic project ?"),
                "general-public-expenditure": (
                    8,
                    "total basic project total basic project change",
                ),
                "project-list": (3, "total GPB ? GFB SCB FSA unit_funds"),
                "procurement": (3, "total"),
            },
        ),
        (
            "fujian",
            {
                "general-public-expenditure": (8, "total basic project ?"),
                "department-revenue": (8, "total GPB UNIT_BIZ UNIT_OTH"),
            },
        ),
    ],
)
def test_every_form_is_known_with_all_its_rows_and_columns_in_printed_order(
    name: str, forms: dict[str, tuple[int, str]]
) -> None:
    found = {
        grid.form.id: (len(grid.rows), " ".join(column.key or "?" for column in grid.columns))
        for grid in reading_of(name).layout.grids
    }
    assert found == forms


@pytest.mark.parametrize(
    ("name", "department", "year"),
    [
        ("beijing", "北京市海淀区教育委员会", 2024),
        ("guangdong_final", "广州市越秀区东山街道办事处", 2023),
        ("hubei", "武汉市江岸区大智街中心幼儿园", 2024),
        ("sichuan", "成都市武侯区第一中学", 2023),
        ("zhejiang", "杭州市西湖区人民法院", 2024),
    ],
)
def test_a_filing_says_whose_it_is_and_of_which_year(name: str, department: str, year: int) -> None:
    filing = read_filing(FILES[name]).filing
    assert (filing.department, filing.year) == (department, year)


@pytest.mark.parametrize("name", [name for name in FILES if name != "fujian"])
def test_what_closes_raises_no_finding_but_of_unknown_tables(name: str) -> None:
    rules = {finding.rule for finding in read_filing(FILES[name]).findings}
    assert rules <= {"unknown-table"}


@pytest.mark.parametrize(
    ("name", "title"), [("hubei", "表9.机构运行信息表"), ("fujian", "国有资产占用情况表")]
)
def test_a_table_of_no_known_form_is_kept_and_ends_the_one_before(name: str, title: str) -> None:
    (table,) = reading_of(name).layout.unknown
    assert table.title == title
    assert table.rows


def test_numbers_of_columns_and_lines_are_no_amounts() -> None:
    for form in ("department-balance", "three-public-expenses"):
        for row in grid_of("guangdong_final", form).rows:
            assert all("." in cell.text for cell in row.numbers)


def test_classes_side_by_side_stand_under_the_row_that_sums_them() -> None:
    rows = grid_of("guangdong_final", "basic-expenditure").rows
    order = [row.code or row.key for row in rows]
    assert order[:7] == ["personnel", "301", "30101", "30102", "30103", "303", "30302"]
    assert order[7:] == ["public", "302", "30201", "30202", "30203", "307", "30701", "310", "31002"]


def test_the_share_by_which_years_compare_is_a_label_of_its_row() -> None:
    rows = grid_of("zhejiang", "general-public-expenditure").rows
    assert [cell.text for cell in rows[0].numbers] == [
        "5,000.00",
        "5,300.25",
        "4,100.25",
        "1,200.00",
        "300.25",
    ]
    assert {span.line for span in rows[0].spans} == {20}


def test_a_code_and_its_name_in_one_cell_are_told_apart() -> None:
    for name, form in [
        ("beijing", "department-expenditure"),
        ("sichuan", "general-public-expenditure"),
        ("hubei", "department-expenditure"),
    ]:
        coded = [row for row in grid_of(name, form).rows if row.code]
        assert {row.code for row in coded} >= {"205", "20502"}
        assert {row.label for row in coded} >= {"教育支出", "普通教育"}


def test_a_body_s_subtotal_stands_between_the_total_and_its_classes() -> None:
    rows = grid_of("shandong", "department-expenditure").rows
    assert [(row.body, row.level, row.role) for row in rows if row.level < 2] == [
        (None, 0, "total"),
        ("301001", 1, "subtotal"),
        ("301002", 1, "subtotal"),
    ]


def test_a_number_under_an_unknown_header_stands_in_its_column() -> None:
    for name, form, code in [
        ("shandong", "department-expenditure", "2010302"),
        ("fujian", "general-public-expenditure", "2040504"),
    ]:
        (placed,) = [g for g in reading_of(name).placed if g.grid.form.id == form]
        (row,) = [row for row in placed.rows if row.row.code == code]
        unknown = [at for at, column in enumerate(placed.grid.columns) if not column.key]
        assert row.cells[-1].column in unknown


def test_headers_of_two_years_name_their_own_columns() -> None:
    columns = grid_of("shandong", "general-public-expenditure").columns
    assert [column.year for column in columns] == [2023, 2023, 2023, 2024, 2024, 2024, None]


def test_what_is_bought_is_counted_apart_from_what_it_costs() -> None:
    rows = grid_of("shandong", "procurement").rows
    assert sorted(cell.value for row in rows for cell in row.numbers) == [
        Decimal("15.00"),
        Decimal("30.00"),
        Decimal("45.00"),
    ]
