"""Units that slipped, and checks that tell nothing because a column or a digit is lost."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    lines_of,
    written,
)
from tests.reconciliation.readings import fresh, read_changed

from fiscograph.budget import Outcome
from fiscograph.pipeline import read_filing


@pytest.mark.parametrize("name", NAMES)
def test_no_disclosed_filing_has_a_slipped_unit(name: str) -> None:
    """綦江 prints 元 in its sheets and 万元 in its tables: 712,076.92 is 71.20."""
    assert not [f for f in facts_of(name).findings if f.rule == "unit-slip"]


@pytest.mark.parametrize(
    ("name", "line", "title"),
    [(BEIBEI, 324, 396), (BEIBEI, 412, 486), (BEIBEI, 681, 749), (TONGNAN, 995, 996)],
)
def test_a_table_in_ten_thousands_that_says_yuan_is_told_once(
    name: str, line: int, title: int, tmp_path: Path
) -> None:
    """``单位：元`` above a table whose numbers are in 万元."""
    line = next(
        n for n in range(line - 2, line + 5) if lines_of(name)[n - 1].startswith("单位：万元")
    )
    found = fresh(read_changed(name, {line: ("万元", "元")}, tmp_path), name)
    (slip,) = [f for f in found if f.rule == "unit-slip"]
    assert (slip.place.line, slip.printed, slip.expected) == (title, "元", "万元")
    assert "一万倍" in slip.message_zh
    assert {f.rule for f in found} <= {
        "unit-slip",
        "frontier-kept",
        "cube-total",
        "contested-row",
    }


def test_one_code_is_the_same_in_every_table_of_one_total(tmp_path: Path) -> None:
    """2080101 行政运行 stands in 表二, 表七 and 表八 of 北碚."""
    known = [c for c in facts_of(BEIBEI).checks if c.rule == "code-across-tables"]
    assert len(known) > 50
    assert {c.outcome for c in known} == {Outcome.HOLDS}
    facts = read_changed(BEIBEI, {584: ("79.05 79.05", "97.05 97.05")}, tmp_path)
    (finding,) = [f for f in facts.findings if f.rule == "code-across-tables"]
    assert set(finding.lines) == {342, 584}


def test_funds_of_different_scope_are_not_compared() -> None:
    """The general public table of 綦江 totals 2,964.17, its department 3,094.17."""
    assert not [c for c in facts_of(QIJIANG).checks if c.rule == "code-across-tables"]


def test_nothing_fails_that_rests_on_a_column_with_rivals() -> None:
    """The list of 潼南 leaves three sub-columns open: their sums tell nothing."""
    facts = facts_of(TONGNAN)
    loose = {amount.place for amount in facts.printed_amounts if amount.rivals}
    open_failures = [
        check
        for check in facts.checks
        if check.outcome is Outcome.FAILS and loose & set(check.terms)
    ]
    # ``43.01 430.1 43.01`` closes in none of the columns that its numbers may stand in; 23元 has the
    # digits of 23万元, whatever its column.
    assert {check.terms[0].line for check in open_failures} <= {143, 1666}


@pytest.mark.parametrize(
    ("name", "line", "before"),
    [(QIJIANG, 34, "78.55\t78.55"), (QIJIANG, 16, "130.00"), (TONGCHUAN, 337, "3. 48\t3.48")],
)
def test_a_sum_of_which_a_part_is_lost_does_not_fail(
    name: str, line: int, before: str, tmp_path: Path
) -> None:
    facts = read_changed(name, {line: (before, ",.")}, tmp_path)
    assert {f.rule for f in fresh(facts, name)} == {"damaged-number"}


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("2,793.59 2,138.36", "27,93.59 2,138.36", "malformed-number"),
        ("2,793.59 2,138.36", "2793.59 2138.36", None),
    ],
)
def test_separators_that_do_not_stand_at_thousands_are_told(
    before: str, after: str, rule: str | None, tmp_path: Path
) -> None:
    facts = read_changed(BEIBEI, {338: (before, after)}, tmp_path)
    assert {f.rule for f in facts.findings if f.place.line == 338} >= ({rule} if rule else set())
    if rule is None:
        assert not facts.findings


def test_classes_printed_side_by_side_are_summed_by_their_codes(tmp_path: Path) -> None:
    """A row of 302 printed after the rows of 303: its class sums it all the same."""
    lines = [*lines_of(QIJIANG)]
    row = lines.pop(112)
    assert row.startswith("30299")
    lines.insert(120, row)
    findings = read_filing(written(tmp_path, "\n".join(lines), QIJIANG)).findings
    assert not [f for f in findings if f.rule in {"tree-sum", "code-under-wrong-parent"}]


def test_a_table_printed_in_yuan_under_the_unit_of_the_others_is_told_once(tmp_path: Path) -> None:
    """表八 of 北碚 with 46839600.00 for 4,683.96, still under ``单位：万元``."""
    lines = [*lines_of(BEIBEI)]
    for at in range(684, 760):
        lines[at] = re.sub(
            r"\d[\d,]*\.\d\d",
            lambda match: f"{Decimal(match[0].replace(',', '')) * 10_000:.2f}",
            lines[at],
        )
    findings = read_filing(written(tmp_path, "\n".join(lines), BEIBEI)).findings
    (slip,) = [f for f in findings if f.rule == "unit-slip"]
    assert (slip.place.line, slip.printed, slip.expected) == (749, "万元", "元")
