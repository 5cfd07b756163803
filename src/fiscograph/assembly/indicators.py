"""Indicator rows as performance indicators of a project budget or of the whole department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fiscograph.budget import Operator, PerformanceIndicator
from fiscograph.forms.indicators import IndicatorRow
from fiscograph.forms.schema import SheetWords
from fiscograph.provenance import Place
from fiscograph.tables import squeeze

_OPERATORS = {operator.value: operator for operator in Operator}


def performance_indicators(
    owned: Iterable[tuple[str | None, Sequence[IndicatorRow]]], words: SheetWords, source: str
) -> tuple[PerformanceIndicator, ...]:
    """All indicators in order of their places; ``owned`` pairs a project key with its rows."""
    found = [_indicator(row, project, words, source) for project, rows in owned for row in rows]
    unique = {indicator.place: indicator for indicator in found}
    return tuple(unique[place] for place in sorted(unique))


def _indicator(
    row: IndicatorRow, project: str | None, words: SheetWords, source: str
) -> PerformanceIndicator:
    printed = row.operator.text if row.operator is not None else None
    sign = words.operators.get(printed or "") or words.operators.get(squeeze(printed or ""))
    return PerformanceIndicator(
        place=Place(source=source, span=row.span),
        project=project,
        level1=row.level1,
        level2=row.level2,
        name=row.name or "（未列名称）",
        operator=_OPERATORS.get(sign) if sign else None,
        operator_printed=printed,
        target=row.value.text if row.value is not None else None,
        unit=row.unit.text if row.unit is not None else None,
        weight=row.weight.text if row.weight is not None else None,
        direction=row.direction,
        core=row.core,
    )
