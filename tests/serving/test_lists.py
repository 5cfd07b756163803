from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.serving import many_projects
from tests.serving.conftest import Client
from tests.serving.read_panels import panels, query_form
from tests.serving.small_release import SmallRelease, write

from fiscograph.serving import Site, create_app
from fiscograph.serving.front.list_pages import ROWS
from fiscograph.serving.front.lists import LISTINGS
from fiscograph.serving.preparing import prepare_beside, prepare_pages


def rows(page: str) -> list[list[str]]:
    return [[cell.text for cell in row] for one in panels(page).values() for row in one.rows]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The server over a filing with five hundred projects."""
    folder = tmp_path_factory.mktemp("crowded-lists")
    made = write(folder, many_projects.facts(), many_projects.shared())
    with Site.open(made.published, filings=made.filings, var=folder / "var") as site:
        yield Client(app=create_app(site))


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_shows_what_its_query_gives(client: Client, name: str) -> None:
    page = client.get(f"/{name}", "text/html")
    assert page.status_code == 200
    shown = rows(page.text)
    assert shown
    answer = client.ask("GET", "/sparql", params={**query_form(page.text), "format": "csv"})
    assert len(answer.text.splitlines()) - 1 == len(shown)


def test_prepared_pages_say_what_the_store_says(
    small_release: SmallRelease, site: Site, tmp_path: Path
) -> None:
    """What a large release is answered from is made of the same queries as are asked of a small one."""
    plain = Client(app=create_app(site))
    with Site.open(small_release.published, filings=small_release.filings, var=tmp_path) as opened:
        assert prepare_beside(opened) is None  # a small release needs it not
        given_up = prepare_beside(opened, few=0)
        assert given_up is not None
        given_up.stop()
        given_up.join()
        assert prepare_pages(opened).pages.preparing is False
        beside = prepare_beside(opened, few=0) or given_up
        prepared = Client(app=create_app(opened))  # from before there is anything to answer from
        beside.join()
        assert opened.pages.kept is not None
        assert opened.pages.preparing is False
        for address in (
            *("/", "/about", "/compare", "/regions?q=50", "/policies?year=2022", "/policies?q=x"),
            *(f"/{name}" for name in LISTINGS),
            *(f"/projects{query}" for query in ("?page=9", "?basis=no", "?region=500000", "?q=0")),
            *("/departments?level=unit", "/departments?level=department&region=500152"),
            *("/indicators?region=500152&year=2023", "/filings?kind=department-budget&q=局"),
            *("/findings?severity=error", "/findings?rule=row-sum", "/findings?rule=nothing"),
        ):
            told = prepared.get(address)
            assert (address, told.text) == (address, plain.get(address).text)
            assert told.status_code == 200


def test_no_list_stands_at_an_address_of_the_data(client: Client, site: Site) -> None:
    for name in (*LISTINGS, "about", "developers", "compare"):
        assert not any(path.split("/")[1] == name for path in site.known.paths)


def test_a_filter_narrows_and_what_is_unknown_does_not(client: Client) -> None:
    def found(query: str) -> int:
        return len(rows(client.get(f"/filings?{query}").text))

    assert found("year=2023") == found("region=500152") == found("region=500000") == 1
    assert found("kind=department-budget&q=" + quote("潼南")) == 1
    assert found("q=" + quote("没有这样的文件")) == 0
    assert found("year=1900") == found("kind=nonsense") == found("region=%3Cscript%3E") == 1


def test_projects_are_narrowed_by_what_stands_behind_them(client: Client) -> None:
    known = rows(client.get("/projects?basis=yes").text)
    assert known
    assert rows(client.get("/projects?basis=no").text) == [
        row for row in rows(client.get("/projects").text) if row not in known
    ]


def test_every_row_stands_on_one_page_alone(crowded: Client) -> None:
    seen: list[str] = []
    address: str | None = "/projects"
    pages = 0
    while address is not None:
        page = crowded.get(address).text
        budgets = re.findall(r'<tr><td><a href="([^"]+)"', page)
        assert len(budgets) <= ROWS
        seen += budgets
        pages += 1
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert pages == -(-many_projects.COUNT // ROWS)
    assert len(seen) == len(set(seen)) == many_projects.COUNT


@pytest.mark.parametrize("page", ["0", "-1", "999999999", "x", "٣"])
def test_a_page_that_does_not_exist_is_one_that_does(crowded: Client, page: str) -> None:
    answer = crowded.get("/projects", page=page)
    assert answer.status_code == 200
    assert rows(answer.text)


@pytest.mark.parametrize("typed", [*many_projects.HOSTILE, '" } UNION { ?s ?p ?o', "x" * 9999])
def test_what_is_typed_stays_text(crowded: Client, typed: str) -> None:
    page = crowded.get("/projects", q=typed).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert len(rows(page)) <= ROWS


def test_names_that_are_hostile_are_only_text(crowded: Client) -> None:
    page = crowded.get("/projects").text
    assert "<script>alert" not in page
    assert "\u202e" not in page
