"""What every report on one page shares: how it is set, and how it is written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader

from fiscograph import reports
from fiscograph.errors import UsageError
from fiscograph.terminal.console import messages
from fiscograph.terminal.whole import whole


class ReportUnwritable(UsageError):
    """The report cannot be written where it is wanted.

    Args:
        path: where it was to go.
        reason: what is in the way, in one clause.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: the report cannot be written: {self.reason}"


def write_whole(text: str, out: Path) -> None:
    """Write a page; it appears under its name only when it is whole.

    Raises:
        ReportUnwritable: the file cannot be written there.
    """
    data = text.encode("utf-8", "replace")
    try:
        with whole(out) as beside:
            beside.write_bytes(data)
    except OSError as error:
        raise ReportUnwritable(out, error.strerror or str(error)) from error
    messages().print(f"报告已写入 / report written: {out}")


@cache
def environment() -> Environment:
    """The templates of this room, which may use those of the reports."""
    shared = reports.environment()
    loaders = [PackageLoader("fiscograph.terminal"), PackageLoader("fiscograph.reports")]
    return shared.overlay(loader=ChoiceLoader(loaders))
