"""Findings of the narrative, in sentences that a clerk can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from fiscograph.budget import Finding, IdentityCheck, Outcome, Severity, canonical_decimal
from fiscograph.provenance import Place
from fiscograph.reconciliation.narrative.numbers import Number

_SHIFTS = tuple(Decimal(10) ** power for power in (-8, -4, -3, 3, 4, 8))
_RULES = {
    "prose-share": ("按该项金额与总额计算为 {right}", "its part of the whole is {right}"),
    "prose-growth": ("按所述金额计算为 {right}", "by the amounts told it is {right}"),
    "prose-change": ("按两年金额相减为 {right}", "the two years differ by {right}"),
    "prose-change-parts": (
        "按基本支出、项目支出的增减相加为 {right}",
        "its parts change by {right}",
    ),
    "prose-parts": ("其中各项合计为 {right}", "the parts that it lists sum to {right}"),
    "prose-product": ("按算式计算为 {right}", "its own calculation gives {right}"),
    "prose-table": ("表中为 {right}", "in the table it is {right}"),
}


def findings_of_text(
    checks: Iterable[IdentityCheck], numbers: Mapping[str, Number]
) -> Iterator[Finding]:
    """A finding for each check that fails; ``numbers`` are by the locators of their places."""
    for check in checks:
        number = numbers.get(check.key)
        if check.outcome is Outcome.FAILS and number is not None and check.right is not None:
            yield _slip(check, number) if _is_slip(check) else _finding(check, number)


def _is_slip(check: IdentityCheck) -> bool:
    """Whether another unit of money would make both sides one."""
    if check.rule != "prose-table" or not check.left or not check.right:
        return False
    return any(check.left * shift == check.right for shift in _SHIFTS)


def _slip(check: IdentityCheck, number: Number) -> Finding:
    right = check.right or Decimal(0)
    told = _in(right, Decimal(10_000), "万元")
    rows = _rows(check.terms[1:])
    return Finding(
        rule="prose-unit",
        severity=Severity.ERROR,
        place=number.place,
        message_zh=(
            f"第{number.place.line}行 {check.label}：文字印作 {number.printed}，"
            f"表中为 {told}（第{rows}行），金额单位有误。"
        ),
        message_en=(
            f"Line {number.place.line}, {check.label}: the text prints {number.printed}, the table "
            f"{told} (line {rows}); the unit of money is wrong."
        ),
        printed=number.printed,
        expected=told,
        about=check.terms[1:],
    )


def _finding(check: IdentityCheck, number: Number) -> Finding:
    right = check.right if check.right is not None else Decimal(0)
    expected = _in(right, number.scale, number.unit or "")
    if number.unit == "%":
        expected = f"{canonical_decimal(right.quantize(Decimal('0.01')))}%"
    zh, en = (text.format(right=expected) for text in _RULES[check.rule])
    rows = _rows(check.terms[1:])
    return Finding(
        rule=check.rule,
        severity=Severity.ERROR,
        place=number.place,
        message_zh=(
            f"第{number.place.line}行 {check.label}：文字印作 {number.printed}，{zh}（第{rows}行）。"
        ),
        message_en=(
            f"Line {number.place.line}, {check.label}: {number.printed} is printed, {en} "
            f"(line {rows})."
        ),
        printed=number.printed,
        expected=expected,
        about=check.terms[1:],
    )


def _in(value: Decimal, scale: Decimal, unit: str) -> str:
    return f"{canonical_decimal(value / scale)}{unit}"


def _rows(places: Iterable[Place]) -> str:
    return "、".join(map(str, sorted({place.line for place in places})))
