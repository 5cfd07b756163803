"""The report of ``fiscograph check --html``: one page that stands on its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fiscograph import reports
from fiscograph.budget import FilingFacts
from fiscograph.errors import UsageError
from fiscograph.terminal.page import ReportUnwritable, write_whole


def require_writable(out: Path, filings: Sequence[Path]) -> None:
    """Refuse, before anything is read, a report that has no place to go.

    Raises:
        UsageError: there is more than one filing for the one page.
        ReportUnwritable: its folder is missing or closed, or it would replace a filing.
    """
    if len(filings) != 1:
        raise UsageError(f"--html {out}: one filing a report, {len(filings)} are given")
    if out.is_dir():
        raise ReportUnwritable(out, "it is a folder")
    if not out.parent.is_dir():
        raise ReportUnwritable(out, f"there is no folder {out.parent}")
    if out.exists() and any(out.samefile(path) for path in filings):
        raise ReportUnwritable(out, "it is the filing itself")


def write(facts: FilingFacts, lines: Sequence[str], out: Path) -> None:
    """Write the report; it appears under its name only when it is whole.

    Raises:
        ReportUnwritable: the file cannot be written there.
    """
    write_whole(reports.page(facts, lines), out)
