"""Printed texts whose characters can be led back to their places."""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.budget import TextField
from fiscograph.provenance import Place, Span
from fiscograph.tables import Cell


def text_field(field: str, cells: Sequence[Cell], source: str) -> TextField:
    """Cells joined without anything between them, each with its place."""
    return TextField(
        field=field,
        text="".join(cell.text for cell in cells),
        parts=tuple(Place(source=source, span=cell.span) for cell in cells),
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


def place_of(text: TextField, start: int, end: int) -> Place:
    """The place of the characters ``start`` to ``end`` (from 0, exclusive), up to its line's end."""
    first = place_at(text, start)
    last = min(first.end, first.start + end - start - 1)
    return Place(source=first.source, span=Span(line=first.line, start=first.start, end=last))


def printed_at(lines: Sequence[str], place: Place) -> str:
    """The characters that stand at a place."""
    return lines[place.line - 1][place.start - 1 : place.end]
