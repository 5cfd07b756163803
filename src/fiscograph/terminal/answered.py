"""The page of ``fiscograph query``: solutions as a table, everything else as it comes."""

from __future__ import annotations

import csv
import io
import json
import sys

from fiscograph.queries import QueryResult, SolutionFormat
from fiscograph.terminal.console import plain_table, results

_MOST_ROWS = 500


def show(result: QueryResult, form: str) -> None:
    """Print the result of a query: solutions asked for as ``table`` for people, others raw."""
    if form != "table" or result.media_type != SolutionFormat.CSV.value:
        _raw(result.body)
        return
    header, *rows = csv.reader(io.StringIO(result.body.decode()))
    table = plain_table(*header)
    for row in rows[:_MOST_ROWS]:
        table.add_row(*row)
    out = results()
    out.print(table)
    cut = f"，只显示前 {_MOST_ROWS} 行 / first {_MOST_ROWS} shown (--format csv gives all)"
    out.print(f"{len(rows):,} 行 / rows" + (cut if len(rows) > _MOST_ROWS else ""))


def _raw(body: bytes) -> None:
    """Write a result as it is, with a line end."""
    text = body.decode()
    if text.startswith("{"):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
