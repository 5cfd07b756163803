"""One question, four faces: command line, HTTP, SPARQL and page give equal values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.serving.conftest import Client
from tests.tracing.pages_read import Page, amount, bound

from fiscograph import cli
from fiscograph.tracing import Tracer

BASE = "https://fiscograph.example/"
INFERRED = "渝府发〔2005〕121号"
NUMBERS = (INFERRED, "渝人社发〔2019〕27号", "渝财社〔2022〕155号")
PROJECT = "50015223T000003456026"
ORGANIZATION = "organization/500152/426"
Ask = Callable[..., Any]


@pytest.fixture
def command(
    release: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Ask:
    monkeypatch.chdir(folder)

    def ask(*arguments: str) -> Any:
        assert cli.run(["trace", *arguments, "--json", "--release", str(release)]) == 0
        return json.loads(capfd.readouterr().out)

    return ask


@pytest.fixture
def tree(
    release: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Callable[[str], str]:
    monkeypatch.chdir(folder)

    def ask(thing: str) -> str:
        assert cli.run(["trace", thing, "--release", str(release)]) == 0
        return capfd.readouterr().out

    return ask


def sparql(http: Client, address: str) -> list[dict[str, str]]:
    """The rows of the query that a page links to."""
    answer = http.ask("GET", "/sparql", accept="text/csv", params=list(bound(address).items()))
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text)))


def page_of(http: Client, path: str) -> Page:
    answer = http.get(f"/{path}", "text/html")
    assert answer.status_code == 200
    return Page(answer.text)


def money(answer: Any, name: str = "amount_cny") -> dict[str, Decimal | None]:
    return {
        one["project_budget"]: None if one[name] is None else Decimal(one[name])
        for one in answer["projects"]
    }


def in_page(rows: list[list[Any]]) -> dict[str, Decimal | None]:
    return {BASE + row[0].links[0].lstrip("/"): row[3].money for row in rows}


@pytest.mark.parametrize("number", NUMBERS)
def test_what_a_document_funds(http: Client, command: Ask, number: str) -> None:
    printed = command(number)
    sent = http.get("/api/trace/document", q=number).json()
    assert printed == sent
    page = page_of(http, f"{printed['document']['iri'].removeprefix(BASE)}.html")
    (total,) = printed["totals"]
    (row,) = sparql(http, page.links["查询：合计"])
    said = page.said(r"(\d+) 个项目，合计 <strong>([\d,.]+) 元</strong>")
    assert [(int(count), amount(text)) for count, text in said] == [
        (total["projects"], Decimal(total["amount_cny"]))
    ]
    assert (int(row["projects"]), Decimal(row["amount"])) == (
        total["projects"],
        Decimal(total["amount_cny"]),
    )
    assert Decimal(row["stated"]) == Decimal(total["stated_cny"])
    without = page.said(r"其中 (\d+) 个只有推断的依据，不含它们是 ([\d,.]+) 元")
    assert [(int(count), amount(text)) for count, text in without] == (
        [(1, Decimal(total["stated_cny"]))] if number == INFERRED else []
    )
    funded = sparql(http, page.links["查询：项目"])
    assert {one["budget"]: Decimal(one["amount"]) for one in funded} == money(printed)
    assert in_page(page.rows("projects")) == money(printed)
    mentions = sparql(http, page.links["查询：依据的原句所在"])
    assert {(one["citation"], one["kind"], float(one["score"])) for one in mentions} == {
        (via["citation"], via["kind"], via["score"])
        for one in printed["projects"]
        for via in one["via"]
    }


def test_a_link_that_is_inferred_says_so_and_how_sure_it_is(http: Client, command: Ask) -> None:
    printed = command(INFERRED)
    (total,) = printed["totals"]
    assert (total["amount_cny"], total["stated_cny"], total["inferred"]) == ("460000", "260000", 1)
    by_code = {
        one["project_code"] if "project_code" in one else one["code"]: one
        for one in printed["projects"]
    }
    (basis,) = by_code[PROJECT]["bases"]
    assert (basis["score"], basis["inferred"]) == (0.6, True)
    assert {via["score"] for via in by_code[PROJECT]["via"]} == {0.6}
    assert all(not one["inferred"] for code, one in by_code.items() if code != PROJECT)
    page = page_of(http, "policy/渝府发/2005/121.html")
    marked = {row[0].links[0]: "推断 0.6" in row[5].text for row in page.rows("projects")}
    assert {path.rpartition("/")[2] for path, said in marked.items() if said} == {PROJECT}
    english = Page(http.get("/policy/渝府发/2005/121.html", "text/html", lang="en").text)
    assert "inferred 0.6" in english.text
    assert "1 of them by an inferred link alone; without these 260,000 yuan" in english.text
    for form in ("graphml", "mermaid"):
        text = http.get("/api/trace/document", q=INFERRED, format=form).text
        assert text.count(">0.6<" if form == "graphml" else "推断 0.6") == 1


FORWARDING, FORWARDED = "綦江人社〔2019〕137号", "渝人社发〔2018〕238号"


@pytest.mark.parametrize("number", [FORWARDING, FORWARDED])
def test_a_relation_between_documents_is_told_with_the_sentence_that_states_it(
    http: Client, command: Ask, tree: Callable[[str], str], number: str
) -> None:
    printed = command(number)
    assert printed == http.get("/api/trace/document", q=number).json()
    (relation,) = printed["relations"]
    (via,) = relation["via"]
    ends = [relation[end].removeprefix(BASE) for end in ("document", "of")]
    assert ends == ["policy/綦江人社/2019/137", "policy/渝人社发/2018/238"]
    assert (relation["relation"], relation["score"], via["line"]) == ("forwards", 0.9, 534)
    assert via["text"] in via["sentence"]
    page = page_of(http, f"{printed['document']['iri'].removeprefix(BASE)}.html")
    (row,) = next(
        rows[1:] for _, rows in page.tables if rows[0][1].text.strip() in {"关系", "relation"}
    )
    assert [cell.text.strip() for cell in row] == [
        FORWARDING, "转发", FORWARDED, "0.9", via["text"], via["sentence"], "第 534 行",
    ]  # fmt: skip
    shown = tree(number)
    assert f"{FORWARDING} —转发 / forwards→ {FORWARDED}（把握 / confidence 0.9）" in shown
    assert "".join(via["sentence"].split()) in "".join(shown.split())


def test_a_probable_misprint_is_a_candidate_on_every_face_and_never_merged(
    http: Client, command: Ask, tree: Callable[[str], str]
) -> None:
    number, other = "渝办发〔2014〕128号", "渝府办发〔2014〕128号"
    printed = command(number)
    assert printed == http.get("/api/trace/document", q=number).json()
    (possible,) = printed["possible"]
    assert (possible["number"], possible["document"], possible["score"]) == (other, None, 0.5)
    page = page_of(http, "policy/渝办发/2014/128.html")
    for face in (tree(number), page.text):
        assert other in face
        assert possible["why_zh"] in "".join(face.split())
    assert http.get("/resolve", number=other).status_code == 404


def test_what_a_project_rests_on(http: Client, command: Ask) -> None:
    printed = command(PROJECT)
    assert printed == http.get("/api/trace/project", q=PROJECT).json()
    page = page_of(http, f"project/{PROJECT}.html")
    (one,) = printed["projects"]
    (row,) = page.rows("basis")
    assert [basis["document"] for basis in one["bases"]] == [BASE + row[0].links[0].lstrip("/")]
    assert "推断 0.6" in row[0].text
    for via in one["via"]:
        assert "".join(via["sentence"].split()) in "".join(row[1].text.split())
        assert f"第 {via['line']} 行" in row[1].text
    cited = sparql(http, page.links["查询：依据"])
    assert {one["citation"] for one in cited} == {via["citation"] for via in one["via"]}
    (amounts,) = sparql(http, page.links["查询：金额与印出处"])
    assert Decimal(amounts["amount"]) == Decimal(one["amount_cny"])
    assert page.said(r"<strong>([\d,.]+) 元</strong>")[0] == ("200,000",)


def test_the_documents_behind_an_organization(http: Client, command: Ask) -> None:
    printed = command(BASE + ORGANIZATION)
    assert printed == http.get("/api/trace/organization", q=BASE + ORGANIZATION).json()
    page = page_of(http, f"{ORGANIZATION}.html")
    (share,), (total,) = printed["shares"], printed["totals"]
    (row,) = sparql(http, page.links["查询：合计与占比"])
    assert (Decimal(row["amount"]), Decimal(row["withBasis"]), Decimal(row["stated"])) == (
        Decimal(total["amount_cny"]),
        Decimal(share["with_basis_cny"]),
        Decimal(share["stated_cny"]),
    )
    said = page.said(r"有政策文件为依据的 (\d+) 个项目，([\d,.]+) 元，占 <strong>([\d.]+)%")
    assert [(int(n), amount(text), Decimal(part) / 100) for n, text, part in said] == [
        (share["with_basis"], Decimal(share["with_basis_cny"]), Decimal(share["share"]))
    ]
    without = page.said(r"不含只有推断依据的 (\d+) 个是 ([\d,.]+) 元，占 ([\d.]+)%")
    assert [(int(n), amount(text), Decimal(part) / 100) for n, text, part in without] == [
        (share["inferred"], Decimal(share["stated_cny"]), Decimal(share["stated_share"]))
    ]
    ranked = {BASE + row[0].links[0].lstrip("/"): row[3].money for row in page.rows("documents")}
    assert ranked == {one["document"]: Decimal(one["amount_cny"]) for one in printed["ranking"]}
    bases = sparql(http, page.links["查询：依据"])
    told = in_page(page.rows("projects"))
    while "下一页" in page.links:
        page = page_of(http, page.links["下一页"].lstrip("/"))
        told |= in_page(page.rows("projects"))
    assert told == money(printed)
    assert {(one["budget"], one["policy"]) for one in bases if one["policy"]} == {
        (one["project_budget"], basis["document"])
        for one in printed["projects"]
        for basis in one["bases"]
    }


def test_an_abbreviated_name_offers_the_organization_and_never_stands_for_it(
    http: Client, over: Tracer
) -> None:
    whole = "重庆市北碚区人力资源和社会保障局"
    found = over.meant("北碚区人社局")
    assert not found.found
    assert whole in {one.name for one in found.things}
    assert over.meant("北碚区社人局").things == ()
    page = http.get("/trace", "text/html", q="北碚区人社局")
    assert page.status_code == 300
    assert whole in page.text


# Of each overview: the option, the columns of the page with figures and the names of the same
# figures in the answer and in the query.
OVERVIEWS = {
    "documents": ("ranking", "document", "policy", {4: ("projects", "projects"), 5: ("amount_cny", "money"), 6: ("stated_cny", "stated")}),
    "shared": ("shared", "document", "policy", {4: ("projects", "projects"), 5: ("amount_cny", "money"), 6: ("stated_cny", "stated")}),
    "without-basis": ("without-basis", "project_budget", "budget", {4: ("amount_cny", "amount")}),
    "shares": ("shares", "department", "department", {3: ("projects", "projects"), 4: ("amount_cny", "amount"), 5: ("with_basis_cny", "withBasis"), 6: ("stated_cny", "stated")}),
}  # fmt: skip
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"region": "500000", "year": "2023", "phase": "approved"},
    {"level": "province", "region": "500110"},
)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("name", OVERVIEWS)
def test_an_overview_with_the_filters_of_its_form(
    http: Client, command: Ask, name: str, filters: dict[str, str]
) -> None:
    option, key, variable, columns = OVERVIEWS[name]
    if "level" in filters and name not in {"documents", "shared"}:
        filters = {field: text for field, text in filters.items() if field != "level"}
    asked = [part for field, text in filters.items() for part in (f"--{field}", text)]
    printed = command(f"--{option}", *asked, "--rows", "200")
    assert printed == http.get(f"/api/trace/{option}", rows="200", **filters).json()
    page = Page(http.get(f"/trace/{name}", "text/html", **filters).text)
    rows = sparql(http, page.links["运行此查询"])
    library = {
        one[key]: [Decimal(one[field] or 0) for field, _ in columns.values()]
        for one in printed["rows"]
    }
    assert library == {
        row[variable]: [Decimal(row[field] or 0) for _, field in columns.values()] for row in rows
    }
    table = page.rows("stacked") if printed["rows"] else []
    assert library == {
        BASE + row[0].links[0].lstrip("/"): [row[at].money or Decimal(0) for at in columns]
        for row in table
    }
    for text in filters.values():
        assert f'<option value="{text}" selected>' in page.text


def test_a_year_without_filings_has_no_rows_on_page_and_query(http: Client) -> None:
    page = Page(http.get("/trace/shares", "text/html", year="1999").text)
    assert sparql(http, page.links["运行此查询"]) == []
    assert [kind for kind, _ in page.tables] == []


def test_a_filter_that_is_no_key_is_refused(http: Client) -> None:
    for text in ("500000> ?x", "a b", '"'):
        assert http.get("/trace/documents", "text/html", region=text).status_code == 404
