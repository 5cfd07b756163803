"""The tables as one workbook (Office Open XML): a sheet for each, typed cells, no formula."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from fiscograph.release.errors import ExtraMissingError, TooLongForSheetError
from fiscograph.release.tables import typed
from fiscograph.release.tables.columns import Column, Kind, Schema, schemas
from fiscograph.release.tables.typed import Value

_ROWS = 1_048_576
# What a cell holds (Microsoft, "Excel specifications and limits"): its numbers have 15 digits.
_CHARACTERS, _DIGITS = 32_767, 15
_CUT = "…（未完，全文见 CSV / cut, whole in the CSV）"
# The same bytes on any day; the format counts from 1980.
_NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)


def write(folder: Path, out: Path) -> None:
    """Write the tables of a release into one file.

    Texts are text, whatever they begin with; a number that a cell cannot hold exactly is text too.

    Raises:
        ExtraMissingError: ``xlsxwriter`` is not installed.
        TooLongForSheetError: a table has more rows than a sheet.
        ManifestError: a table is missing or damaged.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ExtraMissingError("xlsx", "tables") from error
    plain = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(out), plain) as book:
        book.set_properties({"created": _NO_CLOCK.replace(tzinfo=None), "title": "fiscograph"})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for schema in schemas().values():
            _sheet(book.add_worksheet(schema.name), schema, folder, heading)


def _sheet(sheet: Any, schema: Schema, folder: Path, heading: Any) -> None:
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(schema.columns):
        sheet.set_column(number, number, 12 if _is_number(column) else 24)
        sheet.write_string(0, number, column.name, heading)
    for number, row in enumerate(typed.rows(folder, schema), start=1):
        if number >= _ROWS:
            raise TooLongForSheetError(schema.file_name, _ROWS)
        for at, cell in enumerate(row):
            _write(sheet, number, at, cell)


def _is_number(column: Column) -> bool:
    return column.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.YEAR} and not column.is_list


def _write(sheet: Any, row: int, at: int, cell: Value) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif isinstance(cell, int | Decimal) and _is_exact(cell):
        sheet.write_number(row, at, cell)
    else:
        sheet.write_string(row, at, _text(cell))


def _is_exact(number: int | Decimal) -> bool:
    """Whether a cell's binary number gives the printed digits back.

    >>> _is_exact(Decimal("712076.92")), _is_exact(12345678901234567)
    (True, False)
    """
    return len(Decimal(number).normalize().as_tuple().digits) <= _DIGITS


def _text(cell: Value) -> str:
    text = "|".join(map(str, cell)) if isinstance(cell, list) else str(cell)
    return text if len(text) <= _CHARACTERS else text[: _CHARACTERS - len(_CUT)] + _CUT
