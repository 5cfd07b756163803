"""The ways to place one row's numbers: all in order, each with the identities that it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from fiscograph.placement.candidates import LIMIT, ColumnSum, candidates_of

# 合计 = 基本 + 项目; 三公 = 出国 + 小计 + 接待, 小计 = 购置 + 运行.
TOTAL = ColumnSum(total=0, parts=(1, 2))
PUBLIC = (ColumnSum(total=0, parts=(1, 2, 5)), ColumnSum(total=2, parts=(3, 4)))
SUMS = st.sampled_from([(TOTAL,), PUBLIC, (), (ColumnSum(total=0, parts=(1,)),)])
VALUES = st.lists(st.one_of(st.integers(-3, 12), st.none()), max_size=6)


def broken(
    way: Sequence[int], values: Sequence[int | None], sums: Sequence[ColumnSum]
) -> list[ColumnSum]:
    """DESIGN §7 in the smallest unit: a blank counts zero, a damaged number fits any sum."""
    placed = dict(zip(way, values, strict=True))
    found = []
    for identity in sums:
        printed = sum(part in placed for part in identity.parts)
        involved = [placed.get(column, 0) for column in (identity.total, *identity.parts)]
        if None not in involved:
            total, *parts = (value or 0 for value in involved)
            over = sum(parts) - total
            if 2 * over > printed + 1 or -2 * over > len(parts) + 1:
                found.append(identity)
    return found


@settings(max_examples=200)
@given(VALUES, st.integers(6, 7), SUMS)
def test_every_way_in_order_is_there_with_what_it_breaks(
    values: list[int | None], width: int, sums: tuple[ColumnSum, ...]
) -> None:
    found = candidates_of(values, range(width), sums)
    assert [way.columns for way in found] == list(combinations(range(width), len(values)))
    for way in found:
        assert way.cost == len(broken(way.columns, values, sums))


@given(st.lists(st.integers(0, 9), min_size=4, max_size=6))
def test_more_numbers_than_columns_stand_nowhere(values: list[int]) -> None:
    assert candidates_of(values, (0, 1, 2), (TOTAL,)) == ()


def test_a_row_with_too_many_ways_has_none_that_are_tried() -> None:
    assert candidates_of([1] * 12, range(24), ()) == ()
    assert 0 < len(candidates_of([1] * 6, range(12), ())) < LIMIT
