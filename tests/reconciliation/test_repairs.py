"""Explanations: said only where exactly one change of one value closes all that fails."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import QIJIANG, TONGNAN, facts_of, lines_of, written

from fiscograph.budget import Outcome
from fiscograph.pipeline import read_filing
from fiscograph.reconciliation.findings.shapes import Slip, slip_of
from fiscograph.reconciliation.repair import repairs_of

AMOUNTS = st.decimals(Decimal("0.01"), 100_000, places=2, allow_nan=False)


@given(AMOUNTS)
def test_a_moved_point_is_told_from_a_wrong_unit(value: Decimal) -> None:
    assert slip_of(value, value * 10) is Slip.POINT
    assert slip_of(value * 100, value) is Slip.POINT
    assert slip_of(value * 10_000, value) is Slip.UNIT
    assert slip_of(value, value * 1_000) is Slip.THOUSAND
    assert slip_of(value, value) is not Slip.POINT


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        ("430.1", "43.01", Slip.POINT),
        ("437.13", "2437.13", Slip.DROPPED),
        ("23377.13", "2377.13", Slip.ADDED),
        ("2737.13", "2377.13", Slip.SWAPPED),
        ("2377.13", "2387.13", Slip.CHANGED),
        ("1568.95", "1569.11", None),
    ],
)
def test_each_slip_of_a_keyboard_has_its_name(printed: str, meant: str, slip: Slip | None) -> None:
    assert slip_of(Decimal(printed), Decimal(meant)) is slip


def test_one_value_explains_both_failures_of_a_printed_row() -> None:
    """``43.01 430.1 43.01``: with 43.01 in the middle the row closes, with nothing else it does."""
    explained = [f for f in facts_of(TONGNAN).findings if "只改一个数" in f.message_zh]
    assert {f.place.line for f in explained} == {1666}
    for finding in explained:
        assert "430.1 若为 43.01" in finding.message_zh
        assert "430.1 in line 1666, where 43.01 closes them" in finding.message_en


def test_a_sum_that_several_values_could_close_has_no_explanation() -> None:
    (whole,) = [f for f in facts_of(TONGNAN).findings if f.place.line == 1187]
    (project,) = [f for f in facts_of(TONGNAN).findings if f.place.line == 1630]
    assert "只改" not in whole.message_zh + project.message_zh


@pytest.mark.parametrize(
    ("line", "column", "wrong", "slip"),
    [
        (34, "78.55", "7.855", "小数点移位"),
        (37, "255.00", "225.00", "一位数字之差"),
        (60, "133.10", "313.10", "相邻两位数字颠倒"),
        (85, "14.79", "147900", "似以元代万元"),
    ],
)
def test_a_changed_leaf_is_explained_by_its_own_value(
    line: int, column: str, wrong: str, slip: str, tmp_path: Path
) -> None:
    lines = [*lines_of(QIJIANG)]
    lines[line - 1] = lines[line - 1].replace(column, wrong, 1)
    facts = read_filing(written(tmp_path, "\n".join(lines), QIJIANG))
    explained = [f for f in facts.findings if "只改一个数" in f.message_zh]
    assert explained
    meant = column.rstrip("0").rstrip(".")
    for finding in explained:
        assert f"第{line}行的 {wrong} 若为 {meant}" in finding.message_zh
        assert slip in finding.message_zh


def test_every_explanation_closes_what_it_explains_and_breaks_nothing() -> None:
    facts = facts_of(TONGNAN)
    values = {amount.place: amount.amount for amount in facts.printed_amounts}
    repairs = repairs_of(facts.checks, facts.printed_amounts)
    failed = {(c.rule, c.key) for c in facts.checks if c.outcome is Outcome.FAILS}
    assert set(repairs) <= failed
    for repair in repairs.values():
        moved = (repair.value - repair.printed.value) * repair.printed.unit.value
        for check in facts.checks:
            if repair.place not in check.terms or check.outcome is Outcome.NOT_CHECKABLE:
                continue
            assert check.difference is not None
            assert check.tolerance is not None
            left = values[repair.place].yuan == check.left and check.terms[0] == repair.place
            after = check.difference + (moved if left else -moved)
            assert abs(after) <= check.tolerance
