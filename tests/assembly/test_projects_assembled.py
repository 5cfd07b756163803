"""A project in a list, on its sheet and in a table becomes one; names and citations keep places."""

from __future__ import annotations

import pytest
from tests.golden.disclosed import NAMES, TONGCHUAN, TONGNAN, facts_of, lines_of

from fiscograph.budget import FilingFacts, ProjectBudget, TextField


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
