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


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceIndicator:
    """One row of a target sheet, as printed.

    ``project`` is the key of the project budget that it belongs to, None for the targets of the
    whole department. ``place`` is that of the target, else of the weight, else of the name.
    ``target``, ``unit`` and ``weight`` are printed text; ``operator_printed`` is the raw sign.
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
