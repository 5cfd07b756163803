"""The sheets of a real filing, their columns printed in other orders and other flavours."""

from __future__ import annotations

import random
import re
from functools import cache
from itertools import permutations

import pytest
from tests.golden.disclosed import TONGNAN, lines_of

from fiscograph.forms import IndicatorRow, Sheet, load_forms, read_layout
from fiscograph.tables import pages_of, squeeze
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


def folded(seed: int) -> tuple[str, ...]:
    """The lines with most names broken at some character, some over a blank line."""
    chance = random.Random(seed)  # noqa: S311  the same folds every time
    lines: list[str] = []
    for line in printed():
        text = line.strip()
        match = TAIL.match(text)
        names = match["names"] if match else ""
        if len(names) < 5 or chance.random() < 0.4:
            lines.append(text)
            continue
        cut = chance.randrange(1, len(names))
        gap = [""] if chance.random() < 0.5 else []
        rest = f"{names[cut:].strip()} {text[len(names) :].strip()}"
        lines += [names[:cut], *gap, rest]
    return tuple(lines)


@pytest.mark.parametrize("seed", range(4))
def test_a_real_filing_is_read_alike_however_its_rows_are_folded(seed: int) -> None:
    found = [read(row) for sheet in sheets(folded(seed)) for row in sheet.indicators]
    assert found == truth()


def drawn(line: str) -> str:
    """A row or a header with its cells drawn; other lines as they are."""
    text = line.strip()
    if HEADER.match(text):
        return text.replace(" ", "\t")
    match = TAIL.match(text)
    if match is None:
        return text
    level1, level2, *name = match["names"].split(" ")
    cells = [level1, level2, "".join(name), *(match[key] or "" for key in COLUMNS)]
    return "\t".join(cells)


def test_a_real_filing_is_read_alike_where_its_cells_are_drawn() -> None:
    """The rows that print both levels on their line, each cell drawn; the others left out."""
    lines, told = [], []
    for line in printed():
        match = TAIL.match(line.strip())
        words = match["names"].split(" ") if match else []
        if match is None or len(words) > 2:
            lines.append(drawn(line))
        if match is not None and len(words) > 2:
            level1, level2, *name = words
            tail = (match["operator"], match["value"], match["unit"], match["weight"])
            told.append((level1, level2, "".join(name), *tail))
    assert len(told) > 200
    found = [read(row) for sheet in sheets(tuple(lines)) for row in sheet.indicators]
    assert [tuple(squeeze(text or "") for text in row) for row in found] == [
        tuple(squeeze(text or "") for text in row) for row in told
    ]
