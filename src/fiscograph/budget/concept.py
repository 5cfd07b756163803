"""Classification concepts: what the codes and labels of a budget stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Scheme(Enum):
    """One edition-free concept scheme per dimension; the values stand in IRIs and CSV."""

    FUNCTION = "function"
    ECONOMIC = "departmental-economic"
    GOVERNMENT_ECONOMIC = "government-economic"
    REVENUE_SOURCE = "revenue-source"
    FUND = "fund"
    SPENDING_TYPE = "spending-type"
    PROJECT_TYPE = "project-type"
    INDICATOR_LEVEL = "indicator-level"
    PROCUREMENT = "procurement"
    THREE_PUBLIC = "three-public"
    PHASE = "budget-phase"
    OPERATION = "operation-character"

    @property
    def has_editions(self) -> bool:
        return self in {Scheme.FUNCTION, Scheme.ECONOMIC, Scheme.GOVERNMENT_ECONOMIC}


NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ConceptKey:
    """``edition`` is the fiscal year of the 科目, for the schemes that have editions."""

    scheme: str
    edition: int | None
    notation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept in use. ``labels`` are the Chinese names printed for it or listed for it, the
    preferred one first; ``support`` says how well it is supported (``printed``, ``listed``,
    ``local``, ``rule``); ``parent`` is the notation of the next broader concept, if there is one.
    """

    key: ConceptKey
    labels: tuple[str, ...]
    label_en: str | None
    parent: str | None
    support: str
