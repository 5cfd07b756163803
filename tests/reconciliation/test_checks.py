"""Identities tried on filings: outcomes by the tolerance, every term a printed number."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
)

from fiscograph.budget import Outcome, Unit
from fiscograph.reconciliation.checks import outcome_of

UNITS = {unit.printed: unit.value for unit in Unit}
AMOUNTS = st.decimals(-1000, 1000, places=2, allow_nan=False)


def yuan_of(unit: str | None) -> Decimal:
    """What a statement's unit is in yuan; a count or share stands for itself."""
    return UNITS.get(unit or "", Decimal(1))


@given(AMOUNTS, st.decimals(0, 10, places=3, allow_nan=False))
def test_an_outcome_tells_nothing_rounding_and_fault_apart(
    difference: Decimal, tolerance: Decimal
) -> None:
    outcome = outcome_of(difference, tolerance)
    assert (outcome is Outcome.HOLDS) == (difference == 0)
    assert (outcome is Outcome.FAILS) == (abs(difference) > tolerance and difference != 0)
    assert outcome is outcome_of(-difference, tolerance)


@pytest.mark.parametrize("name", NAMES)
def test_the_outcome_of_every_check_follows_from_its_numbers(name: str) -> None:
    facts = facts_of(name)
    printed = {amount.place: amount.amount.yuan for amount in facts.printed_amounts}
    printed |= {s.place: s.value * yuan_of(s.unit) for s in facts.statements}
    assert len({(check.rule, check.key) for check in facts.checks}) == len(facts.checks)
    for check in facts.checks:
        assert set(check.terms) <= set(printed)
        assert check.left is not None
        assert check.right is not None
        assert check.tolerance is not None
        assert check.difference is not None
        assert check.left == printed[check.terms[0]]
        if check.outcome is not Outcome.NOT_CHECKABLE:
            assert check.outcome is outcome_of(check.difference, check.tolerance)


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG, QIJIANG_DATA, TONGCHUAN])
def test_every_identity_of_a_clean_filing_holds(name: str) -> None:
    outcomes = Counter(check.outcome for check in facts_of(name).checks)
    assert set(outcomes) <= {Outcome.HOLDS, Outcome.WITHIN_ROUNDING}
    assert outcomes[Outcome.HOLDS] > 50


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        (BEIBEI, {"row-sum", "tree-sum", "basic-total", "department-total", "revenue-total"}),
        (QIJIANG, {"row-sum", "tree-sum", "project-funding", "appropriation-balance"}),
        (TONGNAN, {"list-against-sheet", "general-public-total", "department-balance"}),
        (TONGCHUAN, {"general-public-total", "revenue-total", "list-against-sheet"}),
    ],
)
def test_the_identities_that_a_filing_lets_us_try_are_tried(name: str, rules: set[str]) -> None:
    assert rules <= {check.rule for check in facts_of(name).checks}


def test_the_only_identities_that_fail_are_the_ones_that_a_reader_finds() -> None:
    failed = {
        (check.rule, check.terms[0].line)
        for check in facts_of(TONGNAN).checks
        if check.outcome is Outcome.FAILS
    }
    # Line 570 prints 23 for the vehicles, where the narrative tells 11 for them and 12 for reception:
    # its columns are open, and an open sum tells nothing.
    lists = {("row-sum", 1187), ("row-sum", 1666), ("list-against-sheet", 1630)}
    # Line 143 tells 23 元 where the table prints 23 万元.
    told = {("prose-table", 143)}
    assert failed == {*lists, *told}
