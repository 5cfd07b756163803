"""The query editor as people use it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import OpenPage
from tests.browser.kinds import NUMBER

from fiscograph.queries import example_queries

ANSWER = "41,440,000"
COUNT = "SELECT (COUNT(*) AS ?n) { ?filing a fg:Filing }"


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("查询（SELECT|Query \\(SELECT"))


def typed(page: Page, query: str) -> None:
    field(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)


def test_an_example_is_chosen_and_run_by_keyboard_alone(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_role("link", name="一份文件资助的项目", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sparql?example=02-*")
    field(page).focus()
    page.keyboard.press("Control+Enter")
    row = page.locator("table[data-result] tbody tr")
    expect(row).to_have_count(1)
    expect(row.get_by_role("cell", name=ANSWER, exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("1 行")
    # The address carries the query, and a stranger who opens it sees the same answer.
    shared = page.url
    page.goto("/")
    page.goto(shared)
    expect(page.get_by_role("cell", name=ANSWER, exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_examples_open_and_answer_in_the_editor_one_after_the_other(
    open_page: OpenPage, language: str
) -> None:
    with open_page(language=language) as page:
        page.goto("/sparql")
        for example in example_queries()[2 if language == "zh" else 5 :: 8]:
            title = example.title_zh if language == "zh" else example.title_en
            page.locator(f'a[href="/sparql?example={example.name}"]').click()
            expect(page.locator("#about")).to_have_text(title)
            page.get_by_role("button", name="运行" if language == "zh" else "Run").click()
            expect(page.locator("#result, [role=alert]")).to_be_visible()
            assert page.locator("[role=alert]").count() == 0, example.name
            heads = page.locator("table[data-result] th")
            names = heads.evaluate_all("all => all.map(one => one.dataset.name)")
            assert names == [column.name for column in example.columns]


def test_terms_complete_by_their_chinese_name_and_bring_their_prefix(page: Page) -> None:
    page.goto("/sparql")
    typed(page, "SELECT (COUNT(?x) AS ?n) { ?x a ")
    page.keyboard.type("公开文件")
    option = page.get_by_role("option").filter(has_text="fg:Filing")
    expect(option.first).to_be_visible()
    option.first.click()
    page.keyboard.type(" }")
    query = page.locator("textarea").input_value()
    assert "PREFIX fg: <https://w3id.org/fiscograph#>" in query
    assert "?x a fg:Filing" in query
    page.keyboard.press("Control+Enter")
    expect(page.locator("table[data-result] td")).to_have_text("5")


def test_a_fault_is_marked_where_it_is_and_goes_when_it_is_mended(open_page: OpenPage) -> None:
    with open_page(refused=("/sparql",)) as page:
        page.goto("/sparql")
        typed(page, "SELECT * {\n  ?s ?p \n}")
        page.keyboard.press("Control+Enter")
        alert = page.get_by_role("alert")
        expect(alert).to_be_visible()
        assert alert.get_attribute("data-line") == "3"
        expect(page.locator(".editor .cm-lintRange-error")).to_have_text("}")
        typed(page, COUNT)
        page.keyboard.press("Control+Enter")
        expect(alert).to_have_count(0)
        expect(page.locator(".editor .cm-lintRange-error")).to_have_count(0)


def test_a_result_is_seen_as_table_and_as_charts(page: Page) -> None:
    page.goto("/sparql?example=12")
    page.get_by_role("button", name="运行").click()
    rows = page.locator("table[data-result] tbody tr")
    expect(rows.first).to_be_visible()
    amounts = page.locator("table[data-result] td[data-value]:last-child").all_inner_texts()
    page.get_by_role("button", name="条形图").click()
    assert page.locator("figure.chart .value").all_text_contents() == amounts
    for words, mark in (("折线图", "circle.mark"), ("饼图", "path.mark")):
        page.get_by_role("button", name=words).click()
        expect(page.locator(f"figure.chart {mark}").first).to_be_visible()
    page.get_by_role("button", name="表", exact=True).click()
    expect(rows.first).to_be_visible()


def test_things_in_a_result_are_named_and_lead_to_their_pages(page: Page) -> None:
    page.goto(f"/sparql?query=SELECT * {{ ?policy eli:id_local '{NUMBER}' }}")
    link = page.locator("table[data-result] td a")
    expect(link).to_have_text(NUMBER)
    link.click()
    page.wait_for_url("**/policy/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NUMBER)


def test_the_way_back_leads_to_the_query_before(page: Page) -> None:
    page.goto("/sparql")
    for query in (COUNT, "ASK { ?s ?p ?o }"):
        typed(page, query)
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-summary]")).to_be_visible()
        page.wait_for_url(re.compile("COUNT" if query is COUNT else "ASK"))
    page.go_back()
    expect(page.locator("table[data-result] td")).to_have_text("5")
    assert page.locator("textarea").input_value() == COUNT


def test_without_scripts_the_form_and_the_table_do_the_same(open_page: OpenPage) -> None:
    with open_page(scripts=False) as page:
        page.goto("/sparql?example=02")
        page.locator("textarea").click()
        page.get_by_role("button", name="运行").click()
        expect(page.get_by_role("cell", name=ANSWER, exact=True)).to_be_visible()


def test_the_limits_are_told_and_a_query_over_them_says_so(page: Page) -> None:
    page.goto("/sparql")
    expect(page.locator(".limits")).to_contain_text("至多 10 秒")
    typed(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Control+Enter")
    stop = page.get_by_role("button", name="停止")
    expect(stop).to_be_visible()
    stop.click()
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("已停止")


def curl(snippet: str, _folder: Path) -> list[str]:
    return ["sh", "-c", f"{snippet} --silent --show-error"]


def python(snippet: str, folder: Path) -> list[str]:
    program = folder / "snippet.py"
    program.write_text(snippet, "utf-8")
    return [sys.executable, str(program)]


@pytest.mark.parametrize(("heading", "command"), [("curl", curl), ("Python", python)])
def test_a_snippet_asks_the_same_of_this_server(
    page: Page, tmp_path: Path, heading: str, command: Callable[[str, Path], list[str]]
) -> None:
    if command is curl and shutil.which("curl") is None:
        pytest.skip("there is no curl")
    page.goto("/sparql?example=02")
    page.get_by_role("button", name="运行").click()
    expect(page.locator("#result")).to_be_visible()
    page.get_by_text("在别处使用此查询").click()
    snippet = page.locator(f"h3:text-is('{heading}') ~ pre").first.inner_text()
    done = subprocess.run(command(snippet, tmp_path), capture_output=True, check=True)
    assert "41440000" in done.stdout.decode()
