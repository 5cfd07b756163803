"""The API gives the published tables, row for row, and says plainly what it does not take."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.serving.conftest import Client

from fiscograph.release.tables.columns import Column, Kind, schemas
from fiscograph.serving import Site, create_app
from fiscograph.serving.api.models import models
from fiscograph.serving.api.rows import TABLES, sorting

BASE = "https://fiscograph.example/"


@pytest.fixture(scope="module")
def app(release: Path, root: Path, var: Path) -> Iterator[FastAPI]:
    with Site.open(release, filings=root / "filings", var=var) as site:
        yield create_app(site)


@pytest.fixture(scope="module")
def api(app: FastAPI) -> Client:
    return Client(app=app)


def test_every_address_answers_as_it_is_described(app: FastAPI) -> None:
    """What schemathesis makes of the description, valid and not, is answered as it says."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    operations: list[Any] = [one.ok() for one in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) > 40
    for operation in operations:
        _asks(operation, schemathesis.GenerationMode.POSITIVE)
        if operation.query:  # a path takes any text, so none is against the description
            _asks(operation, schemathesis.GenerationMode.NEGATIVE)


def _asks(operation: Any, mode: schemathesis.GenerationMode) -> None:
    # OpenAPI cannot say that one of three parameters is needed, as /resolve does.
    needs_one = operation.path == "/resolve"
    excluded = [schemathesis.checks.positive_data_acceptance] if needs_one else []

    @settings(
        max_examples=3,
        derandomize=True,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        case.call_and_validate(excluded_checks=excluded)

    answered()


def table(release: Path, name: str) -> list[dict[str, str]]:
    with (release / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(column: Column, value: object) -> str:
    """A value of the JSON as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(cell(column, one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removeprefix(BASE) if column.kind is Kind.IRI else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_all_pages_together_are_the_published_table(api: Client, release: Path, name: str) -> None:
    expected = table(release, name)
    rows: list[Mapping[str, Any]] = []
    address: str | None = f"/api/{name}?rows=1000"
    while address is not None:
        answer = api.get(address)
        assert answer.headers["X-Total-Count"] == str(len(expected))
        rows += answer.json()["items"]
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers["Link"])
        address = following[1] if following else None
    columns = schemas()[name].columns
    found = [{one.name: cell(one, row[one.name]) for one in columns} for row in rows]
    assert found == expected
    page = models(name, None).page
    page.model_validate({"total": len(rows), "page": 1, "rows": 1000, "items": rows})


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_is_the_published_file(api: Client, release: Path, name: str) -> None:
    answer = api.get(f"/api/{name}.csv")
    assert answer.content == (release / "tables" / f"{name}.csv").read_bytes()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    by_accept = api.get(f"/api/{name}", accept="text/csv", rows="1000")
    assert by_accept.content.count(b"\n") <= 1001


@pytest.mark.parametrize("name", [one for one in TABLES if len(schemas()[one].key) == 1])
def test_a_row_has_an_address_of_its_own_with_chinese_raw_or_escaped(
    api: Client, name: str
) -> None:
    row = api.get(f"/api/{name}", rows="1").json()["items"][0]
    assert api.get(row["self"]).json() == row
    path = row[schemas()[name].key[0]].removeprefix(BASE)
    assert api.get(f"/api/{name}/{path}").json() == row
    assert api.get(f"/api/{name}/{quote(path)}").json() == row


@pytest.mark.parametrize("name", ["projects", "printed_amounts", "allocations"])
def test_every_amount_leads_to_the_characters_that_print_it(
    api: Client, root: Path, name: str
) -> None:
    files = {row["source"]: row["source_file"] for row in api.get("/api/filings").json()["items"]}
    texts = {
        source: (root / "filings" / file).read_text("utf-8").split("\n")
        for source, file in files.items()
    }
    for row in api.get(f"/api/{name}", rows="60", sort="-amount_cny").json()["items"]:
        assert row["printed_at"], row
        for place in row["printed_at"]:
            line = texts[place["source"]][place["line"] - 1]
            printed = line[place["start"] - 1 : place["end"]].replace(",", "").replace(" ", "")
            units = {Decimal(row["amount_cny"]) / unit for unit in (1, 1_000, 10_000)}
            assert any(abs(Decimal(printed) - one) < Decimal("0.01") for one in units), place
            assert place["href"].endswith(f".html#L{place['line']}C{place['start']}")


def test_a_document_in_any_style_chooses_what_it_funds(api: Client, release: Path) -> None:
    funded = [row for row in table(release, "funding") if row["policy"] == "policy/渝财社/2022/155"]
    for typed in ("渝财社[2022]155", "渝财社〔2022〕155号", "policy/渝财社/2022/155"):
        projects = api.get("/api/projects", document=typed).json()["items"]
        assert {row["project_budget"].removeprefix(BASE) for row in projects} == {
            row["project_budget"] for row in funded
        }
        assert api.get("/api/funding", document=typed).json()["total"] == len(funded)


def test_a_region_chooses_those_below_it_too(api: Client, release: Path) -> None:
    regions = [row["region"] for row in table(release, "filings")]
    assert api.get("/api/filings", region="500000").json()["total"] == sum(
        one.startswith("50") for one in regions
    )
    assert api.get("/api/filings", region="500152").json()["total"] == regions.count("500152")
    assert (
        0
        < api.get("/api/projects", region="500152").json()["total"]
        < len(table(release, "projects"))
    )


def test_a_row_without_a_path_is_had_by_its_key(api: Client) -> None:
    row = api.get("/api/funding", rows="1").json()["items"][0]
    assert api.get(row["self"]).json()["items"] == [row]


def test_money_is_compared_and_sorted_as_decimals(api: Client, release: Path) -> None:
    amounts = sorted(Decimal(row["amount_cny"]) for row in table(release, "allocations"))
    found = api.get("/api/allocations", sort="-amount_cny", rows="1000").json()["items"]
    assert [Decimal(row["amount_cny"]) for row in found] == amounts[::-1]
    least, most = amounts[60], amounts[200]
    some = api.get("/api/allocations", min_amount=str(least), max_amount=str(most)).json()
    assert some["total"] == sum(least <= one <= most for one in amounts)


@given(
    numbers=st.lists(
        st.decimals(min_value=-(10**20), max_value=10**20, places=6).map(lambda one: f"{one:f}"),
        min_size=2,
        max_size=8,
    )
)
def test_the_key_of_a_decimal_sorts_as_its_value_does(numbers: list[str]) -> None:
    by_key = sorted(numbers, key=sorting)
    assert [Decimal(one) for one in by_key] == sorted(Decimal(one) for one in numbers)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/projects?foo=1", "foo"),
        ("/api/projects?year=23", "year"),
        ("/api/projects?rows=0", "rows"),
        ("/api/projects?rows=1001", "rows"),
        ("/api/projects?sort=lines", "sort"),
        ("/api/projects?min_amount=1e9", "min_amount"),
        ("/api/projects.csv?page=x", "page"),
        ("/api/policies/policy/渝财社/2022/155?x=1", "x"),
        ("/api/search?q=a&kind=money", "kind"),
        ("/api/search?q=a&foo=1", "foo"),
        ("/api/search", "q"),
        ("/api/trace?q=a&foo=1", "foo"),
        ("/api/trace/ranking?format=graphml", "format"),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name(
    api: Client, address: str, parameter: str
) -> None:
    answer = api.get(address)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter


def test_what_is_not_there_and_what_is_not_offered_is_told(api: Client) -> None:
    assert api.get("/api/projects/filing/none").status_code == 404
    assert api.get("/api/projects", accept="image/png").status_code == 406


@pytest.mark.parametrize(
    "address",
    ["/api/projects", "/api/projects.csv", "/api/search?q=就业", "/api/suggest?q=就业", "/api"],
)
def test_answers_are_kept_as_long_as_the_release_is_the_same(api: Client, address: str) -> None:
    first = api.get(address, accept="application/json, */*;q=0.1")
    again = api.ask("GET", address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = api.ask("HEAD", address)
    assert (head.status_code, head.content) == (200, b"")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert api.ask("OPTIONS", address).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_api_tells_people_and_programs_what_it_offers(api: Client) -> None:
    page = api.get("/api", accept="text/html")
    told = api.get("/api").json()
    assert told["openapi"].startswith("3.1")
    assert told == api.get("/api/openapi.json").json()
    for path, methods in told["paths"].items():
        assert f"GET {path}" in page.text
        for parameter in methods["get"].get("parameters", ()):
            text = parameter.get("description") or parameter["schema"].get("description", "")
            if path != "/resolve":
                assert " / " in text, (path, parameter["name"])
    examples = told["components"]["schemas"]["ProjectsRow"]["examples"]
    assert examples[0]["filing"].startswith(BASE)


def test_a_condition_is_never_part_of_the_question(app: FastAPI, api: Client) -> None:
    for typed in ("' OR 1=1 --", '"; DROP TABLE projects; --', "%", "_", "*"):
        assert api.get("/api/projects", name=typed).json()["total"] == 0
        assert api.get("/api/projects", text=typed).status_code == 200
    assert api.get("/api/projects").json()["total"] > 0


def test_csv_of_a_selection_has_only_its_rows(api: Client) -> None:
    chosen = api.get("/api/projects", unit_code="426002").json()
    rows = list(csv.DictReader(io.StringIO(api.get("/api/projects.csv", unit_code="426002").text)))
    assert len(rows) == chosen["total"] > 0
    assert {row["unit_code"] for row in rows} == {"426002"}
