"""A cube is compared with all that is printed as its total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.release.sample import facts, place

from fiscograph.budget import Amount, FilingFacts, Outcome, PrintedTotal, Unit
from fiscograph.reconciliation import cube_checks

SOURCE = "a" * 64


def in_two_tables(first: str, second: str) -> FilingFacts:
    """Projects of 4,144.00 and 100.0 万元, the totals of two tables that print one each."""
    made = facts("426", SOURCE)
    (allocation,), (printed,) = made.allocations, made.printed_amounts
    other = place(SOURCE, 50)
    totals = {
        place(SOURCE, 60): Amount(value=Decimal(first), unit=Unit.TEN_THOUSAND_YUAN),
        place(SOURCE, 70): Amount(value=Decimal(second), unit=Unit.TEN_THOUSAND_YUAN),
    }
    return replace(
        made,
        allocations=(
            allocation,
            replace(allocation, project="other", amount=Decimal(1_000_000), evidence=(other,)),
        ),
        printed_amounts=(
            printed,
            *(replace(printed, place=at, amount=amount) for at, amount in totals.items()),
        ),
        printed_totals=tuple(
            PrintedTotal(cube=allocation.cube.value, label="合计", place=at) for at in totals
        ),
    )


def test_the_totals_of_two_tables_of_one_cube_are_compared_together() -> None:
    (check,) = cube_checks(in_two_tables("4144.00", "100.00"))
    assert check.outcome is Outcome.HOLDS
    assert (check.left, check.right) == (Decimal(42_440_000), Decimal(42_440_000))
    assert {60, 70} <= set(check.lines)


def test_the_coarser_of_two_totals_sets_the_tolerance() -> None:
    """Two allocations and two totals: three addends against one sum, rounded at 0.1 万元."""
    (check,) = cube_checks(in_two_tables("4144.00", "100.1"))
    assert check.tolerance == Decimal(2000)
    assert check.outcome is Outcome.WITHIN_ROUNDING


def test_a_part_that_is_missing_from_both_totals_fails() -> None:
    (check,) = cube_checks(in_two_tables("4144.00", "90.00"))
    assert check.outcome is Outcome.FAILS


def test_a_total_that_is_printed_twice_is_compared_twice() -> None:
    checks = cube_checks(in_two_tables("4244.00", "4244.00"))
    assert [check.outcome for check in checks] == [Outcome.HOLDS, Outcome.HOLDS]
    assert {check.left for check in checks} == {Decimal(42_440_000)}
