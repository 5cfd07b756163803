"""``/resolve``: 303 to the document, 300 with candidates, 404 with the nearest, 400 without a text."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from tests.serving.conftest import Client
from tests.serving.small_release import NUMBER, POLICY_PATH

TITLE = "关于提前下达2023年就业补助资金预算的通知"


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "渝财社[2022]155"},
        {"number": "渝财社2022155"},
        {"number": "渝财社（２０２２） 155 号"},
        {"title": TITLE},
        {"title": f"《{TITLE}》", "number": NUMBER},
        {"q": f"《{TITLE}》（{NUMBER}）"},
        {"q": NUMBER},
    ],
)
@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/json"])
def test_a_text_that_names_a_document_leads_to_it(
    client: Client, asked: dict[str, str], accept: str
) -> None:
    answer = client.get("/resolve", accept, **asked)
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]) == f"/{POLICY_PATH}"
    assert client.ask("HEAD", "/resolve", params=asked).status_code == 303


@pytest.mark.parametrize("typed", ["2022 155", "155号", "渝财社", "就业补助资金"])
def test_a_part_is_answered_with_its_candidates(client: Client, typed: str) -> None:
    answer = client.get("/resolve", "application/json", q=typed)
    assert answer.status_code == 300
    (one,) = answer.json()["candidates"]
    assert one["label"] == NUMBER
    assert unquote(one["path"]) == f"/{POLICY_PATH}"
    page = client.get("/resolve", "text/html", q=typed)
    assert page.status_code == 300
    assert f'href="{one["path"]}"' in page.text


def test_an_unknown_number_has_its_nearest(client: Client) -> None:
    answer = client.get("/resolve", number="渝财社〔2022〕156号")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["label"] for one in answer.json()["nearest"]] == [NUMBER]
    assert "etag" not in answer.headers
    page = client.get("/resolve", "text/html", number="渝财社〔2022〕156号")
    assert page.status_code == 404
    assert NUMBER in page.text


def test_nothing_typed_is_refused(client: Client) -> None:
    answer = client.get("/resolve", q=" ")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/resolve", "text/html").status_code == 400


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "\u202e155", "x" * 9999]
)
def test_what_is_typed_stays_text(client: Client, typed: str) -> None:
    page = client.get("/resolve", "text/html", q=typed).text
    assert "\u202e" not in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in main
    assert "<img" not in main
    assert "49" not in main
