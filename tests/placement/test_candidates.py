"""The ways to place one row's numbers: in order, and closing its sums where any way does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fiscograph.placement.candidates import ColumnSum, _cost, assignments

# 合计 = 基本 + 项目; 三公 = 出国 + 小计 + 接待, 小计 = 购置 + 运行.
TOTAL = ColumnSum(total=0, parts=(1, 2), main=True, group=(0, 1, 2))
PUBLIC = (
    ColumnSum(total=0, parts=(1, 2, 5), main=True, group=(0, 1, 2, 3, 4, 5)),
    ColumnSum(total=2, parts=(3, 4)),
)
SUMS = st.sampled_from([(TOTAL,), PUBLIC, (), (ColumnSum(total=0, parts=(1,)),)])
VALUES = st.lists(st.one_of(st.integers(0, 12), st.none()), max_size=6)


def closes(way: Sequence[int], values: Sequence[int | None], sums: Sequence[ColumnSum]) -> bool:
    """Whether every sum is printed, total and parts, and sums up: not by rounding from nothing."""
    placed = dict(zip(way, values, strict=True))
    for identity in sums:
        has_total = identity.total in placed
        has_parts = any(part in placed for part in identity.parts)
        if has_total != has_parts or (identity.main and not has_total):
            return False
        parts = [placed.get(part, 0) for part in identity.parts]
        total = placed.get(identity.total, 0)
        if total is None or None in parts:
            continue
        missed = abs(total - sum(part or 0 for part in parts))
        if 2 * missed > len(identity.parts) + 1:
            return False
    return True


@settings(max_examples=200)
@given(VALUES, st.integers(1, 7), SUMS)
def test_every_way_keeps_the_order_and_costs_least(
    values: list[int | None], width: int, sums: tuple[ColumnSum, ...]
) -> None:
    ways = assignments(values, range(width), sums, 1)
    every = list(combinations(range(width), len(values)))
    costs = {
        way: sum(_cost(dict(zip(way, values, strict=True)), one, 1) for one in sums)
        for way in every
    }
    least = min(costs.values(), default=0)
    assert list(ways) == [way for way in every if costs[way] == least]
    assert list(ways) == sorted(set(ways))


@settings(max_examples=200)
@given(VALUES, SUMS)
@example([1, 1, 3], PUBLIC)
def test_a_way_that_closes_every_sum_beats_those_that_do_not(
    values: list[int | None], sums: tuple[ColumnSum, ...]
) -> None:
    every = list(combinations(range(6), len(values)))
    ways = assignments(values, range(6), sums, 1)
    if values and values[0] is not None and any(closes(way, values, sums) for way in every):
        assert any(closes(way, values, sums) for way in ways)


@given(st.lists(st.integers(0, 9), min_size=4, max_size=6))
def test_more_numbers_than_columns_stand_nowhere(values: list[int]) -> None:
    assert assignments(values, (0, 1, 2), (TOTAL,), 1) == ()


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_total_and_its_two_parts_stand_in_one_way(first: int, second: int) -> None:
    assert assignments([first + second, first, second], (0, 1, 2), (TOTAL,), 1) == ((0, 1, 2),)


@given(st.integers(2, 10**6))
def test_two_equal_numbers_are_the_total_and_either_part(amount: int) -> None:
    """The second may be 基本支出 or 项目支出: the row alone does not tell."""
    assert assignments([amount, amount], (0, 1, 2), (TOTAL,), 1) == ((0, 1), (0, 2))


def test_the_three_public_expenses_of_a_filing_stand_in_two_ways() -> None:
    """15.79 11.00 11.00 4.79: purchase and running of vehicles cannot be told apart."""
    ways = assignments([1579, 1100, 1100, 479], range(6), PUBLIC, 1)
    assert ways == ((0, 2, 3, 5), (0, 2, 4, 5))


def test_a_number_whose_digits_are_lost_fits_any_sum() -> None:
    assert (0, 1, 2) in assignments([None, 500, 300], (0, 1, 2), (TOTAL,), 1)
