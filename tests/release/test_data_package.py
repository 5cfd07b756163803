"""The tables as a Fiscal Data Package: the frictionless library reads every row by it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from frictionless import Package, Resource, validate

from fiscograph.release.tables.columns import schemas

# The column types of the budget taxonomy (Fiscal Data Package 1.0-rc.1, "Budget Standard Taxonomy")
# that the tables use, with the data type that each asks for. The address that the specification
# gives for the list answers nothing any more.
TAXONOMY = {
    "activity:generic:project:code": "string",
    "activity:generic:project:label": "string",
    "administrative-classification:generic:code": "string",
    "administrative-classification:generic:label": "string",
    "administrative-classification:generic:level1:label": "string",
    "administrative-classification:generic:level2:code": "string",
    "administrative-classification:generic:level2:label": "string",
    "budget-line-id": "string",
    "date:fiscal-year": "integer",
    "expenditure-type:code": "string",
    "fin-source:generic:code": "string",
    "geo:generic:code": "string",
    "phase:id": "string",
    "value": "number",
    "value-currency:code": "string",
}


@pytest.fixture(scope="module")
def tables(two_filings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that may be damaged."""
    return shutil.copytree(two_filings / "tables", tmp_path_factory.mktemp("tables") / "tables")


def errors(tables: Path) -> set[str]:
    """The types of the errors that the library finds."""
    return {str(error[0]) for error in validate(str(tables / "datapackage.json")).flatten(["type"])}


def test_descriptor_and_every_row_are_valid(two_filings: Path) -> None:
    path = two_filings / "tables/datapackage.json"
    report = validate(str(path))
    assert report.flatten(["title", "type", "rowNumber", "note"]) == []
    assert len(report.tasks) == len(schemas())
    assert all(task.stats.get("rows", 0) > 0 for task in report.tasks)


@pytest.mark.parametrize(
    ("name", "before", "after", "kind"),
    [
        ("allocations.csv", ",approved,", ",planned,", "constraint-error"),
        ("allocations.csv", ",2023,", ",MMXXIII,", "type-error"),
        ("funding.csv", "\npolicy/", "\npolicy/other/", "foreign-key"),
        ("organizations.csv", "\norganization/", "\n,organization/", "extra-cell"),
    ],
)
def test_damage_is_seen(tables: Path, name: str, before: str, after: str, kind: str) -> None:
    path = tables / name
    whole = path.read_text("utf-8")
    assert before in whole
    path.write_text(whole.replace(before, after, 1), "utf-8")
    try:
        assert kind in errors(tables)
    finally:
        path.write_text(whole, "utf-8")


def test_the_checksums_are_part_of_it(tables: Path) -> None:
    path = tables / "policies.csv"
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    try:
        assert {"hash-count", "byte-count"} & errors(tables)
    finally:
        path.write_bytes(whole)


def test_column_types_are_of_the_taxonomy_and_of_its_data_type(two_filings: Path) -> None:
    document = json.loads((two_filings / "tables/datapackage.json").read_text("utf-8"))
    _, own = document["columnTypes"]
    known = TAXONOMY | {one["name"]: one["dataType"] for one in own}
    used: dict[str, str] = {}
    for resource in document["resources"]:
        schema = resource["schema"]
        fields = [field for field in schema["fields"] if "columnType" in field]
        types = [field["columnType"] for field in (*fields, *schema.get("extraFields", ()))]
        assert len(types) == len(set(types)), resource["name"]
        used |= {
            field["columnType"]: field["type"]
            for field in (*fields, *schema.get("extraFields", ()))
        }
    assert used == {name: known[name] for name in used}
    assert set(known) == set(used)


def test_the_budget_tables_have_a_measure_in_yuan(two_filings: Path) -> None:
    package = Package(str(two_filings / "tables/datapackage.json"))
    for name in ("allocations", "projects"):
        resource = package.get_resource(name)
        assert isinstance(resource, Resource)
        schema = resource.schema.to_descriptor()
        measures = [
            field["name"] for field in schema["fields"] if field.get("columnType") == "value"
        ]
        assert measures == ["amount_cny"]
        (currency,) = schema["extraFields"]
        assert currency["constant"] == "CNY"


def test_every_field_is_said_in_both_languages(two_filings: Path) -> None:
    document = json.loads((two_filings / "tables/datapackage.json").read_text("utf-8"))
    for resource in document["resources"]:
        for field in resource["schema"]["fields"]:
            assert any("\u4e00" <= char <= "\u9fff" for char in field["title"]), field
            assert field["description"], field
