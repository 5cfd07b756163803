"""The table of statements: what the numbers of running text tell."""

from __future__ import annotations

from collections.abc import Iterator

from fiscograph.release.tables.directory import Directory
from fiscograph.release.tables.table import Row, table


def _statements(directory: Directory) -> Iterator[Row]:
    for facts in directory.facts:
        for one in facts.statements:
            yield {
                "statement": directory.path(directory.ids.statement(one.place)),
                "filing": directory.filing(facts),
                "line": one.place.line,
                "start": one.place.start,
                "about": one.path,
                "value": one.value,
                "unit": one.unit,
                "year": one.year,
            }


STATEMENTS = table("statements", _statements)
