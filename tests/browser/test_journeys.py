"""From the start page to the ink: the ways that the site is made for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.browser.kinds import KINDS, NUMBER, Kind

PROJECT = "渝财社[2022]155下达2023年就业补助资金"
AMOUNT = "41,440,000"
PRINTED = "4144.00"
# More presses of the key than any page needs on the way to what is looked for.
MOST_TABS = 40
# The path and every parameter but the language's.
_ADDRESS = """() => {
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  return [decodeURIComponent(address.pathname), [...address.searchParams]];
}"""


def tab_to(page: Page, selector: str) -> None:
    """Move the focus forward by keyboard until it is on an element, as somebody without a mouse."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{MOST_TABS} presses of Tab do not reach {selector}")


def highlighted(page: Page) -> str:
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    return target.inner_text()


def test_from_the_start_page_to_the_printed_number_by_mouse(page: Page) -> None:
    page.goto("/")
    page.locator("form.ask").get_by_role("button").click()
    page.wait_for_url(re.compile("/trace|/policy"))
    page.get_by_role("link", name=AMOUNT, exact=True).first.click()
    page.wait_for_url("**/source/**")
    assert highlighted(page) == PRINTED


def test_from_the_start_page_to_the_printed_number_by_keyboard(page: Page) -> None:
    page.goto("/")
    tab_to(page, "form.ask input[type=search]")
    page.keyboard.press("Control+A")
    page.keyboard.type("渝财社[2022]155")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/trace|/policy"))
    expect(page.locator("table").get_by_text(PROJECT).first).to_be_visible()
    tab_to(page, "td.money a[href*='/source/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/**")
    assert highlighted(page) == PRINTED


def test_the_first_press_of_tab_offers_to_skip_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.parametrize("written", [NUMBER, "渝财社（2022）155"])
def test_a_document_is_traced_however_its_number_is_written(page: Page, written: str) -> None:
    page.goto("/trace")
    box = page.locator("main input[name=q]")
    box.fill(written)
    box.press("Enter")
    expect(page.locator("table").get_by_text(PROJECT).first).to_be_visible()
    picture = page.locator("figure.flow svg")
    expect(picture).to_be_visible()
    expect(page.locator("main")).to_contain_text(AMOUNT)


def test_from_a_project_to_its_document_and_back(page: Page) -> None:
    page.goto(f"/trace?q={NUMBER}")
    page.locator("table").get_by_role("link", name=PROJECT).first.click()
    page.wait_for_url("**/project/**")
    page.locator("main a[href*='/policy/']").first.click()
    page.wait_for_url("**/policy/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NUMBER)


# Plain addresses, ones that carry a question, one that is not found; every page has the same head.
SWITCHED = ("start", "traced", "filing", "nothing", "sparql-answer")


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.name in SWITCHED], ids=lambda kind: kind.name
)
def test_the_language_switch_keeps_the_page_and_the_next_one(page: Page, kind: Kind) -> None:
    page.goto(kind.path)
    before = page.evaluate(_ADDRESS)
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.locator("a.language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(_ADDRESS) == before
    page.goto("/trace")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_pages_are_read_without_scripts(open_page: OpenPage) -> None:
    with open_page(scripts=False) as page:
        page.goto("/")
        page.locator("form.ask").get_by_role("button").click()
        expect(page.get_by_role("link", name=AMOUNT, exact=True).first).to_be_visible()


def test_names_are_offered_while_one_types_and_chosen_by_keyboard_or_mouse(page: Page) -> None:
    page.goto("/")
    box = page.locator("header input[name=q]")
    box.press_sequentially("渝财社[2022]155")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text(NUMBER)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box.press("ArrowDown")
    page.get_by_role("option").filter(has_text=NUMBER).first.click()
    page.wait_for_url("**/policy/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NUMBER)


def test_on_a_phone_every_cell_of_a_wide_table_says_what_it_is(open_page: OpenPage) -> None:
    with open_page(width=390) as page:
        page.goto("/projects")
        row = page.get_by_role("row").nth(1)
        box = row.bounding_box()
        assert box is not None
        assert box["width"] <= 390
        labels = row.get_by_role("cell").evaluate_all(
            "cells => cells.map(one => one.dataset.label)"
        )
        assert labels[:3] == ["项目", "部门、单位", "年度"]
        assert page.get_by_role("columnheader").first.inner_text() == "项目"
