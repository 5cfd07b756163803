"""The program against facts that were read by hand from the disclosed filings.

The tables beside this file were typed from the filings' text alone, never from what the program
makes of it. ``certain`` means that an identity, a drawn boundary, the plain order or the filing's
own words force the column (``why`` says which); ``open`` that the filing leaves it open, and then
``column`` is only the likeliest reading.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.golden.disclosed import NAMES, facts_of, lines_of

from fiscograph.budget import Placement, PrintedAmount

HERE = Path(__file__).parent
CLAIMED = (Placement.PRINTED, Placement.PROVED)
SIDES = {"收入": "income/", "支出": "expenditure/"}
TWO_SIDED = ("appropriation-balance", "department-balance")

Row = dict[str, str]


@cache
def evidence(table: str, name: str) -> tuple[Row, ...]:
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(row for row in csv.DictReader(handle) if row["file"] == f"{name}.txt")


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def spot(row: Row) -> tuple[int, int]:
    return int(row["line"]), int(row["start"])


@cache
def amounts_of(name: str) -> dict[tuple[int, int], PrintedAmount]:
    return {(a.place.line, a.place.start): a for a in facts_of(name).printed_amounts}


def column_of(amount: PrintedAmount) -> str:
    side = SIDES.get(amount.column[0], "") if amount.form in TWO_SIDED else ""
    return f"{side}{amount.column_key}"


def told(row: Row) -> tuple[str, str]:
    return row["column"], row["year"] or "2023"


def read(amount: PrintedAmount) -> tuple[str, str]:
    return column_of(amount), str(amount.fiscal_year)


@pytest.mark.parametrize("name", NAMES)
def test_the_evidence_quotes_the_filing(name: str) -> None:
    lines = lines_of(name)
    for row in evidence("printed_amounts", name):
        line, start = spot(row)
        assert lines[line - 1][start - 1 :].startswith(row["printed"]), row


@pytest.mark.parametrize("name", NAMES)
def test_the_amounts_of_the_tables_are_those_read_by_hand_no_more_and_no_fewer(name: str) -> None:
    by_hand = {
        (*spot(row), row["printed"], row["form"]) for row in evidence("printed_amounts", name)
    }
    by_program = {(*at, a.printed, a.form or "") for at, a in amounts_of(name).items()}
    assert by_hand - by_program == set()
    assert by_program - by_hand == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_amount_printed_or_proved_stands_in_another_column(name: str) -> None:
    wrong = [
        (row["line"], row["printed"], told(row), read(amount), amount.placement.value)
        for row in evidence("printed_amounts", name)
        if (amount := amounts_of(name)[spot(row)]).placement in CLAIMED
        and read(amount) != told(row)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_no_amount_that_the_filing_leaves_open_is_proved(name: str) -> None:
    claimed = [
        (row["line"], row["printed"], read(amount), amount.placement.value)
        for row in evidence("printed_amounts", name)
        if row["certainty"] == "open"
        and (amount := amounts_of(name)[spot(row)]).placement in CLAIMED
    ]
    assert claimed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_stands_in_the_row_whose_code_and_label_are_printed(name: str) -> None:
    wrong = [
        (row["line"], row["printed"], row["row_code"], row["row_label"], amount.row_label)
        for row in evidence("printed_amounts", name)
        if ((amount := amounts_of(name)[spot(row)]).row_code or "") != row["row_code"]
        or not squeezed(amount.row_label).endswith(squeezed(row["row_label"]))
    ]
    assert wrong == []


@pytest.mark.xfail(strict=False, reason="placement does not prove yet")
@pytest.mark.parametrize("name", NAMES)
def test_what_the_filing_forces_is_printed_or_proved_and_not_chosen(name: str) -> None:
    unproved = Counter(
        (row["form"], row["why"])
        for row in evidence("printed_amounts", name)
        if row["certainty"] == "certain" and amounts_of(name)[spot(row)].placement not in CLAIMED
    )
    assert unproved == Counter()
    assert [
        (row["line"], row["printed"], told(row))
        for row in evidence("printed_amounts", name)
        if row["certainty"] == "certain" and read(amounts_of(name)[spot(row)]) != told(row)
    ] == []
