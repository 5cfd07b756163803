from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.serving.conftest import Client
from tests.serving.small_release import (
    NUMBER,
    POLICY_PATH,
    PROJECT_PATH,
    UNIT_PATH,
    SmallRelease,
)

from fiscograph.serving.frame.html import visible
from fiscograph.serving.front.lists import LISTINGS
from fiscograph.serving.things.sources import Sources
from fiscograph.serving.traced.overviews import WORDS


def test_the_start_page_has_filings_totals_and_the_answer(
    client: Client, small_release: SmallRelease
) -> None:
    page = client.get("/").text
    printed = f'<a href="/source/{small_release.key}.html#L12C30">4,144.00 万元</a>'
    assert "重庆市潼南区人力资源和社会保障局2023年度部门预算情况说明" in page
    assert page.count("41,440,000") >= 3
    assert printed in page
    assert f'<a href="/{PROJECT_PATH}">' in page
    assert "/download/tables/ledger.csv" in page


@pytest.mark.parametrize("path", ["/", "/sparql", f"/{POLICY_PATH}.ttl", "/nothing"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_every_answer_may_be_read_anywhere_and_loads_nothing_foreign(
    client: Client, path: str, method: str
) -> None:
    response = client.ask(method, path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["access-control-allow-origin"] == "*"
    if method == "OPTIONS":
        assert response.status_code == 204
        assert ("POST" in response.headers["access-control-allow-methods"]) == (path == "/sparql")


OUR_SCRIPT = re.compile(
    r'<script type="module" src="/static/built/(?:flow|page|pictures)\.js\?v=[0-9a-f]{12}"></script>'
)


PAGES = (
    "/",
    "/about",
    "/compare",
    "/developers",
    "/trace",
    *(f"/{name}" for name in LISTINGS),
    "/code/function.html",
    "/region/500152.html",
    *(f"/trace/{name}" for name in WORDS),
    f"/{POLICY_PATH}.html",
    f"/{PROJECT_PATH}.html",
    f"/{UNIT_PATH}.html",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_foreign_and_hold_no_script_of_their_own(
    client: Client, path: str
) -> None:
    answer = client.get(path, "text/html")
    assert answer.status_code == 200
    page = OUR_SCRIPT.sub("", answer.text)
    assert "<script" not in page
    assert "style=" not in page
    assert not re.search(r'(?:src|srcset|data-flow)="(?!/)', page)
    assert not re.search(r'<link rel="stylesheet" href="(?!/)', page)
    assert 'lang="zh-Hans"' in page


def test_the_style_is_ours(client: Client) -> None:
    style = client.get("/static/fiscograph.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "@import" not in style.text
    assert "url(" not in style.text


def test_a_typed_number_is_followed(client: Client, small_release: SmallRelease) -> None:
    page = client.get("/trace", "text/html", number="渝财社[2022] 155")
    assert page.status_code == 200
    assert "41,440,000" in page.text
    assert "重庆市潼南区就业和人才中心" in page.text
    mention = f'<a href="/source/{small_release.key}.html#L41">立项依据，第 41 行</a>'
    assert mention in page.text


def test_an_unknown_number_has_its_nearest(client: Client) -> None:
    page = client.get("/trace", "text/html", number="渝财社〔2022〕156号")
    assert page.status_code == 404
    assert f'href="/trace?number={quote(NUMBER)}"' in page.text


def test_a_part_of_a_number_lists_what_it_may_mean(client: Client) -> None:
    page = client.get("/trace", "text/html", number="2022 155")
    assert page.status_code == 300
    assert "可能指以下文件之一" in page.text
    assert "没有" not in page.text.partition("<main")[2].partition("<ul>")[0]
    assert f'<li><a href="{quote(f"/{POLICY_PATH}")}">' in page.text


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "\u202e155", "x" * 9999]
)
def test_what_is_typed_stays_text(client: Client, typed: str) -> None:
    page = OUR_SCRIPT.sub("", client.get("/trace", "text/html", number=typed).text)
    assert "<script" not in page
    assert "<img" not in page
    # The address of the style sheet is a hash, in which any two digits may stand.
    assert "49" not in page.partition("<body>")[2]
    assert "\u202e" not in page


def test_the_source_shows_numbers_and_no_contacts(
    client: Client, small_release: SmallRelease
) -> None:
    page = client.get(f"/source/{small_release.key}.html").text
    amount = f'<a id="L12C30" class="c" href="/{small_release.amount_path}">4,144.00</a>'
    assert amount in page
    assert 'id="L42"' in page
    assert "张某某" not in page
    assert "12345678" not in page
    assert "联系人：███  联系方式：███-████████" in page


def test_a_printed_amount_leads_back_to_its_characters(
    client: Client, small_release: SmallRelease
) -> None:
    page = client.get(f"/{small_release.amount_path}.html").text
    assert f'href="/source/{small_release.key}.html#L12C30"' in page
    assert "4,144.00" in page


def test_without_ledger_or_file_no_text_is_shown(small_release: SmallRelease) -> None:
    ledger = small_release.published / "tables" / "ledger.csv"
    key = small_release.key
    assert Sources(filings=None, ledger=ledger).lines(key) is None
    assert Sources(filings=small_release.filings, ledger=Path("/none")).lines(key) is None
    assert Sources(filings=small_release.filings, ledger=ledger).lines("0" * 16) is None


def test_downloads_are_the_files_of_the_release(
    client: Client, small_release: SmallRelease
) -> None:
    response = client.get("/download/shared.ttl")
    assert response.status_code == 200
    assert response.content == (small_release.published / "shared.ttl").read_bytes()
    assert response.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    "path",
    [
        "../filings/500152-426-2023.txt",
        "%2e%2e/filings/500152-426-2023.txt",
        "..%2ffilings%2f500152-426-2023.txt",
        "%2fetc/passwd",
        "/etc/passwd",
        "filings",
        "none",
        "%00",
        "",
    ],
)
def test_nothing_else_can_be_downloaded(client: Client, path: str) -> None:
    assert client.get(f"/download/{path}").status_code == 404


def test_hidden_characters_are_made_visible() -> None:
    assert visible("a\u202eb\u200b\x00") == "a⟦U+202E⟧b⟦U+200B⟧⟦U+0000⟧"
