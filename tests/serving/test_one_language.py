"""No page mixes languages: what is ours is said in the language of the page."""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import files

import pytest
from tests.serving.conftest import Client
from tests.serving.small_release import FILING_PATH, SmallRelease

TEMPLATES = sorted(
    file.name
    for file in files("fiscograph.serving").joinpath("templates").iterdir()
    if file.name.endswith(".html")
)
# Names that are the same in both languages, and the signs of the mark legend's sample.
NAMES = {
    "API",
    "ASK",
    "Accept",
    "CC0",
    "COFOG",
    "CONSTRUCT",
    "CORS",
    "CSV",
    "DESCRIBE",
    "GET",
    "GraphML",
    "JSON",
    "JSON-LD",
    "Mermaid",
    "OpenAPI",
    "SELECT",
    "SHACL",
    "SPARQL",
    "SVG",
    "PNG",
    "Python",
    "context",
    "curl",
    "fg",
    "fiscograph",
    "https",
    "org",
    "w3id",
}
HAN = re.compile(r"[\u2e80-\u9fff]")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
EITHER = re.compile(
    r'\{% if language\(\) == "en" %\}(.*?)\{% else %\}(.*?)\{% endif %\}', re.DOTALL
)
SAID = re.compile(r'say\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\s*\)')


def constant(template: str) -> str:
    """What a template prints as it stands: its text and the attributes that are read out."""
    template = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    template = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL)
    attributes = " ".join(
        re.findall(r'(?:aria-label|placeholder|title|alt|data-label)="([^"]*)"', template)
    )
    return unescape(re.sub(r"<[^>]*>", " ", template)) + " " + attributes


def foreign(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word not in NAMES]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_word_of_a_template_is_said_in_the_language_of_the_page(name: str) -> None:
    text = files("fiscograph.serving").joinpath("templates", name).read_text("utf-8")
    for english, chinese in EITHER.findall(text):
        assert not HAN.search(constant(english)), english
        assert not foreign(constant(chinese)), chinese
    rest = constant(EITHER.sub(" ", text))
    shown = rest.replace("渝财社〔2022〕155号", "").replace("中文", "").replace("English", "")
    assert not HAN.search(shown), HAN.search(shown)
    assert foreign(shown) == []
    for chinese, english in SAID.findall(text):
        if (chinese, english) in {("English", "中文"), ("en", "zh"), ("zh-Hans", "en")}:
            continue
        assert not HAN.search(english), english
        assert not foreign(chinese) or chinese == english or chinese.islower(), chinese


MARKED = re.compile(
    r'<(bdi|span|div|table|p|pre|a|q|option)\b[^>]*\blang="zh-Hans"[^>]*>.*?</\1>', re.DOTALL
)
UNREAD = re.compile(r"<(title|script|style|textarea)\b.*?</\1>", re.DOTALL)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ontology.html",
        "/resolve?q=155",
        "/about",
        "/api",
        "/developers",
        "/compare",
        "/filings",
        "/projects",
        "/findings",
        "/indicators",
        "/search?q=就业",
        "/trace",
        "/trace?q=155",
        "/trace/documents",
        "/trace/without-basis",
        "/queries",
        "/sparql",
        "/sparql?query=SELECT * { ?s rdfs:label ?o } LIMIT 20",
        "/sparql?query=SELECT * { ?s '项目' ",
        "/nothing",
        f"/{FILING_PATH}.html",
        f"/{FILING_PATH}/indicators.html",
        f"/{FILING_PATH}/all.html",
        "/code/function/2080799.html",
        "/organization/500152/426.html",
        "source",
    ],
)
def test_chinese_on_an_english_page_is_marked_as_chinese(
    client: Client, small_release: SmallRelease, path: str
) -> None:
    address = f"/source/{small_release.key}.html" if path == "source" else path
    # What was made for a reader of Chinese is not shown to the next one.
    client.get("/", "text/html")
    page = client.ask("GET", address, accept="text/html", headers={"Cookie": "lang=en"}).text
    page = MARKED.sub("", UNREAD.sub("", page))
    text = unescape(re.sub(r"<[^>]*>", "\n", page))
    assert [line for line in text.split("\n") if HAN.search(line)] == []
