"""What ``fiscograph diff`` prints and writes."""

from __future__ import annotations

import csv as csv_format
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.text import Text

from fiscograph import resources
from fiscograph.release import Comparison
from fiscograph.release.comparison import Kind
from fiscograph.terminal.compared_view import Changed, view_of
from fiscograph.terminal.console import plain_table, print_json, results
from fiscograph.terminal.page import ReportUnwritable, environment, write_whole

_SIGNS: Mapping[Kind, tuple[str, str]] = {
    Kind.APPEARED: ("+", "green"),
    Kind.VANISHED: ("-", "red"),
    Kind.CHANGED: ("~", "yellow"),
}
_COLUMNS = (
    "table",
    "change",
    "filing",
    "name",
    "column",
    "old",
    "new",
    "old_line",
    "new_line",
)


def require_writable(outs: Sequence[Path]) -> None:
    """Refuse, before anything is read, a file that has no place to go.

    Raises:
        ReportUnwritable: it is a folder, or its folder is missing.
    """
    for out in outs:
        if out.is_dir():
            raise ReportUnwritable(out, "it is a folder")
        if not out.parent.is_dir():
            raise ReportUnwritable(out, f"there is no folder {out.parent}")


def write(found: Comparison, *, html: Path | None, csv: Path | None) -> None:
    """Write the comparison as a page and as a table, where they are asked for.

    Raises:
        ReportUnwritable: a file cannot be written there.
    """
    if html is not None:
        write_whole(page(found), html)
    if csv is not None:
        write_whole(table(found), csv)


def page(found: Comparison) -> str:
    """One page of HTML: no script, no network, the same text for the same two releases."""
    template = environment().get_template("compared.html")
    return template.render(view=view_of(found), version=resources.program_version())


def table(found: Comparison) -> str:
    """A row for each value that differs (CSV, RFC 4180)."""
    out = io.StringIO()
    rows = csv_format.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for one in found.changes:
        for value in one.differences:
            what = (one.table, one.kind.value, one.filing, one.name)
            rows.writerow((*what, value.column, value.old, value.new, one.old_line, one.new_line))
    return out.getvalue()


def show(found: Comparison, *, as_json: bool) -> None:
    """Print how much differs, then what."""
    if as_json:
        print_json(_document(found))
        return
    view, out = view_of(found), results()
    out.print(f"旧 / old: {view.old}\n新 / new: {view.new}")
    for remark in view.remarks:
        out.print(remark)
    if found.same:
        out.print("内容相同 / the same content")
        return
    counts = plain_table(
        "", "新增 appeared", "消失 vanished", "改变 changed", numbers=("新增 appeared",)
    )
    for column in counts.columns[1:]:
        column.justify = "right"
    for count in view.counts:
        counts.add_row(count.words.zh + " " + count.words.en, *map(str, count.numbers))
    out.print(counts)
    for group in view.groups:
        out.print(f"\n{group.title}")
        for one in group.changes:
            _print(one)


def _print(one: Changed) -> None:
    sign, colour = _SIGNS[one.kind]
    where = f"  （{one.where}）" if one.where else ""
    out = results()
    out.print(Text(f"  {sign} {one.words.zh} {one.name}{where}", style=colour), soft_wrap=True)
    for value in one.values:
        text = f"{value.old or '—'} → {value.new or '—'}"
        if one.kind is not Kind.CHANGED:
            text = value.old or value.new
        out.print(Text(f"      {value.words.zh} {value.words.en}: {text}"), soft_wrap=True)


def _document(found: Comparison) -> dict[str, object]:
    return {
        "same": found.same,
        "old": {"identity": found.old.identity, "version": found.old.version},
        "new": {"identity": found.new.identity, "version": found.new.version},
        "counts": {
            table: {kind.value: number for kind, number in numbers.items()}
            for table, numbers in found.counts.items()
        },
        "changes": [
            {
                "table": one.table,
                "change": one.kind.value,
                "filing": one.filing or None,
                "name": one.name,
                "old_line": int(one.old_line) if one.old_line else None,
                "new_line": int(one.new_line) if one.new_line else None,
                "values": [
                    {"column": value.column, "old": value.old, "new": value.new}
                    for value in one.differences
                ],
            }
            for one in found.changes
        ],
    }
