"""Another district, department or unit printed in a filing changes names and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    text_of,
    written,
)

from fiscograph.budget import Cube, FilingFacts
from fiscograph.pipeline import read_filing


def figures(facts: FilingFacts) -> dict[str, object]:
    """Everything that no name should change."""
    sums = {cube.value: sum(a.amount for a in facts.allocations if a.cube is cube) for cube in Cube}
    return {
        "sums": sums,
        "allocations": len(facts.allocations),
        "projects": [(p.code, p.amount and p.amount.yuan, len(p.lines)) for p in facts.projects],
        "indicators": [(i.place.line, i.target, i.weight) for i in facts.indicators],
        "amounts": [
            (a.place.line, a.place.end - a.place.start, a.amount, a.column_key, a.placement)
            for a in facts.printed_amounts
        ],
        "checks": [(c.rule, c.outcome) for c in facts.checks],
        "findings": [(f.rule, f.place.line) for f in facts.findings if f.rule != "declared-id"],
        "bins": [row.bin for row in facts.ledger],
        "organizations": [(o.code, o.role) for o in facts.organizations],
    }


def read_with(name: str, changes: dict[str, str], folder: Path) -> FilingFacts:
    text = text_of(name)
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return read_filing(written(folder, text, name))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (BEIBEI, {"北碚区": "永川区"}),
        (BEIBEI, {"北碚区社会保险事务中心": "北碚区退役军人服务中心"}),
        (BEIBEI, {"重庆市北碚区人力资源和社会保障局": "重庆市北碚区退役军人事务局"}),
        (QIJIANG, {"綦江区": "璧山区"}),
        (QIJIANG, {"綦江区社会保险事务中心": "綦江区图书馆"}),
        (QIJIANG_DATA, {"人力资源和社会保障信息中心": "第一人民医院"}),
        (QIJIANG_DATA, {"212006-": "305011-"}),
        (TONGNAN, {"潼南区": "大足区"}),
        (TONGNAN, {"426-人社局": "311-人社局"}),
        (TONGCHUAN, {"达州市通川区": "成都市武侯区"}),
        (TONGCHUAN, {"189001": "203004"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "→".join(next(iter(value.items()))),
)
def test_names_change_no_figure(name: str, changes: dict[str, str], tmp_path: Path) -> None:
    expected, found = figures(facts_of(name)), figures(read_with(name, changes, tmp_path))
    if any(before[:3].isdigit() for before in changes):
        expected.pop("organizations")
        found.pop("organizations")
    for key, value in expected.items():
        assert found[key] == value, key
