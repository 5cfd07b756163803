"""The forms that are found in the disclosed filings, as text.

``python -m tests.golden.forms_found`` writes it anew into ``forms_found.txt``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.golden.disclosed import NAMES, reading_of

from fiscograph.forms import Grid, Sheet
from fiscograph.forms.recognition import Unknown

GOLDEN = Path(__file__).with_suffix(".txt")
HEAD = """\
# The forms found in the disclosed filings: first line, form, rows or indicators, columns or fields.
# To renew, from the top of the checkout: .venv/bin/python -m tests.golden.forms_found
"""


def listing() -> str:
    return HEAD + "".join(f"{line}\n" for name in NAMES for line in ("", name, *forms_of(name)))


def forms_of(name: str) -> Iterator[str]:
    layout = reading_of(name).layout
    found = [
        *((grid.lines[0], _grid(grid)) for grid in layout.grids),
        *((sheet.lines[0], _sheet(sheet)) for sheet in layout.sheets),
        *((table.lines[0], _unknown(table)) for table in layout.unknown),
    ]
    for line, text in sorted(found):
        yield f"{line:>6}  {text}"


def _grid(grid: Grid) -> str:
    columns = " ".join(
        f"{column.key or '?'}{f'@{column.year}' if column.year else ''}" for column in grid.columns
    )
    return f"{grid.form.id}  rows {len(grid.rows)}  {columns}"


def _sheet(sheet: Sheet) -> str:
    fields = " ".join(field.key for field in sheet.fields)
    return f"{sheet.form.id}  indicators {len(sheet.indicators)}  {fields}"


def _unknown(table: Unknown) -> str:
    return f"unknown  rows {len(table.rows)}  {table.title}"


if __name__ == "__main__":
    GOLDEN.write_text(listing(), "utf-8")
    sys.stdout.write(f"{GOLDEN}\n")
