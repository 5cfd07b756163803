"""A page in the language that a visitor asks for."""

from __future__ import annotations

import pytest
from tests.serving.conftest import Client

from fiscograph.serving import Site
from fiscograph.serving.frame.language import EN, ZH, speaking

HTML = "text/html"


@pytest.mark.parametrize(
    ("address", "cookie", "language"),
    [
        ("/", None, "zh-Hans"),
        ("/?lang=en", None, "en"),
        ("/", "lang=en", "en"),
        ("/?lang=zh", "lang=en", "zh-Hans"),
        ("/?lang=fr", None, "zh-Hans"),
        ("/", "lang=../x; other=1", "zh-Hans"),
    ],
)
def test_a_page_is_in_the_language_of_its_address_then_of_the_cookie_then_chinese(
    client: Client, address: str, cookie: str | None, language: str
) -> None:
    headers = None if cookie is None else {"Cookie": cookie}
    answer = client.ask("GET", address, accept=HTML, headers=headers)
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert "Cookie" in answer.headers["Vary"]


def test_only_a_choice_is_kept_and_only_for_pages(client: Client) -> None:
    assert "lang=en" in client.get("/?lang=en", HTML).headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get("/", HTML).headers
    assert "Set-Cookie" not in client.get("/sparql?lang=en&query=ASK{}").headers


def test_the_first_page_of_a_template_does_not_settle_the_words_of_the_next(site: Site) -> None:
    template = site.templates.environment.from_string("{{ '项目'|data }}")
    with speaking(ZH):
        assert template.render() == "项目"
    with speaking(EN):
        assert template.render() == '<bdi lang="zh-Hans">项目</bdi>'
