"""The release in other formats: the same data, the same bytes each time, nothing rewritten."""

from __future__ import annotations

import csv
import gzip
import io
import lzma
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.release.sample import sample

from fiscograph import cli
from fiscograph import release as releases
from fiscograph.release.tables import typed, workbook
from fiscograph.release.tables.columns import Column, Kind, schemas


def dump(*arguments: str) -> int:
    return cli.run(["dump", *arguments])


def cells(folder: Path, table: str) -> list[list[str]]:
    """The table as its CSV has it, without the header."""
    with (folder / f"tables/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "release"
    releases.write(sample(), folder)
    return folder


@pytest.fixture(scope="module")
def parquet(two_filings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("parquet") / "tables"
    assert dump("--release", str(two_filings), "--format", "parquet", "--out", str(out)) == 0
    return out


@pytest.mark.parametrize("name", sorted(schemas()))
def test_parquet_gives_every_cell_back(parquet: Path, two_filings: Path, name: str) -> None:
    read = pq.read_table(parquet / f"{name}.parquet")
    assert read.column_names == list(schemas()[name].names)
    columns = schemas()[name].columns
    # Decimals are compared by value: 70.00 is written to ten places, and `printed` has its text.
    meant = [
        [typed.value(text, column) for text, column in zip(row, columns, strict=True)]
        for row in cells(two_filings, name)
    ]
    assert [list(row.values()) for row in read.to_pylist()] == meant


def test_parquet_has_the_types_that_the_columns_declare(parquet: Path) -> None:
    for name, schema in schemas().items():
        read = pq.read_schema(parquet / f"{name}.parquet")
        assert read.metadata[b"base"] == b"https://fiscograph.example/"
        for column in schema.columns:
            field = read.field(column.name)
            assert field.metadata[b"zh"].decode() == column.zh
            kind = field.type.value_type if column.is_list else field.type
            assert not pa.types.is_floating(kind)
            assert pa.types.is_decimal128(kind) == (column.kind is Kind.DECIMAL)


def test_the_workbook_gives_every_cell_back_as_what_it_is(
    two_filings: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.xlsx"
    assert dump("--release", str(two_filings), "--out", str(out)) == 0
    book = openpyxl.load_workbook(out, read_only=True)
    assert book.sheetnames == list(schemas())
    for name, schema in schemas().items():
        rows = list(book[name].iter_rows(values_only=True))
        assert rows[0] == schema.names
        assert len(rows) - 1 == len(cells(two_filings, name))
        for got, wanted in zip(rows[1:], cells(two_filings, name), strict=True):
            for cell, text, column in zip(got, wanted, schema.columns, strict=True):
                expect(cell, text, column)
    book.close()


def expect(cell: object, text: str, column: Column) -> None:
    meant = typed.value(text, column)
    if meant is None:
        assert cell is None
    elif isinstance(meant, bool):
        assert cell is meant
    elif isinstance(meant, int | Decimal):
        assert Decimal(str(cell)) == meant
    else:
        assert cell == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "https://x.example/", "007"])
def test_a_text_never_becomes_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    releases.write(sample(), tmp_path / "release")
    table = tmp_path / "release/tables/policies.csv"
    head, *rows = table.read_text("utf-8").splitlines()
    (name,) = (n for n, c in enumerate(schemas()["policies"].names) if c == "title")
    row = next(csv.reader(rows[:1]))
    row[name] = text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    table.write_text(f"{head}\n{out.getvalue()}", "utf-8")
    workbook.write(tmp_path / "release", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cell = book["policies"].cell(2, name + 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_without_the_extra_the_message_names_it(
    small: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    out = tmp_path / "out"
    assert dump("--release", str(small), "--format", form, "--out", str(out)) == 2
    assert "pip install 'fiscograph[tables]'" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_same_bytes_each_time_compressed_or_not(small: Path, tmp_path: Path) -> None:
    plain = io.BytesIO()
    releases.dump(small, releases.DUMPS["ntriples"], plain)
    for suffix, unpack in ((".gz", gzip.decompress), (".xz", lzma.decompress)):
        outs = [tmp_path / f"{number}.nt{suffix}" for number in (1, 2)]
        for out in outs:
            assert dump("--release", str(small), "--out", str(out)) == 0
        assert outs[0].read_bytes() == outs[1].read_bytes()
        assert unpack(outs[0].read_bytes()) == plain.getvalue()
    books = [tmp_path / f"{number}.xlsx" for number in (1, 2)]
    for out in books:
        assert dump("--release", str(small), "--out", str(out)) == 0
    assert books[0].read_bytes() == books[1].read_bytes()


def test_stdout_is_compressed_where_it_is_asked_for(
    small: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given = ["--release", str(small), "--format", "turtle", "--compress", "gz"]
    assert dump(*given) == 0
    assert gzip.decompress(capfdbinary.readouterr().out).startswith(b"@base <")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--format", "parquet"], "--out is needed"),
        (["--format", "csv"], "expected one of turtle"),
        (["--compress", "zip"], "expected one of none, gz, xz"),
        (["--format", "xlsx", "--compress", "gz", "--out", "a"], "leave --compress out"),
        (["--format", "parquet", "--out", "."], "new or empty"),
    ],
)
def test_what_cannot_be_written_is_wrong_use(
    small: Path, capfd: pytest.CaptureFixture[str], given: list[str], says: str
) -> None:
    assert dump("--release", str(small), *given) == 2
    assert says in capfd.readouterr().err
