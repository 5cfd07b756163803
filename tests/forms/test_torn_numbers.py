"""A number that lost digits: its row stays as it is, and nothing takes the number's place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.golden.disclosed import NAMES, QIJIANG_DATA, reading_of, text_of, written

from fiscograph.forms.grid import Grid, NumberCell, Row
from fiscograph.pipeline import read_filing, read_source
from fiscograph.provenance import Span

EACH = 6
Read = list[tuple[str, str | None, tuple[str, ...]]]


def torn(printed: str) -> str | None:
    """The number without the one digit that it cannot be read without: 2,793.59 -> 2,79.59."""
    if "," in printed:
        return re.sub(r",(\d)(\d\d)", r",\2", printed, count=1)
    return printed[1:] if re.fullmatch(r"\d\. ?\d{1,2}", printed) else None


def candidates(name: str) -> list[tuple[Grid, Row, NumberCell]]:
    """Some amounts of rows that print others beside them, over all tables of a filing."""
    found = [
        (grid, row, cell)
        for grid in reading_of(name).layout.grids
        for row in grid.rows
        for cell in row.numbers
        if torn(cell.text) is not None
    ]
    return found[:: max(1, len(found) // EACH)]


def changed(name: str, cell: NumberCell, printed: str) -> str:
    lines = text_of(name).split("\n")
    line, span = lines[cell.span.line - 1], cell.span
    assert line[span.start - 1 : span.end] == cell.text
    lines[span.line - 1] = line[: span.start - 1] + printed + line[span.end :]
    return "\n".join(lines)


def rows_of(grid: Grid) -> Read:
    return [(row.label, row.code, tuple(cell.text for cell in row.numbers)) for row in grid.rows]


def without(rows: list[Row], row: Row, cell: NumberCell) -> Read:
    return [
        (
            other.label,
            other.code,
            tuple(own.text for own in other.numbers if other != row or own != cell),
        )
        for other in rows
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_torn_number_is_no_label_and_its_row_keeps_the_others(name: str, tmp_path: Path) -> None:
    for grid, row, cell in candidates(name):
        rest = torn(cell.text)
        assert rest is not None
        layout = read_source(written(tmp_path, changed(name, cell, rest), name)).layout
        (read,) = [other for other in layout.grids if other.lines == grid.lines]
        assert rows_of(read) == without(list(grid.rows), row, cell), (cell, rest)
        damaged = [span for other in read.rows for span in other.damaged]
        at = cell.span
        place = Span(line=at.line, start=at.start, end=at.start + len(rest) - 1)
        assert place in damaged, (cell, rest)


@pytest.mark.parametrize(
    ("line", "printed", "rest"),
    [
        ("  30299   其他商品和服务支出 2.42 2.42", " 2.42 2.42", " .42 2.42"),
        ("  30112   其他社会保障缴费 0.64 0.64", " 0.64 0.64", " .64 0.64"),
        ("   合计  62.71 53.41 9.30", "9.30", ".30"),
    ],
)
def test_a_number_without_the_digits_before_its_point_is_told(
    line: str, printed: str, rest: str, tmp_path: Path
) -> None:
    assert line in text_of(QIJIANG_DATA)
    text = text_of(QIJIANG_DATA).replace(line, line.replace(printed, rest))
    facts = read_filing(written(tmp_path, text, QIJIANG_DATA))
    (told,) = [found for found in facts.findings if found.rule == "malformed-number"]
    assert told.printed == next(piece for piece in rest.split() if piece.startswith("."))
    assert "小数点前没有数字" in told.message_zh
    assert not [found for found in facts.findings if found.rule in {"row-sum", "tree-sum"}]
