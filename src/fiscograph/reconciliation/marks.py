"""The marks that stand where a number lost its digits or overflowed its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fiscograph.provenance import Span

# A line that begins with ## and goes on is a heading of Markdown, no overflowed cell.
_IN_TABLES = re.compile(r"(?:^(?!#{2,6} +[^\d\s#])|(?<=\s))(?:,\.|#{2,}|\.)(?=\s|$)")
# On a sheet a lone full stop is also a mark of prose.
_ON_SHEETS = re.compile(r"(?:^(?!#{2,6} +[^\d\s#])|(?<=\s))(?:,\.|#{2,})(?=\s|$)")


def damage_marks(
    lines: Sequence[str], numbers: Iterable[int], *, on_sheet: bool = False
) -> list[Span]:
    """The places of ``,.``, ``.`` and ``#####`` in some lines of a source, in reading order.

    Args:
        lines: all lines of the source.
        numbers: the numbers of the lines to look at, from 1.
        on_sheet: whether the lines are those of a sheet, on which prose is printed too.
    """
    pattern = _ON_SHEETS if on_sheet else _IN_TABLES
    return [
        Span(line=number, start=match.start() + 1, end=match.end())
        for number in sorted(numbers)
        for match in pattern.finditer(lines[number - 1])
    ]
