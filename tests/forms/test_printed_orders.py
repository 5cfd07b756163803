"""The sheets of a real filing, their columns printed in other orders and other flavours."""

from __future__ import annotations

import re
from functools import cache
from itertools import permutations

import pytest
from tests.golden.disclosed import TONGNAN, lines_of

from fiscograph.forms import IndicatorRow, Sheet, load_forms, read_layout
from fiscograph.tables import pages_of
from fiscograph.vocabulary.codelists import load_code_lists

COLUMNS = {"value": "指标值", "operator": "指标性质", "unit": "度量单位", "weight": "权重"}
HEADER = re.compile(r"(?P<levels>.*三级指标) 指标值 指标性质 度量单位 权重\Z")
TAIL = re.compile(
    r"(?P<names>.*?) ?(?:(?P<value>[\d.]+) )?(?P<operator>[≥＝≤]|定性)"
    r"(?: (?P<unit>[^\d\s]\S*))? (?P<weight>\d+)\Z"
)
FIRST_SHEET = 1898
ORDERS = [order for order in permutations(COLUMNS) if order != tuple(COLUMNS)]


def sheets(lines: tuple[str, ...]) -> tuple[Sheet, ...]:
    return read_layout(pages_of(lines), load_forms(), load_code_lists()).sheets


@cache
def printed() -> tuple[str, ...]:
    """The lines of the project sheets."""
    return lines_of(TONGNAN)[FIRST_SHEET - 1 :]


@cache
def truth() -> list[tuple[str | None, ...]]:
    return [read(row) for sheet in sheets(printed()) for row in sheet.indicators]


def read(row: IndicatorRow) -> tuple[str | None, ...]:
    cells = (row.operator, row.value, row.unit, row.weight)
    return (
        row.level1,
        row.level2,
        row.name,
        *(cell.text if cell is not None else None for cell in cells),
    )


def turned(line: str, order: tuple[str, ...]) -> str:
    header = HEADER.match(line.strip())
    if header is not None:
        return " ".join([header["levels"], *(COLUMNS[key] for key in order)])
    match = TAIL.match(line.strip())
    if match is None:
        return line
    tail = [match[key] for key in order if match[key]]
    return " ".join([*([match["names"]] if match["names"] else []), *tail])


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_a_real_filing_is_read_alike_in_every_order_of_its_columns(order: tuple[str, ...]) -> None:
    assert len(truth()) == 278
    found = sheets(tuple(turned(line, order) for line in printed()))
    assert [read(row) for sheet in found for row in sheet.indicators] == truth()


@pytest.mark.parametrize(
    ("sign", "other"), [("≥", ">="), ("≥", "≧"), ("≥", "不低于"), ("＝", "="), ("＝", "等于")]
)
def test_a_real_filing_is_read_alike_with_other_signs(sign: str, other: str) -> None:
    texts = [line.strip() for line in printed()]
    lines = tuple(
        f" {text}".replace(f" {sign} ", f" {other} ") if TAIL.match(text) else text
        for text in texts
    )
    found = [read(row) for sheet in sheets(lines) for row in sheet.indicators]
    assert found == [
        tuple(other if cell == sign and at == 3 else cell for at, cell in enumerate(row))
        for row in truth()
    ]


def test_a_real_filing_is_read_alike_with_signs_glued_to_their_values() -> None:
    """98 ≥ % 10 printed as ≥98 % 10 under a header without a column for signs."""
    lines = []
    for line in printed():
        text, match = line.strip(), TAIL.match(line.strip())
        if HEADER.match(text):
            text = text.replace(" 指标性质", "")
        elif match is not None and match["value"]:
            text = f"{match['names']} {match['operator']}{match['value']} {match['unit']} {match['weight']}"
        lines.append(text.strip())
    found = [read(row) for sheet in sheets(tuple(lines)) for row in sheet.indicators]
    assert found == truth()
