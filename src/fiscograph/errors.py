"""Exceptions that stop work: each carries its objects and makes its message in one place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial


class FiscographError(Exception):
    """The base of all errors that a user can act on; ``str()`` is one line."""


class FilingError(FiscographError):
    """A filing that cannot be read at all.

    Args:
        file: the file's name as given by the user.
        reason: what is wrong, in one clause.
        line: the line (from 1) where it shows, if there is one.
        way_out: what the user can do.
    """

    def __init__(
        self, file: str, reason: str, *, line: int | None = None, way_out: str = ""
    ) -> None:
        super().__init__(file, reason, line, way_out)
        self.file = file
        self.reason = reason
        self.line = line
        self.way_out = way_out

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        """Survives the way back from a worker process, keyword arguments and all."""
        made = partial(FilingError, line=self.line, way_out=self.way_out)
        return made, (self.file, self.reason)

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.reason}" + (f" ({self.way_out})" if self.way_out else "")


class FilingErrors(FiscographError):
    """Several filings that cannot be read.

    Args:
        errors: what is wrong with each, in the order of their names.
    """

    def __init__(self, errors: Sequence[FilingError]) -> None:
        super().__init__(errors)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "; ".join(str(error) for error in self.errors)


class UsageError(FiscographError):
    """Wrong use of a command or setting; exit code 2."""


class FileTroubleError(UsageError):
    """A file, or the output, that the system does not let us read or write."""
