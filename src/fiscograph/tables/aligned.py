"""Columns that white space draws: text whose cells stand below each other, as on the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from fiscograph.provenance import Span
from fiscograph.tables.cells import Cell, Line

# Cells of an aligned text stand this many characters apart; words of one cell stand closer.
_APART = 2
# So wide a space before a single cell is no space between words.
_WIDE = 8
# So many cells below each other show whether they are of one column.
_SEVERAL = 3
# The widths of characters that are shown as two columns in a Chinese text.
_TWO_COLUMNS = frozenset("WFA")
# So many choices of headers are compared; no table of any form has more.
_MOST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A leaf of an aligned header: its own words and those above it, the outermost first; where it
    stands, and the line of its own words.
    """

    texts: tuple[str, ...]
    line: int
    start: int
    end: int


def shown(span: Span, text: str) -> Span:
    """A place of a line counted in the columns that its text is shown with: wide characters are two.

    >>> shown(Span(line=1, start=3, end=4), "合计12")
    Span(line=1, start=5, end=6)
    """
    start = span.start + _wide(text[: span.start - 1])
    return replace(span, start=start, end=span.end + _wide(text[: max(span.end, 0)]))


def as_shown(line: Line) -> Line:
    """A line whose places are counted in the columns that it is shown with."""
    text = "".join(char * 2 if _wide(char) else char for char in line.text)
    cells = tuple(replace(cell, span=shown(cell.span, line.text)) for cell in line.cells)
    return replace(line, text=text, cells=cells)


def _wide(text: str) -> int:
    return sum(unicodedata.east_asian_width(char) in _TWO_COLUMNS for char in text)


def is_aligned(
    lines: Sequence[Line],
    rows: Sequence[Sequence[Span]],
    found: Sequence[tuple[int, int]],
) -> bool:
    """Whether white space sets the cells of rows apart, and in columns.

    A text that lost its columns prints one width of space between all cells. Where a column has
    several cells, their beginnings, ends or middles stand below each other.

    Args:
        lines: the lines that print the rows.
        rows: the places of each row's cells.
        found: the columns that the cells stand in.
    """
    text_of = {line.number: line.text for line in lines}
    spans = [span for row in rows for span in row if span.line in text_of]
    gaps = [_gap(text_of[span.line][: span.start - 1]) for span in spans]
    apart = sum(gap >= _APART for gap in gaps)
    if not gaps or apart * 10 < len(gaps) * 9 or (len(set(gaps)) == 1 and min(gaps) < _WIDE):
        return False
    columns: list[list[Span]] = [[] for _ in found]
    for span in spans:
        columns[cluster_of(span, found)].append(span)
    return all(_is_straight(column) for column in columns)


def _gap(before: str) -> int:
    """The white space before a cell; what begins its line is set apart."""
    return len(before) - len(before.rstrip()) if before.strip() else max(len(before), _WIDE)


def _is_straight(column: Sequence[Span]) -> bool:
    """Whether most cells of a column begin, end or have their middle below each other."""
    if len(column) < _SEVERAL:
        return True
    edges = (
        [2 * span.start for span in column],
        [2 * span.end for span in column],
        [span.start + span.end for span in column],
    )
    return any(
        sum(abs(place - sorted(places)[len(places) // 2]) <= 2 * _APART for place in places) * 5
        >= len(places) * 4
        for places in edges
    )


def clusters(rows: Sequence[Sequence[Span]]) -> tuple[tuple[int, int], ...] | None:
    """The columns that the cells of rows stand in: intervals of characters, left to right.

    Cells that stand below each other, however far, are of one column. None where two cells of one
    row would be: then the text does not draw its columns.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for row in rows for span in row):
        if merged and start < merged[-1][1] + _APART:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for row in rows:
        places = [cluster_of(span, merged) for span in row]
        if len(places) != len(set(places)):
            return None
    return tuple(merged)


def cluster_of(span: Span, found: Sequence[tuple[int, int]]) -> int:
    """The index of the interval that a cell stands in."""
    return next(at for at, (start, end) in enumerate(found) if start <= span.start <= end)


def nearest(found: Sequence[tuple[int, int]], stacks: Sequence[Stack]) -> tuple[int, ...] | None:
    """For each interval the header that it stands under; None unless all are sure.

    Intervals stand under headers in their order, each under the one whose middle is nearest: where
    any other choice differs, its distances are larger by half.
    """
    if not found or comb(len(stacks), len(found)) > _MOST or len(stacks) < len(found):
        return None
    away = [
        [abs(start + end - stack.start - stack.end) for stack in stacks] for start, end in found
    ]
    ways = list(combinations(range(len(stacks)), len(found)))
    best = min(ways, key=lambda way: sum(row[at] for row, at in zip(away, way, strict=True)))
    for way in ways:
        own = sum(row[at] for row, at, other in zip(away, best, way, strict=True) if at != other)
        its = sum(row[at] for row, at, other in zip(away, way, best, strict=True) if at != other)
        if way != best and own * 3 > its * 2:
            return None
    return best


def stacks_of(lines: Sequence[Line]) -> tuple[Stack, ...]:
    """The leaves of an aligned header, left to right: words with no word of a lower line below them."""
    rows = [_words(line) for line in lines]
    found = []
    for depth, row in enumerate(rows):
        for word in row:
            if any(_overlap(word, other) > 0 for below in rows[depth + 1 :] for other in below):
                continue
            above = []
            for upper in rows[:depth]:
                over = max(upper, key=lambda other: _overlap(word, other), default=None)
                if over is not None and _overlap(word, over) > 0:
                    above.append(over.squeezed)
            found.append(
                Stack(
                    texts=(*above, word.squeezed),
                    line=word.span.line,
                    start=word.span.start,
                    end=word.span.end,
                )
            )
    return tuple(sorted(found, key=lambda stack: stack.start))


def _overlap(one: Cell, other: Cell) -> int:
    return min(one.span.end, other.span.end) - max(one.span.start, other.span.start) + 1


def _words(line: Line) -> list[Cell]:
    """The words of a line; a word that is spaced out character by character is one."""
    words: list[Cell] = []
    for cell in line.words:
        last = words[-1] if words else None
        close = last is not None and cell.span.start - last.span.end <= _APART + 1
        if last is not None and close and len(cell.text) == 1 == len(last.text.split()[-1]):
            span = Span(line=cell.span.line, start=last.span.start, end=cell.span.end)
            words[-1] = Cell(text=f"{last.text} {cell.text}", span=span)
        else:
            words.append(cell)
    return words
