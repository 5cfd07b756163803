"""The tables of a release on disk, row by row, each cell as the value that it stands for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from fiscograph.release.errors import ManifestError
from fiscograph.release.tables.columns import Column, Kind, Schema

Value = str | int | bool | Decimal | None | list[str] | list[int]
_READ: Mapping[Kind, Callable[[str], str | int | bool | Decimal]] = {
    Kind.IRI: str,
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.YEAR: int,
    Kind.DECIMAL: Decimal,
    Kind.BOOLEAN: lambda text: text == "true",
}


def rows(folder: Path, schema: Schema) -> Iterator[list[Value]]:
    """The rows of a table in the order of the file, the cells in that of the schema.

    Raises:
        ManifestError: the table is missing, or a cell is not of its column's type.
    """
    name = f"tables/{schema.file_name}"
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                yield [value(row[column.name], column) for column in schema.columns]
    except FileNotFoundError as error:
        raise ManifestError(folder, (f"{name} is missing",)) from error
    except (KeyError, ValueError, ArithmeticError, csv.Error) as error:
        raise ManifestError(folder, (f"{name} is damaged",)) from error


def value(text: str, column: Column) -> Value:
    """What a cell stands for; None where it is empty.

    Raises:
        ValueError: it is not of its column's type.
        ArithmeticError: it is no decimal.
    """
    if text == "":
        return None
    read = _READ[column.kind]
    if column.is_list:
        return [read(one) for one in text.split("|")]  # type: ignore[return-value]
    return read(text)
