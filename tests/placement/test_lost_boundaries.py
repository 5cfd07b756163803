"""Tables whose cell boundaries are lost: nothing is settled where it was not printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import QIJIANG, TONGCHUAN, reading_of, text_of, written

from fiscograph.budget import UnitBasis
from fiscograph.forms import Column, Grid, NumberCell, Row, load_forms
from fiscograph.pipeline import Reading, read_source
from fiscograph.placement import PlacedGrid
from fiscograph.placement.grids import place
from fiscograph.placement.problem import Anchor
from fiscograph.provenance import Span

# A column as its form names it, with its side.
Known = tuple[str, str]
FORM = load_forms().form("general-public-expenditure")
COLUMNS = tuple(Column(key=key, path=(key,)) for key in ("total", "basic", "project"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedNumber:
    form: str
    text: str
    column: Known | None
    rivals: frozenset[Known]


def numbers_of(reading: Reading) -> dict[tuple[str, int, int], PlacedNumber]:
    """Every placed number by its form, its line and which number of its line it is."""
    found: dict[tuple[str, int, int], PlacedNumber] = {}
    for placed in reading.placed:
        known = [(column.key, column.side) for column in placed.grid.columns]
        counts: Counter[int] = Counter()
        for row in placed.rows:
            for cell in row.cells:
                line, form = cell.number.span.line, placed.grid.form.id
                found[form, line, counts[line]] = PlacedNumber(
                    form=form,
                    text=cell.number.text,
                    column=known[cell.column] if cell.column is not None else None,
                    rivals=frozenset(known[rival] for rival in cell.rivals),
                )
                counts[line] += 1
    return found


def without_tabs(name: str, folder: Path, gap: str) -> Reading:
    return read_source(written(folder, text_of(name).replace("\t", gap), name))


@pytest.mark.parametrize("gap", [" ", "   "])
def test_a_filing_without_its_tabs_is_placed_as_it_was_drawn(gap: str, tmp_path: Path) -> None:
    drawn = numbers_of(reading_of(QIJIANG))
    flat = numbers_of(without_tabs(QIJIANG, tmp_path, gap))
    assert flat.keys() == drawn.keys()
    for key, number in drawn.items():
        assert flat[key].text == number.text
        if flat[key].rivals:
            assert number.column in {flat[key].column, *flat[key].rivals}
        else:
            assert flat[key].column == number.column
    settled = Counter(flat[key].form for key in flat if not flat[key].rivals)
    printed = Counter(number.form for number in drawn.values())
    # The code tree and the other tables settle every row of the functional table.
    assert settled["general-public-expenditure"] == printed["general-public-expenditure"] == 42


def test_where_headers_are_damaged_too_nothing_is_settled_wrongly(tmp_path: Path) -> None:
    drawn = numbers_of(reading_of(TONGCHUAN))
    flat = numbers_of(without_tabs(TONGCHUAN, tmp_path, " "))
    shared = [key for key in drawn if key in flat and drawn[key].text == flat[key].text]
    assert len(shared) > 200
    for key in shared:
        assert drawn[key].column in {flat[key].column, *flat[key].rivals}


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, tuple[int, int, int]]]:
    """Codes with 合计, 基本 and 项目 in 0.01 万元, rounded from yuan, each parent before its rows."""
    amounts = st.one_of(st.just(0), st.integers(1, 40), st.integers(1, 40).map(lambda n: n * 100))
    leaves: list[tuple[str, tuple[int, int]]] = []
    for section in range(draw(st.integers(1, 3))):
        for item in range(draw(st.integers(1, 3))):
            pair = (draw(amounts), draw(amounts))
            leaves.append((f"2080{section + 1}0{item + 1}", pair))
    codes = sorted({code[:length] for code, _ in leaves for length in (0, 3, 5, 7)})
    rows = []
    for code in codes:
        basic = sum(pair[0] for leaf, pair in leaves if leaf.startswith(code))
        project = sum(pair[1] for leaf, pair in leaves if leaf.startswith(code))
        rows.append((code, (rounded(basic + project), rounded(basic), rounded(project))))
    return rows


def rounded(yuan: int) -> int:
    return (yuan + 50) // 100


def printed_grid(rows: Sequence[tuple[str, tuple[int, int, int]]]) -> Grid:
    """The table in flat text: zeros are blank and leave no trace."""
    return Grid(
        form=FORM,
        title="",
        title_span=None,
        unit=None,
        unit_basis=UnitBasis.TABLE,
        columns=COLUMNS,
        rows=tuple(_row(line, code, values) for line, (code, values) in enumerate(rows, start=1)),
        lines=tuple(range(1, len(rows) + 1)),
        header_lines=(),
    )


def _row(line: int, code: str, values: tuple[int, int, int]) -> Row:
    numbers = tuple(
        NumberCell(text=str(value), value=Decimal(value).scaleb(-2), span=_span(line, at))
        for at, value in enumerate(values)
        if value
    )
    level = (len(code) - 1) // 2 if code else 0
    role = "item" if code else "total"
    span = Span(line=line, start=1, end=9)
    return Row(label="", code=code, spans=(span,), numbers=numbers, level=level, role=role)


def _span(line: int, at: int) -> Span:
    return Span(line=line, start=10 + 10 * at, end=18 + 10 * at)


def misplaced(
    placed: PlacedGrid, rows: Sequence[tuple[str, tuple[int, int, int]]]
) -> Iterator[tuple[str, int]]:
    """The numbers for which the column that they were printed in is ruled out."""
    for row, (code, values) in zip(placed.rows, rows, strict=True):
        printed = [at for at, value in enumerate(values) if value]
        for cell, column in zip(row.cells, printed, strict=True):
            if column not in {cell.column, *cell.rivals}:
                yield code, column


@settings(max_examples=150)
@given(tables())
def test_a_table_that_adds_up_never_loses_the_printed_column(
    rows: list[tuple[str, tuple[int, int, int]]],
) -> None:
    assert not list(misplaced(place(printed_grid(rows), ()), rows))


@settings(max_examples=150)
@given(tables())
def test_nor_does_one_whose_total_only_another_table_prints(
    rows: list[tuple[str, tuple[int, int, int]]],
) -> None:
    total = rows[0][1]
    anchors = [
        Anchor(
            row=None,
            columns=(at,),
            value=Decimal(value).scaleb(-2),
            tolerance=Decimal("0.01"),
        )
        for at, value in enumerate(total)
    ]
    body = rows[1:]
    assert not list(misplaced(place(printed_grid(body), anchors), body))
