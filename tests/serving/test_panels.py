"""The pages of regions, departments and classifications over the repository's filings: every figure is
the answer of the query beside it, and leads to where it is printed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.serving.conftest import Client
from tests.serving.read_panels import ReadPanel, panels

from fiscograph.serving import Site, create_app

PAGES = (
    "/code/function.html",
    "/code/function/2023/208.html",
    "/code/function/2023/208.html?scope=region%2F500152",
    "/code/departmental-economic.html",
    "/code/cofog.html",
    "/code/fund.html",
    "/code/three-public.html",
    "/region/500000.html",
    "/region/500152.html",
    "/organization/500152/426.html",
    "/organization/511702/189001.html",
    "/compare",
)
# Pages of which every figure is a sum, which leads to its parts.
SUMS_ALONE = {
    "/code/function.html",
    "/code/departmental-economic.html",
    "/code/cofog.html",
    "/code/fund.html",
}
_NUMBERS = {"money", "number"}


@pytest.fixture(scope="module")
def whole(release: Path, root: Path, var: Path) -> Iterator[Client]:
    """The server over the release of the repository's filings."""
    with Site.open(release, filings=root / "filings", var=var) as site:
        yield Client(app=create_app(site))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The pages that were read: a release does not change, so each is asked for once."""
    return {}


def read(client: Client, texts: dict[str, str], path: str) -> str:
    if path not in texts:
        page = client.get(path, "text/html")
        assert page.status_code == 200
        texts[path] = page.text
    return texts[path]


def answered(client: Client, panel: ReadPanel) -> list[dict[str, str]]:
    """What the panel's own query gives, as the visitor who presses its button gets it."""
    found = client.ask("GET", "/sparql", params={**panel.fields, "format": "csv"})
    assert found.status_code == 200, found.text
    return list(csv.DictReader(io.StringIO(found.text)))


@pytest.mark.parametrize("path", PAGES)
def test_every_figure_is_the_answer_of_the_query_beside_it(
    whole: Client, texts: dict[str, str], path: str
) -> None:
    shown = panels(read(whole, texts, path))
    assert shown, "the page has no panel"
    for panel in shown.values():
        answers = answered(whole, panel)
        known = {
            Decimal(text)
            for row in answers
            for text in row.values()
            if re.fullmatch(r"-?\d+(\.\d+)?", text)
        }
        assert len(panel.rows) == len(answers), panel.name
        for row in panel.rows:
            for cell in row:
                if cell.kind in _NUMBERS and cell.text != "—":
                    assert Decimal(cell.text.replace(",", "")) in known, (panel.name, cell)


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_figure_leads_to_its_characters(
    whole: Client, texts: dict[str, str], path: str
) -> None:
    followed = 0
    for panel in panels(read(whole, texts, path)).values():
        for row in panel.rows:
            for cell in row:
                if cell.kind not in _NUMBERS or not (cell.href or "").startswith("/source/"):
                    continue
                source, _, anchor = (cell.href or "").partition("#")
                text = read(whole, texts, source)
                found = re.search(rf'id="{anchor}"[^>]*>([^<]+)<', text)
                assert found is not None, cell
                printed = Decimal(found[1].replace(",", "").replace(" ", ""))
                shown = Decimal(cell.text.replace(",", ""))
                assert shown in {printed, printed * 10_000, printed * 100_000_000}
                followed += 1
    assert followed or path in SUMS_ALONE


def test_a_sum_leads_to_the_amounts_that_it_is_made_of(
    whole: Client, texts: dict[str, str]
) -> None:
    tree = panels(read(whole, texts, "/organization/500152/426.html"))["tree-function"]
    assert len(tree.rows) > 10
    # The machine makes each of these pages anew: every seventh class is followed.
    for row in tree.rows[::7]:
        name, amount = row[0], row[1]
        address, _, anchor = (amount.href or "").partition("#")
        parts = panels(whole.get(unquote(address)).text)[anchor].rows
        total = sum(
            Decimal(cell.text.replace(",", ""))
            for part in parts
            for cell in part
            if cell.kind == "money"
        )
        assert total == Decimal(amount.text.replace(",", "")), name


def test_a_department_has_its_pictures_and_the_money_of_its_filing(
    whole: Client, texts: dict[str, str]
) -> None:
    shown = panels(read(whole, texts, "/organization/500152/426.html"))
    assert shown["ways"].rows
    total = sum(Decimal(row[3].text.replace(",", "")) for row in shown["ways"].rows)
    assert total == Decimal(92097200)
    assert [row[3].text for row in shown["filings"].rows] == ["92,097,200"]


def test_spending_per_head_is_told_only_where_a_filing_prints_the_people(
    whole: Client, texts: dict[str, str]
) -> None:
    heads = panels(read(whole, texts, "/compare"))["per-head"].rows
    assert {row[0].text for row in heads} == {"达州市通川区人力资源和社会保障信息管理中心"}
    assert {(row[2].text, row[3].text, row[5].text) for row in heads} == {
        ("核定编制", "7", "134,171.43"),
        ("实有人数", "7", "134,171.43"),
    }
    assert "per-head" not in panels(read(whole, texts, "/region/500152.html"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_little(whole: Client, texts: dict[str, str], path: str) -> None:
    page = read(whole, texts, path)
    assert "style=" not in page
    assert len(page.encode()) <= 80_000  # the style sheet weighs 20 kB more


@pytest.mark.parametrize("path", ["/code/function.html", "/compare"])
def test_a_page_is_in_the_language_that_was_asked_for(whole: Client, path: str) -> None:
    page = whole.get(f"{path}?lang=en").text
    assert "运行此查询" not in page
    assert "Run this" in page


@pytest.mark.parametrize(
    "choice", ["scope=nonsense", "scope=region%2F%3C", "scope=region%2F000000", "period=1.x"]
)
def test_a_choice_that_does_not_exist_breaks_nothing(whole: Client, choice: str) -> None:
    assert whole.get(f"/code/function.html?{choice}").status_code == 200


def test_the_data_are_described_by_counts_that_the_endpoint_gives(whole: Client) -> None:
    shown = panels(whole.get("/about", "text/html").text)
    counts = {row[0].text: row[1].text for row in shown["counts"].rows}
    assert counts["公开文件"] == "5"
    for name in ("counts", "placements", "checks", "findings", "mentions"):
        known = {row["count"] for row in answered(whole, shown[name])}
        assert {row[1].text.replace(",", "") for row in shown[name].rows} <= known


def test_developers_find_addresses_that_answer(whole: Client) -> None:
    page = whole.get("/developers", "text/html").text
    links = set(re.findall(r'href="(/[^"]*)"', page))
    assert any(link.startswith("/policy/") for link in links)
    for link in sorted(links):
        if not link.startswith(("/download/fiscograph", "/static/")):
            assert whole.get(link, "text/html").status_code in {200, 303}, link
