"""Indicators whose target and unit cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from fiscograph.budget import Finding, Operator, PerformanceIndicator, Severity
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.wording import rows_en, rows_zh
from fiscograph.reconciliation.words import IndicatorWords, load_words
from fiscograph.tables import number_of, squeeze

_WHOLE = Decimal(100)
# A share may be told to stay below more than the whole; it cannot reach it.
_REACHED = frozenset({Operator.EQUAL, Operator.AT_LEAST, Operator.MORE, None})
_Reason = tuple[str, str, str, Severity]


def impossible_indicators(evidence: Evidence) -> Iterator[Finding]:
    """One finding for each fault of one name: a form copied to many projects copies its faults."""
    words = load_words().indicator
    groups: dict[tuple[str, str, str], tuple[_Reason, list[PerformanceIndicator]]] = {}
    for indicator in evidence.facts.indicators:
        for told in _TOLD:
            reason = told(indicator, words)
            if reason is not None:
                key = (reason[0], _bare(indicator.name), _unit(indicator))
                groups.setdefault(key, (reason, []))[1].append(indicator)
    for (rule, zh, en, severity), rows in groups.values():
        first, *others = rows
        lines = [row.place.line for row in rows]
        printed = f"{first.target or ''} {first.unit or ''}".strip()
        yield Finding(
            rule=rule,
            severity=severity,
            place=first.place,
            message_zh=f"{rows_zh(lines, len(lines))} {first.name}：指标值印作“{printed}”，{zh}。",
            message_en=(
                f"{rows_en(lines, len(lines)).capitalize()}, {first.name}: the target is printed "
                f"as {printed!r}; {en}."
            ),
            printed=printed,
            expected=None,
            about=tuple(row.place for row in others),
        )


def _bare(name: str) -> str:
    """A name without what brackets add to it: 服务对象满意度（%）."""
    return squeeze(name).partition("(")[0].rstrip("。:：")


def _unit(indicator: PerformanceIndicator) -> str:
    return squeeze(indicator.unit or "")


def _twice(indicator: PerformanceIndicator, _words: IndicatorWords) -> _Reason | None:
    target, unit = squeeze(indicator.target or ""), _unit(indicator)
    if not unit or number_of(target) is not None or not target.endswith(unit):
        return None
    if number_of(target.removesuffix(unit)) is None:
        return None
    return (
        "indicator-unit-twice",
        f"计量单位 {unit} 印了两次",
        f"its unit {unit} is printed twice",
        Severity.NOTICE,
    )


def _above_whole(indicator: PerformanceIndicator, words: IndicatorWords) -> _Reason | None:
    target = squeeze(indicator.target or "")
    unit = _unit(indicator) or ("%" if target.endswith("%") else "")
    value = number_of(target.removesuffix("%"))
    if unit not in words.percent or value is None or value <= _WHOLE:
        return None
    if indicator.operator not in _REACHED or not _bare(indicator.name).endswith(words.shares):
        return None
    return (
        "indicator-above-whole",
        "这类比率不能超过 100%",
        "a share of this kind cannot exceed 100%",
        Severity.WARNING,
    )


def _unit_of_another(indicator: PerformanceIndicator, words: IndicatorWords) -> _Reason | None:
    """A count in percent or money, a share in persons or money, a sum of money in persons."""
    name, unit = _bare(indicator.name), _unit(indicator)
    if unit in words.mistaken_percent:
        zh, en = (
            f"单位“{unit}”疑为 % 之误",
            f"the unit {unit} seems to be a percent sign misprinted",
        )
    elif name.endswith(words.counts) and unit in words.percent | words.units_of_money:
        zh, en = f"计数的指标不能以 {unit} 计", f"a count cannot be measured in {unit}"
    elif name.endswith(words.shares) and unit in words.units_of_counts | words.units_of_money:
        zh, en = f"比率不能以 {unit} 计", f"a share cannot be measured in {unit}"
    elif name.endswith(words.sums) and unit in words.units_of_counts:
        zh, en = f"金额不能以 {unit} 计", f"a sum of money cannot be measured in {unit}"
    else:
        return None
    return ("indicator-unit", zh, en, Severity.WARNING)


_TOLD: tuple[Callable[[PerformanceIndicator, IndicatorWords], _Reason | None], ...] = (
    _twice,
    _above_whole,
    _unit_of_another,
)
