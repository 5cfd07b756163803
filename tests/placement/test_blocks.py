"""Rivals of a list's sub-columns, ordered by exact closure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fiscograph.placement.blocks import ordered_by_closure
from fiscograph.placement.candidates import ColumnSum

SUMS = [ColumnSum(total=0, parts=(1, 2))]


@given(
    amounts=st.lists(st.integers(min_value=1, max_value=500), min_size=1, max_size=10),
    data=st.data(),
)
def test_where_a_block_closes_the_picked_ways_sum_to_the_stated_totals(
    amounts: list[int], data: st.DataObject
) -> None:
    truth = [data.draw(st.sampled_from((1, 2))) for _ in amounts]
    totals = {
        column: total
        for column in (1, 2)
        if (total := sum(a for a, at in zip(amounts, truth, strict=True) if at == column))
    }
    rows = {index: [amount] for index, amount in enumerate(amounts)}
    ways = {index: [(1,), (2,)] for index in rows}
    found = ordered_by_closure(rows, ways, totals, SUMS)
    if len(totals) < 2:
        assert not found
        return
    for column in (1, 2):
        assert totals[column] == sum(rows[i][0] for i, way in found.items() if way == (column,))


def test_a_block_that_cannot_close_is_left_as_it_is() -> None:
    assert not ordered_by_closure({0: [3]}, {0: [(1,), (2,)]}, {1: 1, 2: 1}, SUMS)
