"""The forms as data: every one loads, is known by its name, and names each column once."""

from __future__ import annotations

from collections import defaultdict

import pytest

from fiscograph.forms import Form, Grammar, load_forms
from fiscograph.forms.titles import title_of
from fiscograph.tables import split_line, squeeze

BOOK = load_forms()
# The name of a form with a bracket in it is no title: 财政拨款支出预算表（部门经济分类科目）.
TITLED = [form for form in BOOK.forms if form.titles and "(" not in form.name]
# One header of the economic table is printed twice, once over the whole and once over the year.
SAME_ON_PURPOSE = {"appropriation-by-economic-class"}


def ids(form: Form) -> str:
    return form.id


def title_form(text: str) -> Form | None:
    title = title_of(split_line(1, text), BOOK)
    return title.form if title is not None else None


def test_ids_and_names_are_given_once() -> None:
    for names in ([f.id for f in BOOK.forms], [f.name for f in BOOK.forms]):
        assert len(names) == len(set(names))
    assert all(form.name_en for form in BOOK.forms)


@pytest.mark.parametrize("form", BOOK.forms, ids=ids)
def test_aliases_are_squeezed_and_not_empty(form: Form) -> None:
    for column in form.columns:
        for text in (*column.aliases, *column.last, *column.under):
            assert text
            assert squeeze(text) == text
        assert list(column.aliases) == sorted(column.aliases, key=lambda a: (-len(a), a))


@pytest.mark.parametrize("form", [f for f in BOOK.forms if f.id not in SAME_ON_PURPOSE], ids=ids)
def test_no_header_names_two_columns_under_one_cover(form: Form) -> None:
    owners: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for column in form.columns:
        for alias in column.aliases:
            owners[alias, column.under].add(column.key)
    assert not {alias: keys for alias, keys in owners.items() if len(keys) > 1}


@pytest.mark.parametrize("form", BOOK.forms, ids=ids)
def test_identities_and_preferences_speak_of_the_form_s_own_amounts(form: Form) -> None:
    amounts = {column.key for column in form.amount_columns}
    for identity in form.identities:
        assert {identity.total, *identity.parts} <= amounts
        assert identity.total not in identity.parts
    assert set(form.prefer) <= amounts


@pytest.mark.parametrize("form", TITLED, ids=ids)
@pytest.mark.parametrize(
    "print_",
    ["{}", "重庆市某区某局2023年{}", "表三 {}", "七、{}(表 3-1)", "{}（续表）", "附件4-2：{}"],
)
def test_a_form_is_known_by_its_name(form: Form, print_: str) -> None:
    assert title_form(print_.format(form.name)) is form


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("达州市通川区某中心收 支 总 表", "department-balance"),
        ("财政拨款支出预算表(部门经济分类科目)", "appropriation-by-economic-class"),
        ("重庆市北碚区人力资源和社会保障局部门收入总表", "department-revenue"),
        ("某局一般公共预算“三公”经费支出表", "three-public-expenses"),
        ('政府性基金预算"三公"经费支出预算表', "three-public-expenses-government-fund"),
        ("2023年部门（单位）整体支出绩效目标表", "whole-department-targets"),
        ("2023 年区级预算绩效目标申报表", "project-targets"),
        ("一般公共预算财政拨款支出决算表", "general-public-expenditure"),
    ],
)
def test_titles_as_they_are_printed(title: str, form: str) -> None:
    found = title_form(title)
    assert found is not None
    assert found.id == form


@pytest.mark.parametrize(
    "text",
    [
        "（三）基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员经费和公用经费。",
        "支出合计 9209.73 9209.73",
        "208 社会保障和就业支出 65.63 57.13 8.50",
        "备注：本表反映2023年当年一般公共预算财政拨款支出情况。",
    ],
)
def test_what_is_no_title(text: str) -> None:
    assert title_of(split_line(1, text), BOOK) is None


def test_every_grammar_is_in_use() -> None:
    assert {form.grammar for form in BOOK.forms} == set(Grammar)


def test_labels_of_two_sided_forms_stand_for_one_thing_a_side() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in BOOK.rows:
        for label in row.labels:
            assert squeeze(label) == label
            for side in ("income", "expenditure") if row.side == "either" else (row.side,):
                owners[side, label].add(row.key)
    assert not {key: found for key, found in owners.items() if len(found) > 1}


def test_operators_and_levels_are_told_apart() -> None:
    words = BOOK.sheet
    assert set(words.operators.values()) == {"=", "≥", "≤", ">", "<", "定性"}
    assert all(printed == printed.strip() for printed in words.operators)
    assert len(words.level2) == len(set(words.level2))
