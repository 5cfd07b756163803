"""Pages of tracing over a document with five hundred projects: every row, every sentence, the same
money in the table, in the picture's data and in the query beside it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from tests.serving import many_projects as many
from tests.serving.conftest import Client
from tests.serving.small_release import BASE, FILING_PATH, NUMBER, POLICY_PATH, write

from fiscograph.serving import Site, create_app
from fiscograph.serving.frame.html import Templates, visible
from fiscograph.serving.frame.imprint import Imprint
from fiscograph.serving.frame.scripts import Scripts
from fiscograph.serving.traced.answers import ROWS_OF_ORGANIZATION
from fiscograph.serving.traced.overviews import WORDS

# A page with its style sheet (20 kB), uncompressed.
MOST_BYTES = 80_000
FLOW = "/trace/flow"
DRAWN = many.COUNT - 1
TOTAL = sum((many.amount(at) for at in range(DRAWN)), Decimal(0))
DEPARTMENT_PATH = "organization/500152/426"
SCRIPTS = Scripts(built={"flow.js": b"export {};", "NOTICE.txt": b"d3", "evil.html": b"<html>"})


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("many")
    made = write(folder, many.facts(), many.shared())
    with Site.open(made.published, filings=made.filings, var=folder / "var") as site:
        yield site


def with_scripts(site: Site, scripts: Scripts) -> Client:
    templates = Templates.load(
        site.paths, scripts, styles=site.styles, imprint=Imprint(identity=site.identity)
    )
    return Client(app=create_app(replace(site, scripts=scripts, templates=templates)))


@pytest.fixture(scope="module")
def here(opened: Site) -> Client:
    return with_scripts(opened, SCRIPTS)


def sheets(client: Client, path: str) -> list[str]:
    """A thing's page and those that follow it, by the links between them."""
    read = [client.get(f"/{path}.html", "text/html").text]
    while found := re.search(r'href="([^"]+\.html\?page=\d+)" rel="next"', read[-1]):
        read.append(client.ask("GET", found[1], accept="text/html").text)
    return read


@pytest.fixture(scope="module")
def read(here: Client) -> list[str]:
    return sheets(here, POLICY_PATH)


@pytest.fixture(scope="module")
def page(read: list[str]) -> str:
    return read[0]


