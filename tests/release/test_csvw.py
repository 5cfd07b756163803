"""The tables by CSV on the Web: valid, and csv2rdf makes triples of our graph of them.

The ``csvw`` library reads and checks the tables by their metadata, and expands the URI templates;
which triple a cell makes is csv2rdf's minimal mode (https://www.w3.org/TR/csv2rdf/, section 6).
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from csvw import Column, Table, TableGroup
from pyoxigraph import Literal, NamedNode

from fiscograph import release as releases
from fiscograph.release.tables.columns import schemas
from fiscograph.vocabulary import PREFIXES

XSD = PREFIXES["xsd"]
# Columns that these two filings leave empty in every row.
SELDOM = {"projects": {"other_cny"}, "indicators": {"direction"}}
Value = tuple[str, str, str]
Stated = tuple[str, str, Value]


@pytest.fixture(scope="module")
def group(two_filings: Path) -> TableGroup:
    return TableGroup.from_file(two_filings / "tables/csv-metadata.json")


@pytest.fixture(scope="module")
def graph(two_filings: Path) -> set[Stated]:
    """Our triples, in the form that those of csv2rdf are compared in."""
    return {
        (quad.subject.value, quad.predicate.value, _value(quad.object))
        for quad in releases.quads(two_filings)
        if isinstance(quad.subject, NamedNode)
    }


def _value(term: object) -> Value:
    if isinstance(term, NamedNode):
        return ("iri", term.value, "")
    assert isinstance(term, Literal)
    return _literal(term.value, term.datatype.value.removeprefix(XSD), term.language or "")


def _literal(text: str, kind: str, language: str = "") -> Value:
    """A decimal is compared by its value: a table prints 4144.00 as it stands, a graph 4144."""
    if kind in {"decimal", "integer"}:
        return ("number", str(Decimal(text).normalize()), kind)
    return ("text", text, language or kind)


def stated(table: Table) -> Iterator[tuple[str, Stated]]:
    """The triples of a table, each with its column."""
    rows = list(table.iterdicts())
    for number, row in enumerate(rows, start=1):
        for column in table.tableSchema.columns:
            if column.inherit("suppressOutput") or column.suppressOutput:
                continue
            cell = None if column.virtual else row[column.name]
            if not column.virtual and (cell is None or cell == []):
                continue
            about = _expanded(table, column.inherit("aboutUrl"), row, number)
            prop = str(column.propertyUrl)
            for value in _values(table, column, row, number, cell):
                yield column.name, (about, prop, value)


def _expanded(table: Table, template: object, row: dict[str, object], number: int) -> str:
    """An IRI by its template; RFC 6570 percent-encodes Chinese, our IRIs have it raw."""
    return unquote(table.expand(template, row, number))


def _values(
    table: Table, column: Column, row: dict[str, object], number: int, cell: object
) -> Iterator[Value]:
    if column.valueUrl is not None:
        yield ("iri", _expanded(table, column.valueUrl, row, number), "")
        return
    datatype = column.inherit("datatype")
    kind = "string" if datatype is None else datatype.base
    for one in cell if isinstance(cell, list) else [cell]:
        text = str(one).lower() if kind == "boolean" else str(one)
        lang = column.lang if kind == "string" and column.lang != "und" else ""
        yield _literal(text, kind, lang or "")


def complaints(folder: Path) -> list[str]:
    """What the library says of the tables in a folder: metadata, cells, keys, references."""
    said: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        group = TableGroup.from_file(folder / "csv-metadata.json")
        try:
            for table in group.tables:
                list(table.iterdicts(strict=True))
                if not table.check_primary_key():
                    said.append(f"{table.url}: two rows of one key")
            group.check_referential_integrity(strict=True)
        except ValueError as error:
            said.append(str(error))
    return [*said, *(str(warning.message) for warning in caught)]


def test_metadata_and_every_row_are_valid(two_filings: Path, group: TableGroup) -> None:
    assert complaints(two_filings / "tables") == []
    assert list(group.tabledict) == [schema.file_name for schema in schemas().values()]


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("printed_amounts.csv", ",false\n", ",perhaps\n", "perhaps"),
        ("funding.csv", "\npolicy/", "\npolicy/other/", "not found in table policies.csv"),
        (
            "filings.csv",
            ",department-budget\n",
            ",department-budget\n{row}",
            "duplicate primary key",
        ),
        ("statements.csv", "statement,filing,", "statement,document,", "missing required columns"),
    ],
)
def test_damage_is_seen(
    two_filings: Path, tmp_path: Path, *, name: str, before: str, after: str, says: str
) -> None:
    tables = shutil.copytree(two_filings / "tables", tmp_path / "tables")
    text = (tables / name).read_text("utf-8")
    assert before in text
    row = text.splitlines(keepends=True)[1]
    damaged = text.replace(before, after.replace("{row}", row), 1)
    (tables / name).write_text(damaged, "utf-8")
    assert any(says in one for one in complaints(tables)), complaints(tables)


@pytest.mark.parametrize("name", [name for name, one in schemas().items() if one.about is not None])
def test_csv2rdf_of_a_table_gives_triples_of_our_graph(
    group: TableGroup, graph: set[Stated], name: str
) -> None:
    table = group.tabledict[f"{name}.csv"]
    triples = list(stated(table))
    assert [one for one in triples if one[1] not in graph][:5] == []
    with_property = {column.name for column in schemas()[name].columns if column.property}
    assert with_property - {column for column, _ in triples} <= SELDOM.get(name, set())


def test_the_ledger_makes_no_triple(group: TableGroup) -> None:
    assert group.tabledict["ledger.csv"].suppressOutput is True


def test_iris_of_ascii_alone_need_no_decoding(group: TableGroup, two_filings: Path) -> None:
    table = group.tabledict["checks.csv"]
    about = table.tableSchema.inherit("aboutUrl")
    rows = list(table.iterdicts())
    assert all(table.expand(about, row, 1).isascii() for row in rows)
    document = json.loads((two_filings / "tables/csv-metadata.json").read_text("utf-8"))
    assert document["@context"][0] == "http://www.w3.org/ns/csvw"
