"""The filing's own faults are data: whatever it prints, our graph of it conforms."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import QIJIANG_DATA, text_of, written

from fiscograph.budget import Outcome
from fiscograph.pipeline import Unit, unit_of_work

BASE = "https://fiscograph.example/"


def unit(folder: Path, was: str, now: str) -> Unit:
    text = text_of(QIJIANG_DATA)
    assert was in text
    return unit_of_work(written(folder, text.replace(was, now, 1), QIJIANG_DATA), BASE)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("合计  62.71 53.41 9.30", "合计  72.71 53.41 9.30"),
        ("收入总计 71.20 支出总计 71.20", "收入总计 71.20 支出总计 91.20"),
        ("本年收入合计 68.60", "本年收入合计 168.60"),
    ],
)
def test_a_sum_that_fails_is_a_finding_and_no_violation(was: str, now: str, tmp_path: Path) -> None:
    changed = unit(tmp_path, was, now)
    assert changed.violations == ()
    assert any(check.outcome is Outcome.FAILS for check in changed.facts.checks)
    assert changed.facts.findings
