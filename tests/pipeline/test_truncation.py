"""A filing that breaks off in the middle of a table or sheet is refused, by name and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import (
    NAMES,
    QIJIANG,
    TONGNAN,
    lines_of,
    reading_of,
    sheets_of,
    text_of,
    written,
)

from fiscograph.errors import FilingError
from fiscograph.forms import Grammar
from fiscograph.pipeline import read_filing
from fiscograph.placement import PlacedGrid

LONG = 9


def long_tables() -> list[tuple[str, str, list[int]]]:
    """Name, form and lines of rows with amounts, of every table that prints several."""
    return [
        (name, placed.grid.form.id, lines)
        for name in NAMES
        for placed in reading_of(name).placed
        if placed.grid.form.grammar in {Grammar.CODE_ROWS, Grammar.TWO_SIDED, Grammar.PROJECT_LIST}
        and len(lines := lines_with_amounts(placed)) >= LONG
    ]


def lines_with_amounts(placed: PlacedGrid) -> list[int]:
    return sorted({cell.number.span.line for row in placed.rows for cell in row.cells})


def refusal(text: str, name: str, folder: Path) -> FilingError:
    with pytest.raises(FilingError) as caught:
        read_filing(written(folder, text, name))
    return caught.value


@pytest.mark.parametrize(
    ("name", "form", "lines"), long_tables(), ids=[f"{n}-{f}" for n, f, _ in long_tables()]
)
@pytest.mark.parametrize("share", [3, 2])
def test_a_text_cut_within_a_table_is_refused(
    name: str, form: str, lines: list[int], share: int, tmp_path: Path
) -> None:
    last = lines[len(lines) // share]
    error = refusal("\n".join(lines_of(name)[:last]), name, tmp_path)
    assert error.file == f"{name}.txt"
    assert error.line == last
    assert "breaks off" in error.reason or "no budget table" in error.reason


@pytest.mark.parametrize("form", ["general-public-expenditure", "basic-expenditure"])
def test_a_text_cut_within_a_line_is_refused(form: str, tmp_path: Path) -> None:
    (lines,) = [lines for name, known, lines in long_tables() if (name, known) == (TONGNAN, form)]
    last = lines[len(lines) // 2]
    text = "\n".join([*lines_of(TONGNAN)[: last - 1], lines_of(TONGNAN)[last - 1][:-9]])
    error = refusal(text, TONGNAN, tmp_path)
    assert error.line == last


@pytest.mark.parametrize("name", [QIJIANG, TONGNAN])
@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_text_cut_within_a_sheet_is_refused(name: str, number: int, tmp_path: Path) -> None:
    sheet = sheets_of(name)[number]
    row = sheet.indicators[len(sheet.indicators) // 2 - 1].span.line
    error = refusal("\n".join(lines_of(name)[:row]), name, tmp_path)
    assert error.line == row


@pytest.mark.parametrize("name", NAMES)
def test_a_text_cut_before_its_first_amount_is_refused(name: str, tmp_path: Path) -> None:
    first = min(lines[0] for p in reading_of(name).placed if (lines := lines_with_amounts(p)))
    error = refusal("\n".join(lines_of(name)[: first - 1]), name, tmp_path)
    assert error.file == f"{name}.txt"


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_text_without_its_last_blank_lines_is_whole(name: str, tmp_path: Path) -> None:
    text = text_of(name).rstrip()
    assert read_filing(written(tmp_path, text, name)).filing.id.year == 2023