def shown(text: str) -> str:
    """A text as the template writes it."""
    return html.escape(visible(text)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def flow(client: Client) -> Any:
    return client.get(FLOW, document=BASE + POLICY_PATH).json()


def grouped(amount: Decimal) -> str:
    return f"{amount:,f}"


def asked(client: Client, text: str, label: str) -> list[dict[str, str]]:
    """The rows of the query that a page links to under a label."""
    found = re.search(rf'<a href="([^"]+)">查询：{label}<', text)
    assert found is not None
    values = parse_qsl(urlsplit(html.unescape(found[1])).query)
    answer = client.ask("GET", "/sparql", accept="application/sparql-results+json", params=values)
    rows = answer.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def test_the_tables_have_every_project_with_its_amount_and_its_sentence(read: list[str]) -> None:
    tables = [
        page[page.index('<table class="projects stacked">') : page.index("</table>")]
        for page in read
    ]
    rows = [row for table in tables for row in table.split("<tr>")[2:]]
    assert len(rows) == many.COUNT
    by_code = {re.findall(r"<small>(\w+)</small>", row)[0]: row for row in rows}
    for at in range(many.COUNT):
        row = by_code[many.code(at)]
        assert f'href="/{FILING_PATH}/project/{many.code(at)}"' in row
        assert shown(many.name(at)) in row
        before, after = many.sentence(at).split("渝财社【2022】155号")
        assert f"<q>{before}<mark>渝财社【2022】155号</mark>{after}</q>" in row
        assert f".html#L{1000 + at}" in row
        money = "—" if at == many.SILENT else grouped(many.amount(at))
        assert f">{money}<" in row


def test_the_totals_say_what_they_count(page: str) -> None:
    assert f"{many.COUNT} 个项目，合计 <strong>{grouped(TOTAL)} 元</strong>" in page
    assert "1 个没有印出金额" in page
    assert "每份文件下计入以它为依据的项目的全部金额" in page


def test_the_picture_has_the_rows_of_the_table(here: Client) -> None:
    (group,) = flow(here)["groups"]
    assert group["label"] == "2023 年度预算"
    assert Decimal(group["total"]) == TOTAL
    assert [Decimal(row["amount"]) for row in group["rows"]] == [
        many.amount(at) for at in range(DRAWN)
    ]
    assert [row["project"] for row in group["rows"]] == [
        visible(many.name(at)) for at in range(DRAWN)
    ]
    assert all(row["unit"]["name"].startswith("第") for row in group["rows"])
    assert all(row["carrier"] is None for row in group["rows"])


def test_the_query_beside_the_total_gives_the_total(here: Client, page: str) -> None:
    (row,) = asked(here, page, "合计")
    assert Decimal(row["amount"]) == TOTAL
    assert int(row["projects"]) == many.COUNT
    assert len({row["budget"] for row in asked(here, page, "项目")}) == many.COUNT


def test_a_page_is_light_however_many_projects_it_has(here: Client, read: list[str]) -> None:
    assert max(len(page.encode()) for page in read) < MOST_BYTES
    # What points at the department, five hundred projects, stands on a page of its own.
    department = here.ask("GET", f"/{DEPARTMENT_PATH}.html", headers={"Accept-Encoding": "gzip"})
    assert department.headers["content-encoding"] == "gzip"
    assert len(department.content) < MOST_BYTES
    assert f"/{DEPARTMENT_PATH}/all.html" in department.text
    whole = here.get(f"/{DEPARTMENT_PATH}/all.html", "text/html").text
    assert "指向它的" in whole
    assert len(whole.encode()) < MOST_BYTES
    for name in WORDS:
        assert len(here.get(f"/trace/{name}", "text/html").content) < MOST_BYTES, name


def test_hostile_names_stay_text_on_every_page(here: Client) -> None:
    for path in (f"{POLICY_PATH}.html", f"{DEPARTMENT_PATH}.html", "trace", "trace/documents"):
        text = here.get(f"/{path}", "text/html").text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "\u202e" not in text
    answer = here.get(FLOW, document=BASE + POLICY_PATH)
    assert answer.headers["content-type"] == "application/json"
    assert "\u202e" not in json.dumps(answer.json(), ensure_ascii=False)


def test_the_picture_comes_with_a_table_and_goes_without_a_build(
    here: Client, opened: Site, page: str
) -> None:
    figure = re.search(r'<figure class="flow" data-flow="([^"]+)" hidden>', page)
    assert figure is not None
    assert "没有注明这些项目的功能分类" in page
    assert here.ask("GET", html.unescape(figure[1])).json() == flow(here)
    source = SCRIPTS.address("flow.js")
    assert f'<script type="module" src="{source}"></script>' in page
    without = with_scripts(opened, Scripts()).get(f"/{POLICY_PATH}.html").text
    assert "<script" not in without
    assert "<figure" not in without
    assert without.count("<tr>") == page.count("<tr>")


def test_scripts_are_served_by_their_content_and_nothing_else_is(here: Client) -> None:
    address = SCRIPTS.address("flow.js")
    assert address is not None
    script = here.ask("GET", address)
    assert script.content == b"export {};"
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    assert here.get("/static/built/NOTICE.txt").headers["content-type"].startswith("text/plain")
    for name in ("evil.html", "none.js", "..%2fapp.py"):
        assert here.get(f"/static/built/{name}").status_code == 404


def test_a_flow_of_no_document_is_not_found(here: Client) -> None:
    assert here.get(FLOW, document=BASE + "policy/none").status_code == 404
    assert here.get(FLOW).status_code == 404


def test_a_projects_page_quotes_its_basis(here: Client) -> None:
    for path in (f"{FILING_PATH}/project/{many.code(7)}", f"project/{many.code(7)}"):
        text = here.get(f"/{path}.html", "text/html").text
        assert f'<a href="{quote(f"/{POLICY_PATH}")}">{NUMBER}</a>' in text
        assert "<mark>渝财社【2022】155号</mark>安排第7项。</q>" in text
        assert f".html#L{1000 + 7}" in text
        assert f"{grouped(many.amount(7))} 元" in text


def test_a_departments_page_says_the_share_and_agrees_with_its_query(here: Client) -> None:
    last = -(-many.COUNT // ROWS_OF_ORGANIZATION)
    address = f"/{DEPARTMENT_PATH}.html"
    text, second, end = (here.get(address, page=str(number)).text for number in (1, 2, last))
    (row,) = asked(here, text, "合计与占比")
    assert Decimal(row["amount"]) == Decimal(row["withBasis"]) == TOTAL
    assert f"{many.COUNT} 个项目，合计 <strong>{grouped(TOTAL)} 元</strong>" in text
    assert f"{many.COUNT} 个项目，{grouped(TOTAL)} 元，占 <strong>100%</strong>" in text
    # The pages follow each other by amount, each project on one of them.
    shares = [set(re.findall(r"<small>(5\w{20})</small>", page)) for page in (text, second, end)]
    assert [len(share) for share in shares] == [
        ROWS_OF_ORGANIZATION,
        ROWS_OF_ORGANIZATION,
        many.COUNT - (last - 1) * ROWS_OF_ORGANIZATION,
    ]
    assert len(set.union(*shares)) == sum(map(len, shares))
    assert 'rel="next"' in text
    assert 'rel="next"' not in end


def test_a_unit_has_its_own_projects(here: Client) -> None:
    text = here.get("/organization/500152/426003.html", "text/html").text
    own = [at for at in range(many.COUNT) if at % many.UNITS == 3]
    assert (
        f"{len(own)} 个项目，合计 <strong>{grouped(sum(map(many.amount, own), Decimal(0)))} 元"
        in text
    )


def test_one_box_finds_documents_projects_and_organizations(here: Client) -> None:
    found = here.get("/trace", "text/html", q="渝财社[2022] 155")
    assert found.status_code == 200
    assert grouped(TOTAL) in found.text
    project = here.get("/trace", "text/html", q=many.code(9))
    assert project.status_code == 303
    assert project.headers["location"] == f"/project/{many.code(9)}"
    center = here.get("/trace", "text/html", q="第3中心")
    assert center.headers["location"] == "/organization/500152/426003"
    several = here.get("/trace", "text/html", q="目10")
    assert several.status_code == 300
    assert f'href="/project/{many.code(107)}"' in several.text
    nothing = here.get("/trace", "text/html", q="渝财社〔2022〕156号")
    assert nothing.status_code == 404
    assert NUMBER in nothing.text


def test_a_mention_that_names_no_document_is_listed_with_its_place(here: Client) -> None:
    text = here.get("/trace/citations", "text/html").text
    assert text.count("<tr>") == 2
    assert many.VAGUE in text
    assert ".html#L52" in text


def test_an_overview_that_is_cut_says_so(here: Client) -> None:
    start = here.get("/trace", "text/html").text
    assert 'href="/trace/documents"' in start
    assert here.get("/trace/none", "text/html").status_code == 404
    for name, word in WORDS.items():
        assert word.zh in start
        assert word.zh in here.get(f"/trace/{name}", "text/html").text
