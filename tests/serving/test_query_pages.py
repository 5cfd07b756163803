from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.serving.conftest import Client
from tests.serving.small_release import BASE, PROJECT_PATH

from fiscograph.queries import example_of, example_queries
from fiscograph.serving.sparql.snippets import curl, python

HTML = "text/html,*/*;q=0.8"


def text_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_the_library_tells_each_example_and_leads_to_it_in_both_languages(client: Client) -> None:
    pages = {
        language: client.get("/queries", HTML, lang=language).text for language in ("zh", "en")
    }
    for example in example_queries():
        for page, said in (
            (pages["zh"], (example.title_zh, example.question_zh, example.rule_zh)),
            (pages["en"], (example.title_en, example.question_en, example.rule_en)),
        ):
            assert all(words in text_of(page) for words in said), example.name
            assert f'href="/sparql?example={example.name}"' in page


@pytest.mark.parametrize("example", example_queries(), ids=lambda example: example.name)
def test_an_example_has_an_address_of_its_own(client: Client, example: object) -> None:
    name = getattr(example, "name", "")
    assert client.get(f"/queries/{name}.rq").text == getattr(example, "text", "")
    assert client.get(f"/queries/{name}").headers["location"] == f"/sparql?example={name}"
    page = client.get("/sparql", HTML, example=name)
    assert page.status_code == 200
    field = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert field is not None
    assert example_of(unescape(field[1])) == example


def test_an_example_that_there_is_not_is_not_found(client: Client) -> None:
    assert client.get("/sparql", HTML, example="99").status_code == 404
    assert client.get("/queries/99.rq").status_code == 404


def test_a_changed_example_is_no_longer_told_as_one() -> None:
    example = example_queries()[1]
    assert example_of(example.text) == example
    assert example_of(example.query.replace("\n", "\r\n")) == example
    assert example_of(example.query.replace("155", "156")) is None


def test_terms_are_offered_with_names_in_both_languages(client: Client) -> None:
    offered = client.get("/queries/terms.json").json()
    assert offered["prefixes"]["fg"] == "https://w3id.org/fiscograph#"
    terms = {term["text"]: term for term in offered["terms"]}
    budget = terms["fg:ProjectBudget"]
    assert (budget["kind"], budget["zh"], budget["en"]) == ("class", "项目预算", "project budget")
    assert budget["zhSays"]
    assert budget["enSays"]
    assert terms["fg:budgetAmount"]["kind"] == "property"
    assert terms["dcterms:title"]["zh"] == "标题"
    assert all(term["zh"] and term["en"] for term in offered["terms"])
    prefixed = {text.split(":")[0] for text in terms if not text.startswith("<")}
    assert prefixed <= offered["prefixes"].keys()


def test_a_result_names_things_and_leads_to_them(client: Client) -> None:
    query = f"SELECT ?project ?n {{ VALUES (?project ?n) {{ (<{BASE}{PROJECT_PATH}> 1234.50) }} }}"
    page = client.get("/sparql", HTML, query=query).text
    assert f'href="/{PROJECT_PATH}"' in page
    cell = re.search(r'<td class="number" data-value="1234\.50?">(?:<bdi>)?([^<]*)<', page)
    assert cell is not None
    assert cell[1].startswith("1,234.5")


def test_a_fault_is_shown_in_its_line(client: Client) -> None:
    page = client.get("/sparql", HTML, query="SELECT * {\n ?s ?p }").text
    assert 'data-line="2"' in page
    assert "<mark>" in page


def test_every_download_of_a_result_carries_its_query_and_bindings(client: Client) -> None:
    query = "SELECT ?s ?n { ?s a fg:Filing ; fg:fiscalYear ?n }"
    page = client.get("/sparql", HTML, **{"query": query, "$n": '"2023"'}).text
    links = [
        unescape(one) for one in re.findall(r'href="(/sparql\?query=[^"]*format=[^"]*)"', page)
    ]
    asked = [parse_qs(urlsplit(link).query) for link in links]
    assert {one["format"][0] for one in asked} == {"json", "xml", "csv", "tsv"}
    assert all(one["query"] == [query] and one["$n"] == ['"2023"'] for one in asked)


# Texts that a shell or Python would take for something of its own.
AWKWARD = (
    "ASK { ?s ?p '渝财社〔2022〕155号' }",
    'ASK { ?s ?p """a "quoted" text""" }',
    "# $(id) `id` \\ %s\nASK { ?s ?p 'it\\'s' }",
    'SELECT ("x" AS ?y) {} # ends with a quote "',
)


@pytest.mark.parametrize("query", AWKWARD)
@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_the_shell_reads_the_query_as_it_stands(query: str) -> None:
    command = curl("https://a.example/sparql", query, [("$x", "<y:z>")], "text/csv")
    asked = "curl() { for each; do printf '%s\\0' \"$each\"; done; }\n" + command
    words = subprocess.run(["sh", "-c", asked], capture_output=True, check=True).stdout
    assert words.decode().split("\0")[:-1] == [
        "https://a.example/sparql",
        *("-H", "Accept: text/csv"),
        *("--data-urlencode", f"query={query}"),
        *("--data-urlencode", "$x=<y:z>"),
    ]


@pytest.mark.parametrize("query", AWKWARD)
def test_python_reads_the_query_as_it_stands(query: str) -> None:
    program = python("https://a.example/sparql", query, [("$x", "<y:z>")], "text/csv")
    head = program.partition("data = ")[0]
    code = f"{head}\nimport sys\nsys.stdout.buffer.write(query.strip().encode())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode() == query
    compile(program, "snippet", "exec")
