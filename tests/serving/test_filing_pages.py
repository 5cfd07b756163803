"""The pages of a filing, its tables and its source, made of two real filings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from tests.conftest import ROOT
from tests.serving.conftest import Client

from fiscograph.queries import Limits
from fiscograph.serving import Site, create_app
from fiscograph.serving.frame.words import mark
from fiscograph.serving.things.filing_page import FEW
from fiscograph.serving.things.printed_table import merged
from fiscograph.serving.things.spans import LINES, Span

MOST_BYTES = 100_000
HTML = "text/html"


@pytest.fixture(scope="module")
def served(two_filings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    limits = Limits(seconds=60.0, result_bytes=5_000_000)
    var = tmp_path_factory.mktemp("var")
    with Site.open(two_filings, filings=ROOT / "filings", var=var, limits=limits) as site:
        yield Client(app=create_app(site))


@pytest.fixture(scope="module")
def amounts(two_filings: Path) -> list[dict[str, str]]:
    return table(two_filings, "printed_amounts")


def table(release: Path, name: str) -> list[dict[str, str]]:
    with (release / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NUMBER = re.compile(r'<td><a class="(\w?)" href="([^"]+)">([^<]+)</a>')


def test_each_printed_amount_stands_once_on_its_table_page_and_leads_to_its_characters(
    served: Client, amounts: list[dict[str, str]]
) -> None:
    texts: dict[str, str] = {}

    def text_at(href: str) -> str:
        page, _, anchor = href.partition("#")
        if page not in texts:
            texts[page] = served.get(page, HTML).text
        found = re.findall(rf'<a id="{anchor}" class="(\w?)" href="[^"]+">([^<]*)</a>', texts[page])
        assert len(found) == 1, href
        return unescape(" ".join(found[0]))

    for place in sorted({row["table"] for row in amounts if row["table"]}):
        page = served.get(f"/{place}.html", HTML).text
        shown = [(unescape(text), kind, href) for kind, href, text in NUMBER.findall(page)]
        own = [row for row in amounts if row["table"] == place]
        expected = [(row["printed"], mark(row["placement"])) for row in own]
        assert sorted((text, kind) for text, kind, _ in shown) == sorted(expected)
        for text, kind, href in shown:
            assert text_at(href) == f"{kind} {text}"


def test_the_rows_and_columns_of_a_table_are_those_that_are_printed(
    served: Client, amounts: list[dict[str, str]]
) -> None:
    place = max({row["table"] for row in amounts}, key=[row["table"] for row in amounts].count)
    page = served.get(f"/{place}.html", HTML).text
    for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL):
        label = re.search(r'<th scope="row">([^<]*)</th>', row)
        if label is None:
            continue
        for _, href, text in NUMBER.findall(row):
            locator = href.partition("#")[2]
            (own,) = [
                one
                for one in amounts
                if one["amount"].endswith(f"/at/{locator}") and one["table"] == place
            ]
            assert own["printed"] == unescape(text)
            assert (own["row_label"] or "—") == unescape(label[1])


def test_the_lines_of_a_source_stand_each_on_one_page_at_its_own_address(
    served: Client, two_filings: Path
) -> None:
    for row in table(two_filings, "filings"):
        text = (ROOT / "filings" / row["source_file"]).read_text("utf-8").split("\n")
        found: list[str] = []
        for first in range(1, len(text) + 1, LINES):
            page = served.get(Span.of(first).page(f"/{row['source']}"), HTML)
            assert page.status_code == 200
            found += re.findall(r'<p id="L(\d+)">', page.text)
            ids = re.findall(r' id="([^"]+)"', page.text)
            assert len(ids) == len(set(ids))
        assert found == [str(number) for number in range(1, len(text) + 1)]
        beyond = Span.of(len(text) + LINES).page(f"/{row['source']}")
        assert served.get(beyond, HTML).status_code == 404


def test_each_finding_stands_at_its_lines_in_the_source(served: Client, two_filings: Path) -> None:
    sources = {row["filing"]: row["source"] for row in table(two_filings, "filings")}
    found = table(two_filings, "findings")
    assert found
    pages: dict[str, str] = {}
    for row in found:
        for line in row["lines"].split("|"):
            path = Span.of(int(line)).page(f"/{sources[row['filing']]}")
            page = pages.get(path) or pages.setdefault(path, served.get(path, HTML).text)
            after = page.partition(f'<p id="L{line}">')[2].partition("<p id=")[0]
            assert row["message_zh"] in unescape(after)


def test_the_figures_of_a_filing_are_those_of_the_queries_beside_them(
    served: Client, two_filings: Path
) -> None:
    for row in table(two_filings, "filings"):
        page = served.get(f"/{row['filing']}.html", HTML).text
        sections = re.findall(r"<section>(.*?)</section>", page, re.DOTALL)
        answered = 0
        for section in sections:
            run = re.search(r'href="(/sparql\?[^"]+)"', section)
            if run is None:
                continue
            fields = parse_qsl(urlsplit(unescape(run[1])).query)
            answer = served.ask("GET", "/sparql", accept="text/csv", params=fields)
            assert answer.status_code == 200
            shown = unescape(re.sub(r"<[^>]*>", "\n", section))
            records = list(csv.DictReader(answer.text.splitlines()))
            listed = bool(records) and "budget" in records[0]
            for record in records[:FEW] if listed else records:
                for name in ("sum", "amount", "numbers"):
                    value = record.get(name)
                    if (value and name != "amount") or (value and "budget" in record):
                        assert f"{int(float(value)):,}" in shown
                        answered += 1
        assert answered > 5


def test_a_page_with_its_style_weighs_less_than_100_kb(served: Client, two_filings: Path) -> None:
    # English pages weigh more: they mark what is Chinese.
    language = "en"
    style = len(served.get("/static/fiscograph.css").content)
    for row in table(two_filings, "filings"):
        first = served.get(f"/{row['filing']}.html", HTML, lang=language).text
        links = {unquote(link) for link in re.findall(r'href="(/[^"#?]+)', first)}
        own = [
            link for link in links if link.startswith((f"/{row['filing']}/", f"/{row['source']}"))
        ]
        pages = [link if link.endswith(".html") else f"{link}.html" for link in own]
        for path in [f"/{row['filing']}.html", *pages]:
            page = served.get(path, HTML, lang=language)
            assert page.status_code == 200, path
            assert len(page.content) + style < MOST_BYTES, path


def test_columns_keep_the_order_of_every_row_that_does_not_contradict_a_longer_one() -> None:
    rows = [["a", "b"], ["b", "d"], ["a", "c", "d"]]
    order = merged(rows)
    assert sorted(order) == ["a", "b", "c", "d"]
    for row in rows:
        assert [name for name in order if name in row] == row
