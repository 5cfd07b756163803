"""Accounting identities as values: their text, their tolerance, where they apply."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.forms import load_forms
from fiscograph.identities import CellRef, CrossEquality, RowSum, tolerance_of_sum

NAMES = st.from_regex(r"[a-z]+(_[a-z]+)?", fullmatch=True)
EXACT = st.decimals(min_value=-(10**6), max_value=10**6, places=6, allow_nan=False)


@given(
    st.lists(EXACT, min_size=1, max_size=12),
    st.integers(0, 4),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_rounding_alone_never_passes_the_tolerance(
    addends: list[Decimal], decimals: int, rounding: str
) -> None:
    step = Decimal(1).scaleb(-decimals)
    rounded = [addend.quantize(step, rounding) for addend in addends]
    total = sum(addends, Decimal(0)).quantize(step, rounding)
    missed = abs(total - sum(rounded, Decimal(0)))
    assert missed <= tolerance_of_sum(len(addends), decimals)


@given(st.integers(0, 30), st.integers(0, 6))
def test_the_tolerance_is_half_a_unit_per_printed_number(addends: int, decimals: int) -> None:
    half = Decimal(1).scaleb(-decimals) / 2
    assert tolerance_of_sum(addends, decimals) == half * (addends + 1)
    assert tolerance_of_sum(addends + 1, decimals) - tolerance_of_sum(addends, decimals) == half


@given(NAMES, st.lists(NAMES, min_size=1, max_size=5))
def test_a_row_sum_is_read_as_it_is_written(total: str, parts: list[str]) -> None:
    read = RowSum.parse(f" {total} = {' + '.join(parts)} ")
    assert read == RowSum(total=total, parts=tuple(parts))


@pytest.mark.parametrize(
    "text", ["", "total", "total =", "= a + b", "total = a + + b", "total = a +"]
)
def test_what_is_no_row_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no identity"):
        RowSum.parse(text)


@given(st.sets(NAMES, max_size=6), NAMES, st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_a_row_sum_speaks_only_of_columns_that_a_table_has(
    columns: set[str], total: str, parts: list[str]
) -> None:
    over = RowSum(total=total, parts=tuple(parts)).over(columns)
    if over is None:
        assert total not in columns or not set(parts) & columns
    else:
        assert {over.total, *over.parts} <= columns
        assert over.parts == tuple(part for part in parts if part in columns)


@given(NAMES, st.sampled_from(["total", "income:GPB", "code:208"]), NAMES)
def test_a_cell_reference_is_read_as_it_is_written(form: str, row: str, column: str) -> None:
    form = form.replace("_", "-")
    assert CellRef.parse(f"{form}[{row}].{column}") == CellRef(form=form, row=row, column=column)


@pytest.mark.parametrize("text", ["", "form.total", "form[total]", "form[].total", "[total].total"])
def test_what_is_no_cell_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no cell reference"):
        CellRef.parse(text)


def test_a_cross_equality_lists_alternatives_that_are_sums() -> None:
    equality = CrossEquality.of(
        rule="r",
        zh="",
        en="",
        left=["a[total].x"],
        right=["b[total].y + c[total].z", "d[total].x"],
        soft=True,
    )
    assert [[term.form for term in sum_] for sum_ in equality.left] == [["a"]]
    assert [[term.form for term in sum_] for sum_ in equality.right] == [["b", "c"], ["d"]]
    assert equality.soft


def test_every_equality_of_the_forms_names_cells_that_the_forms_have() -> None:
    book = load_forms()
    rules = [equality.rule for equality in book.cross]
    assert len(rules) == len(set(rules))
    keys = {row.key for row in book.rows}
    for equality in book.cross:
        for term in (
            ref for side in (equality.left, equality.right) for alt in side for ref in alt
        ):
            form = book.form(term.form)
            assert form.column(term.column).is_amount
            side, _, key = term.row.partition(":")
            assert (
                term.row == "total" or side == "code" or key == "*" or set(key.split("/")) <= keys
            )
