"""Every rule that a finding can have is named in both languages and explained to a clerk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fiscograph.budget import ConceptKey
from fiscograph.vocabulary.concepts import labels_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("reconciliation", "assembly")
RULES = sorted(
    {
        rule
        for room in ROOMS
        for path in (ROOT / "src/fiscograph" / room).rglob("*.py")
        for rule in re.findall(r'(?:rule=|return \(\n? *)"([a-z]+(?:-[a-z]+)+)"', path.read_text())
        if "Finding" in path.read_text("utf-8")
    }
)


def test_the_rules_are_found_in_the_source() -> None:
    assert len(RULES) >= 20
    assert {"weight-sum", "table-empty", "indicator-unit", "unit-slip"} <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_labels_and_a_line_in_the_reference(rule: str) -> None:
    labels = labels_of(ConceptKey(scheme="rule", edition=None, notation=rule))
    assert labels is not None
    assert labels.zh
    assert labels.en
    page = (ROOT / "docs/reference/findings.md").read_text("utf-8")
    assert f"| `{rule}` |" in page
