"""What stops validation itself; a graph that breaks a shape is no exception but a violation."""

from __future__ import annotations

from pathlib import Path

from fiscograph.errors import FiscographError


class ShapesError(FiscographError):
    """Shapes that cannot be used: nothing was checked.

    Args:
        path: the folder of shapes, or the file in it that is wrong.
        reason: what is wrong, in one clause.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
