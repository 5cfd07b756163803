"""A filing of which one number is spoilt: that number is found, and nothing else is accused."""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import (
    BEIBEI,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    facts_of,
    lines_of,
    written,
)
from tests.reconciliation.readings import fresh, read_without

from fiscograph.budget import FilingFacts, Outcome, PrintedAmount
from fiscograph.pipeline import read_filing

# Reading a filing takes too long to shrink by: the first example that fails is told.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
# What the program itself makes of a contradiction elsewhere, in another table of the same rows.
CONSEQUENCES = {"frontier-kept"}
EXPLAINED = re.compile(r"第(?P<line>\d+)行的 (?P<printed>\S+) 若为 (?P<meant>[\d.]+)")


@cache
def proved_amounts(name: str) -> tuple[PrintedAmount, ...]:
    """The amounts that some identity of the filing holds: a change of one cannot stay unseen, but
    in a row that has lost another number, which may stand for the difference.
    """
    facts = facts_of(name)
    torn = {one.place.line for one in facts.findings if one.rule == "damaged-number"}
    held = {
        place
        for check in facts.checks
        if check.outcome in {Outcome.HOLDS, Outcome.WITHIN_ROUNDING} and check.rule != "cube-total"
        for place in check.terms
    }
    return tuple(
        amount
        for amount in facts.printed_amounts
        if amount.place in held and amount.amount.value >= 1 and amount.place.line not in torn
    )


def other_digit(printed: str, at: int) -> str:
    whole = [i for i, c in enumerate(printed.partition(".")[0]) if c.isdigit()]
    place = whole[at % len(whole)]
    return f"{printed[:place]}{9 - int(printed[place]) or 5}{printed[place + 1 :]}"


def moved_point(printed: str, at: int) -> str:
    # Never more decimals than before: the most of a table tell its tolerance.
    return f"{plain(printed) * (10 if at % 2 else Decimal('0.1')):.2f}"


def in_yuan(printed: str, _at: int) -> str:
    return f"{plain(printed) * 10_000:.2f}"


def lost_digits(_printed: str, _at: int) -> str:
    return ",."


def plain(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "").replace(" ", ""))


def read_spoilt(name: str, amount: PrintedAmount, spoilt: str) -> FilingFacts:
    lines = [*lines_of(name)]
    span, at = amount.place.span, amount.place.line - 1
    lines[at] = lines[at][: span.start - 1] + spoilt + lines[at][span.end :]
    with tempfile.TemporaryDirectory() as folder:
        return read_filing(written(Path(folder), "\n".join(lines), name))


@pytest.mark.parametrize("left", [",.", "####"])
def test_a_row_that_lost_its_total_accuses_no_other_row(left: str) -> None:
    total = next(
        amount
        for amount in facts_of(BEIBEI).printed_amounts
        if amount.form == "general-public-expenditure" and amount.row_code == "208"
    )
    read = read_spoilt(BEIBEI, total, left)
    assert {finding.rule for finding in fresh(read, BEIBEI)} == {"damaged-number"}
    rest = [a for a in read.printed_amounts if a.place.line == total.place.line]
    assert {a.row_label for a in rest} == {total.row_label}


def test_a_sheet_that_lost_its_amount_says_so() -> None:
    alone = next(
        amount
        for amount in proved_amounts(BEIBEI)
        if lines_of(BEIBEI)[amount.place.line - 1].strip() == amount.printed == "16.95"
    )
    (finding,) = fresh(read_spoilt(BEIBEI, alone, ",."), BEIBEI)
    assert finding.rule == "damaged-number"
    assert alone.place.line in finding.lines


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG, QIJIANG_DATA, TONGCHUAN])
@settings(max_examples=6, phases=PHASES)
@given(data=st.data())
def test_a_spoilt_number_is_found_and_only_where_it_counts(name: str, data: st.DataObject) -> None:
    amount = data.draw(st.sampled_from(proved_amounts(name)))
    spoil = data.draw(st.sampled_from([other_digit, moved_point, in_yuan, lost_digits]))
    spoilt = spoil(amount.printed, data.draw(st.integers(0, 5)))
    found = fresh(read_spoilt(name, amount, spoilt), name)
    line = amount.place.line
    assert found
    assert all(line in f.lines for f in found if f.rule not in CONSEQUENCES)
    for finding in found:
        told = EXPLAINED.search(finding.message_zh)
        if told is not None:
            assert (int(told["line"]), told["printed"]) == (line, spoilt)
            # The sums are printed to the cent: they give the value back to within their rounding.
            assert abs(plain(told["meant"]) - plain(amount.printed)) <= Decimal("0.05")


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG, QIJIANG_DATA, TONGCHUAN])
@settings(max_examples=3, phases=PHASES)
@given(data=st.data())
def test_a_number_printed_in_another_way_is_found_nothing_of(
    name: str, data: st.DataObject
) -> None:
    amount = data.draw(st.sampled_from(proved_amounts(name)))
    value = plain(amount.printed)
    same = f"{value:.2f}" if "," in amount.printed else f"{value:,.2f}"
    assert not fresh(read_spoilt(name, amount, same), name)


@pytest.mark.parametrize("line", [30, 34, 37, 43, 59, 67, 85, 93, 119])
def test_a_row_left_out_is_missed_by_its_class(line: int, tmp_path: Path) -> None:
    """Each is a leaf of 綦江's tables by function or by economic class."""
    code = lines_of(QIJIANG)[line - 1].partition("\t")[0]
    found = fresh(read_without(QIJIANG, line, line, tmp_path), QIJIANG)
    assert {"tree-sum"} <= {f.rule for f in found} <= {"tree-sum", "cube-total", "frontier-kept"}
    for finding in found:
        if finding.rule == "tree-sum":
            above = lines_of(QIJIANG)[finding.place.line - 1]
            assert code.startswith(above.partition("\t")[0])
