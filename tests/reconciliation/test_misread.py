"""A table that was not read accuses no filing."""

from __future__ import annotations

from pathlib import Path

from tests.golden.disclosed import QIJIANG, TONGNAN, facts_of, lines_of, written

from fiscograph.budget import Outcome, Severity
from fiscograph.pipeline import read_filing


def test_a_table_whose_cells_stand_one_a_line_is_not_checkable(tmp_path: Path) -> None:
    """As text is taken from some files: 类, 款 and 项 each on a line, then name and amounts."""
    lines = [*lines_of(QIJIANG)]
    lines[26] = "科目编码\n\n类\n\n款\n\n项\n\n科目名称\n\n合计\n\n基本支出\n\n项目支出"
    for at in range(27, 47):
        code, *cells = lines[at].split("\t")
        parts = [code[:3], code[3:5], code[5:], *cells]
        lines[at] = "\n\n".join(part for part in parts if part)
    facts = read_filing(written(tmp_path, "\n".join(lines), QIJIANG))
    assert not [f for f in facts.findings if f.severity is Severity.ERROR]


def test_a_table_of_which_one_row_fails_stays_checkable() -> None:
    """Three sums of 潼南's list fail among more than a hundred."""
    failed = {c.terms[0].line for c in facts_of(TONGNAN).checks if c.outcome is Outcome.FAILS}
    assert {1187, 1630, 1666} <= failed
