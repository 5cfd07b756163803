"""Indicator rows as performance indicators of a project budget or of the whole department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fiscograph.budget import Operator, OperatorBasis, PerformanceIndicator
from fiscograph.forms.schema import SheetWords
from fiscograph.forms.sheets.indicators import IndicatorRow
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
    operator, basis = _operator(row, words)
    return PerformanceIndicator(
        place=Place(source=source, span=row.span),
        project=project,
        level1=row.level1,
        level2=row.level2,
        name=row.name or "（未列名称）",
        operator=operator,
        operator_printed=printed,
        target=row.value.text if row.value is not None else None,
        unit=row.unit.text if row.unit is not None else None,
        weight=row.weight.text if row.weight is not None else None,
        direction=row.direction,
        core=row.core,
        operator_basis=basis,
    )


def _operator(row: IndicatorRow, words: SheetWords) -> tuple[Operator | None, OperatorBasis | None]:
    """The operator of a row, and what told it.

    What recognition made of a sign tells the operator only where the printed direction does not
    contradict it; the direction alone tells it only for a target that is a number.
    """
    printed = row.operator.text if row.operator is not None else ""
    sign = words.operators.get(printed) or words.operators.get(squeeze(printed))
    sign = sign or words.after.get(printed)
    directed = words.directions.get(squeeze(row.direction or ""))
    operator = _OPERATORS.get(sign or "")
    if operator is not None and printed in words.misread:
        contradicted = bool(directed) and directed != operator.value
        return (None, None) if contradicted else (operator, OperatorBasis.MISREAD)
    if operator is not None:
        same = printed == operator.value
        return operator, OperatorBasis.PRINTED if same else OperatorBasis.VARIANT
    if directed and row.value is not None and row.value.text[:1].isdigit():
        return _OPERATORS[directed], OperatorBasis.DIRECTION
    return None, None
