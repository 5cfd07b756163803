"""What was checked, and what the filing gets wrong."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fiscograph.provenance import Place


class Outcome(Enum):
    HOLDS = "holds"
    WITHIN_ROUNDING = "within rounding"
    FAILS = "fails"
    NOT_CHECKABLE = "not checkable"


class Severity(Enum):
    """How much a finding touches the figures: the filing's faults, never ours."""

    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityCheck:
    """One accounting identity tried on one filing.

    ``key`` makes it unique within its rule; both sides, their difference and the tolerance are in
    yuan; ``terms`` are the places of the printed amounts, left side first.
    """

    rule: str
    key: str
    outcome: Outcome
    left: Decimal | None
    right: Decimal | None
    tolerance: Decimal | None
    terms: tuple[Place, ...]
    label: str

    @property
    def difference(self) -> Decimal | None:
        if self.left is None or self.right is None:
            return None
        return self.left - self.right

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(sorted({place.line for place in self.terms}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A contradiction or damage in the source; it never edits a value."""

    rule: str
    severity: Severity
    place: Place
    message_zh: str
    message_en: str
    printed: str
    expected: str | None
    about: tuple[Place, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(sorted({place.line for place in (self.place, *self.about)}))
