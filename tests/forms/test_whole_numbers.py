"""Tables in whole 元: rows of numbers without decimals are rows of amounts."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.golden.disclosed import BEIBEI, TONGCHUAN, reading_of, text_of, written

from fiscograph.forms.grid import Grid
from fiscograph.pipeline import read_source

# Amounts of the tables of Tongchuan, with the spaces that optical recognition left in them.
AMOUNT = re.compile(r"(?<![\d,.\-])\d[\d,]*\. ?\d\d(?![\d.%])")
HEADS = {TONGCHUAN: "二、部门收入总表", BEIBEI: "表三"}


def in_yuan(name: str, form: str) -> str:
    """A filing whose tables print 元 without decimals, from the first table that is looked at on."""

    def printed(match: re.Match[str]) -> str:
        value = Decimal(match[0].replace(",", "").replace(" ", "")) * 10_000
        return f"{value:{form}}"

    lines = text_of(name).split("\n")
    begin = next(at for at, line in enumerate(lines) if line.startswith(HEADS[name]))
    return "\n".join([*lines[:begin], *(AMOUNT.sub(printed, line) for line in lines[begin:])])


def told(grid: Grid, factor: int) -> list[tuple[str, str | None, list[Decimal]]]:
    return [
        (row.label, row.code, [cell.value * factor for cell in row.numbers]) for row in grid.rows
    ]


@pytest.mark.parametrize("form", [",.0f", ".0f"])
@pytest.mark.parametrize("name", [TONGCHUAN, BEIBEI])
def test_whole_numbers_are_amounts_where_decimals_are(name: str, form: str, tmp_path: Path) -> None:
    grids = [
        grid
        for grid in reading_of(name).layout.grids
        if grid.rows and grid.lines[0] > _first_line(name) and grid.form.grammar.value != "sheet"
    ]
    read = read_source(written(tmp_path, in_yuan(name, form), name)).layout.grids
    by_line = {grid.lines: grid for grid in read}
    assert len(grids) > 3
    for grid in grids:
        if any(cell.text.isdigit() for row in grid.rows for cell in row.numbers):
            continue
        assert told(by_line[grid.lines], 1) == told(grid, 10_000), grid.title


def _first_line(name: str) -> int:
    lines = text_of(name).split("\n")
    return next(at for at, line in enumerate(lines) if line.startswith(HEADS[name]))


def test_years_codes_and_column_numbers_are_no_amounts(tmp_path: Path) -> None:
    # The header of Tongchuan's table in whole 元, with what other filings print below it.
    line = "\t\t\t\t合 计\t98. 92\t93. 92\t5. 00\t\t"
    assert line in text_of(TONGCHUAN)
    between = "\t\t\t\t\t1\t2\t3\t4\t5\n\t\t\t\t\t2023\t2023\t2022\t\t\n"
    text = text_of(TONGCHUAN).replace(line, between + line)
    text = AMOUNT.sub(lambda m: f"{Decimal(m[0].replace(' ', '')) * 10_000:.0f}", text)
    layout = read_source(written(tmp_path, text, TONGCHUAN)).layout
    (grid,) = [grid for grid in layout.grids if grid.form.id == "department-expenditure"]
    values = [cell.text for row in grid.rows for cell in row.numbers]
    assert values[:6] == ["989200", "939200", "50000"] * 2
    assert not {"2023", "2022", "1", "2", "3"} & set(values)
    assert not {"189001"} & set(values)
