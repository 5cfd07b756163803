"""What can go wrong with an index."""

from __future__ import annotations

from pathlib import Path

from fiscograph.errors import FiscographError


class SearchUnavailable(FiscographError):
    """This machine's SQLite cannot make or read the index.

    Args:
        version: the version of SQLite that Python runs with.
    """

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version

    def __str__(self) -> str:
        return (
            f"SQLite {self.version} of this Python was built without FTS5, which search needs "
            "(use a Python whose sqlite3 has it: python.org, Debian and conda do)"
        )


class IndexUnwritable(FiscographError):
    """The index cannot be written.

    Args:
        path: the file.
        reason: why, in one clause.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: the search index goes here and cannot be written: {self.reason}"
