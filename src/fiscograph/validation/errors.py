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


class QueryUnusable(FiscographError):
    """A SPARQL constraint that cannot be asked.

    Args:
        shape: the IRI of its shape.
        reason: what is wrong, in one clause.
    """

    def __init__(self, shape: str, reason: str) -> None:
        super().__init__(shape, reason)
        self.shape = shape
        self.reason = reason

    def __str__(self) -> str:
        return f"the SPARQL constraint of {self.shape} cannot be used: {self.reason}"


class GraphUnreadable(FiscographError):
    """A file that holds no graph which can be read: nothing was checked.

    Args:
        file: its name as given.
        reason: what is wrong, in one clause.
        line: the line (from 1) where it shows, if the reader says so.
    """

    def __init__(self, file: str, reason: str, *, line: int | None = None) -> None:
        super().__init__(file, reason, line)
        self.file = file
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.reason}"


class NothingToCheck(FiscographError):
    """A graph that no shape speaks of: it neither conforms nor fails.

    Args:
        files: what was read.
        triples: how many triples it holds.
        hint: what may be the reason, in one clause.
    """

    def __init__(self, files: str, triples: int, hint: str) -> None:
        super().__init__(files, triples, hint)
        self.files = files
        self.triples = triples
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.files}: nothing was checked, no shape speaks of its {self.triples} triples ({self.hint})"
