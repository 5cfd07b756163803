"""A filing: one disclosure of one department or unit for one year and kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from fiscograph.budget.name_key import name_key


class FilingKind(Enum):
    """The kind of a filing, as the filing calls itself."""

    DEPARTMENT_BUDGET = "department-budget"
    UNIT_BUDGET = "unit-budget"
    DEPARTMENT_FINAL = "department-final"
    UNIT_FINAL = "unit-final"

    @property
    def is_final(self) -> bool:
        return self in {FilingKind.DEPARTMENT_FINAL, FilingKind.UNIT_FINAL}


class BudgetPhase(Enum):
    """The phase that an amount belongs to; the values are OpenBudgets' notations."""

    APPROVED = "approved"
    EXECUTED = "executed"


_ID = re.compile(
    r"(?P<region>\d{6})-(?P<body>.+)-(?P<year>\d{4})-"
    r"(?P<kind>department-budget|unit-budget|department-final|unit-final)\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FilingId:
    """The key of a filing: ``{region}-{budget code, else name key}-{year}-{kind}``."""

    region: str
    body: str
    year: int
    kind: str

    def __str__(self) -> str:
        return f"{self.region}-{self.body}-{self.year}-{self.kind}"

    @classmethod
    def parse(cls, text: str) -> FilingId:
        """Read a declared id.

        Raises:
            ValueError: the text is not of the form above.
        """
        match = _ID.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{text!r} is no filing id: expected REGION-CODE-YEAR-KIND, "
                "for instance 500152-426-2023-department-budget"
            )
        return cls(
            region=match["region"],
            body=name_key(match["body"]),
            year=int(match["year"]),
            kind=match["kind"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a filing. ``sha256`` is hexadecimal; ``encoding`` is what the file was read as."""

    name: str
    sha256: str
    size: int
    encoding: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Who disclosed what, as read from the filing and declared beside it.

    ``region`` is a GB/T 2260 code; ``body_code`` the budget code of the department or unit, where
    one is printed; ``department`` the longest printed name of the discloser.
    """

    id: FilingId
    title: str
    region: str
    department: str
    body_code: str | None
    year: int
    kind: FilingKind
    sources: tuple[SourceFile, ...]
    id_declared: bool

    @property
    def phase(self) -> BudgetPhase:
        return BudgetPhase.EXECUTED if self.kind.is_final else BudgetPhase.APPROVED
