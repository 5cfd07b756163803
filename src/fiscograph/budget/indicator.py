"""Performance indicators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fiscograph.provenance import Place


class Operator(Enum):
    """How an indicator's value is to be compared with its target."""

    EQUAL = "="
    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"
    QUALITATIVE = "定性"


class OperatorBasis(Enum):
    """What told an indicator's operator, from the surest to the least sure."""

    PRINTED = "printed"
    VARIANT = "variant"
    MISREAD = "misread"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceIndicator:
    """One row of a target sheet, as printed.

    ``project`` is the key of the project budget that it belongs to, None for the targets of the
    whole department. ``place`` is that of the target, else of the weight, else of the name.
    ``target``, ``unit`` and ``weight`` are printed text; ``operator_printed`` is the raw sign.
    ``operator_basis`` says what told the operator: the sign itself, a typographic form or a word
    for it (≧, 不低于), what optical recognition made of it (€ for ≤), or, where no sign that is
    known is printed, the direction (正向指标); None where there is no operator.
    """

    place: Place
    project: str | None
    level1: str | None
    level2: str | None
    name: str
    operator: Operator | None
    operator_printed: str | None
    target: str | None
    unit: str | None
    weight: str | None
    direction: str | None
    core: str | None
    operator_basis: OperatorBasis | None = None
