"""``/api/trace``: typed answers, their descriptions, and what is said where there is none."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from pydantic import TypeAdapter
from tests.serving.conftest import Client
from tests.serving.small_release import NUMBER, POLICY_PATH, UNIT_PATH

from fiscograph.tracing import (
    Funding,
    OrganizationDocuments,
    ProjectBasis,
    Ranking,
    Shares,
    Unfoundeds,
)

CODE = "50015223T000003175737"
ROUTES: tuple[tuple[str, dict[str, str], Any], ...] = (
    ("/api/trace", {"q": NUMBER}, Funding),
    ("/api/trace/document", {"q": "渝财社2022155"}, Funding),
    ("/api/trace/document", {"q": POLICY_PATH}, Funding),
    ("/api/trace/project", {"q": CODE}, ProjectBasis),
    ("/api/trace/project", {"q": "就业补助资金渝财社[2022]155"}, ProjectBasis),
    ("/api/trace/organization", {"q": UNIT_PATH}, OrganizationDocuments),
    ("/api/trace/organization", {"q": "426003"}, OrganizationDocuments),
    ("/api/trace/ranking", {}, Ranking),
    ("/api/trace/ranking", {"year": "2023", "region": "500100", "rows": "1"}, Ranking),
    ("/api/trace/shared", {}, Ranking),
    ("/api/trace/without-basis", {}, Unfoundeds),
    ("/api/trace/shares", {}, Shares),
)


@pytest.mark.parametrize(("path", "asked", "model"), ROUTES)
def test_an_answer_is_what_openapi_says_and_states_its_rule(
    client: Client, path: str, asked: dict[str, str], model: Any
) -> None:
    answer = client.get(path, **asked)
    assert answer.status_code == 200
    told = answer.json()
    # It is read back as the very type that the description is made of, with no field beside.
    read = TypeAdapter(model).validate_python(told, strict=False)
    assert {*told} == {*model.__dataclass_fields__}
    assert read.rule.id in {"whole-amount-per-document", "each-project-budget-once"}
    assert read.rule.zh
    assert client.ask("HEAD", path, params=asked).status_code == 200


@pytest.mark.parametrize(("path", "asked", "model"), ROUTES)
def test_an_answer_is_fresh_as_long_as_the_release_is(
    client: Client, path: str, asked: dict[str, str], model: Any
) -> None:
    first = client.get(path, **asked)
    tag = first.headers["etag"]
    again = client.ask("GET", path, params=asked, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.ask("GET", path, params=asked, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200
    assert "Accept" in first.headers["vary"]


def test_the_address_that_people_use_answers_programs_too(client: Client) -> None:
    found = client.get("/trace", "application/json", number="渝财社[2022]155")
    assert found.json() == client.get("/api/trace/document", q="渝财社[2022]155").json()
    assert client.get("/trace", number=NUMBER).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("form", "accept", "opens"),
    [
        ("csv", "text/csv", "relation,documents"),
        ("graphml", "application/graphml+xml", "<graphml"),
        ("mermaid", "text/vnd.mermaid", "flowchart LR"),
    ],
)
def test_other_forms_by_name_or_by_accept(
    client: Client, form: str, accept: str, opens: str
) -> None:
    named = client.get("/api/trace", q=NUMBER, format=form)
    assert named.headers["content-type"].startswith(accept)
    assert named.text.startswith(opens)
    assert client.get("/api/trace", accept, q=NUMBER).text == named.text


def test_an_overview_is_a_table_too(client: Client) -> None:
    text = client.get("/api/trace/ranking", "text/csv").text
    (row,) = csv.DictReader(text.splitlines())
    assert (row["label"], row["amount_cny"]) == (NUMBER, "41440000")


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/api/trace", {"q": "没有的东西"}, 404),
        ("/api/trace/document", {"q": "渝财社〔2022〕156号"}, 404),
        ("/api/trace/project", {"q": NUMBER}, 404),
        ("/api/trace", {"q": "就业"}, 300),
        ("/api/trace", {}, 422),
        ("/api/trace", {"q": ""}, 422),
        ("/api/trace/ranking", {"rows": "many"}, 422),
        ("/api/trace", {"q": NUMBER, "format": "pdf"}, 422),
        ("/api/trace/ranking", {"format": "graphml"}, 422),
    ],
)
def test_what_cannot_be_answered_is_told_as_problem_details(
    client: Client, path: str, asked: dict[str, str], status: int
) -> None:
    answer = client.get(path, **asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["detail"]


def test_what_may_be_meant_is_listed_with_addresses(client: Client) -> None:
    told = client.get("/api/trace", q="就业").json()
    assert {one["kind"] for one in told["things"]} == {"project", "organization"}
    near = client.get("/api/trace/document", q="渝财社〔2022〕156号").json()["nearest"]
    assert [one["label"] for one in near] == [NUMBER]


def test_openapi_describes_every_address_for_programs(client: Client) -> None:
    told = client.get("/api/openapi.json").json()
    assert {path for path, _, _ in ROUTES} | {"/resolve", "/describe"} <= set(told["paths"])
    for path, routes in told["paths"].items():
        assert set(routes) == {"get"}
        assert any("\u4e00" <= char <= "\u9fff" for char in routes["get"]["summary"])
        for parameter in routes["get"].get("parameters", ()):
            if path != "/resolve":
                assert parameter["description"]
    total = told["components"]["schemas"]["Total"]["properties"]["amount_cny"]
    assert total["type"] == "string"
