"""The gate before a release: our graph has to conform, or nothing is published."""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.errors import FiscographError
from fiscograph.validation.report import Violation

_SHOWN = 3


class ViolationsError(FiscographError):
    """Our graph breaks a shape: nothing is released, the old release stays.

    Args:
        file: the filing's file, or the word for the shared graphs.
        violations: what is broken where; the message names the first ones.
    """

    def __init__(self, file: str, violations: Sequence[Violation]) -> None:
        super().__init__(file, tuple(violations))
        self.file = file
        self.violations = tuple(violations)

    def __str__(self) -> str:
        shown = "; ".join(_sentence(violation) for violation in self.violations[:_SHOWN])
        return f"{self.file}: {len(self.violations)} violations, nothing was released: {shown}"


def _sentence(violation: Violation) -> str:
    where = f" (source line {violation.line})" if violation.line else ""
    return (
        f"{violation.focus} breaks {violation.shape}{where}: "
        f"{violation.message_zh} {violation.message_en}"
    )
