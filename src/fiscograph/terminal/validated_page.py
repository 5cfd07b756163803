"""The report of ``fiscograph validate --html``: one page that stands on its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fiscograph import resources
from fiscograph.terminal.page import ReportUnwritable, environment, write_whole
from fiscograph.terminal.validated_view import ValidationView, compact
from fiscograph.validation import GraphFile

_SHOWN = 200


def require_writable(out: Path, files: Sequence[GraphFile]) -> None:
    """Refuse, before anything is read, a report that has no place to go.

    Raises:
        ReportUnwritable: its folder is missing or closed, or it would replace a file that is read.
    """
    if out.is_dir():
        raise ReportUnwritable(out, "it is a folder")
    if not out.parent.is_dir():
        raise ReportUnwritable(out, f"there is no folder {out.parent}")
    read = [file.path for file in files if file.path is not None]
    if out.exists() and any(out.samefile(path) for path in read):
        raise ReportUnwritable(out, "it is a file that is to be checked")


def page(view: ValidationView) -> str:
    """The report as HTML: no script, no network, the same text for the same graph."""
    template = environment().get_template("validated.html")
    return template.render(
        view=view, shown=_SHOWN, compact=compact, version=resources.program_version()
    )


def write(view: ValidationView, out: Path) -> None:
    """Write the report; it appears under its name only when it is whole.

    Raises:
        ReportUnwritable: the file cannot be written there.
    """
    write_whole(page(view), out)
