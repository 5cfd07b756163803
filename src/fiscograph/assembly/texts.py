"""Printed texts whose characters can be led back to their places."""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.budget import TextField
from fiscograph.provenance import Place, Span
from fiscograph.tables import Cell


def text_field(
    field: str, cells: Sequence[Cell], source: str, kind: str | None = None
) -> TextField:
    """Cells joined without anything between them, each with its place."""
    return TextField(
        field=field,
        text="".join(cell.text for cell in cells),
        parts=tuple(Place(source=source, span=cell.span) for cell in cells),
        kind=kind,
    )


def place_at(text: TextField, start: int) -> Place:
    """The place of the character at ``start`` (from 0) of a text, to the end of its printed part."""
    offset = 0
    for part in text.parts:
        length = part.end - part.start + 1
        if start < offset + length:
            first = part.start + start - offset
            return Place(source=part.source, span=Span(line=part.line, start=first, end=part.end))
        offset += length
    return text.parts[-1]


def passage_of(text: TextField, start: int, end: int, lines: Sequence[str]) -> tuple[Place, str]:
    """Where the characters ``start`` to ``end`` (from 0, exclusive) stand, and as they are printed.

    The place is that of the first line; what goes on in the next lines is printed after it.
    """
    first, last = place_at(text, start), place_at(text, end - 1)
    if last.line == first.line:
        span = Span(line=first.line, start=first.start, end=last.start)
        return Place(source=first.source, span=span), lines[first.line - 1][
            span.start - 1 : span.end
        ]
    head = lines[first.line - 1].rstrip()
    printed = [head[first.start - 1 :]]
    printed.extend(
        lines[part.line - 1][part.start - 1 : part.end]
        for part in text.parts
        if first.line < part.line < last.line
    )
    begin = min(part.start for part in text.parts if part.line == last.line)
    printed.append(lines[last.line - 1][begin - 1 : last.start])
    span = Span(line=first.line, start=first.start, end=len(head))
    return Place(source=first.source, span=span), "".join(printed)
