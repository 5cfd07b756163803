"""Codes as rows print them: whole, in parts, in brackets, glued to their label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fiscograph.forms.labels import is_code
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line

_GLUED = re.compile(
    r"[\[【〔(]?(?P<code>\d{3,9})[\]】〕)]?\s*[-—_]?\s*(?P<label>(?=[\u3400-\u9fff])\S.*)"
)
_BRACKETED = re.compile(r"[\[【〔(](?P<code>\d{3,9})[\]】〕)]")
_PIECE = re.compile(r"[23]\d{1,7}")
_PARTS = 4


def code_and_label(cell: Cell, scheme: str | None) -> tuple[Cell, ...]:
    """A cell that prints a code together with its label, in two; any other as it is.

    ``[208]社会保障和就业支出`` and ``2080501行政单位离退休`` print both, ``[208]`` the code alone.
    """
    match = _GLUED.fullmatch(cell.text) or _BRACKETED.fullmatch(cell.text)
    if match is None or not is_code(match["code"], scheme):
        return (cell,)
    names = ("code", "label") if "label" in match.groupdict() else ("code",)
    return tuple(_part(cell, match, name) for name in names)


def _part(cell: Cell, match: re.Match[str], name: str) -> Cell:
    start = cell.span.start + match.start(name)
    end = cell.span.start + match.end(name) - 1
    return Cell(text=match[name], span=Span(line=cell.span.line, start=start, end=end))


def with_codes_apart(line: Line, scheme: str | None) -> Line:
    """A line whose codes are cells of their own."""
    cells = tuple(part for cell in line.cells for part in code_and_label(cell, scheme))
    return (
        line
        if len(cells) == len(line.cells) and cells == line.cells
        else replace(line, cells=cells)
    )


def with_codes_whole(lines: Sequence[Line], scheme: str | None) -> list[Line]:
    """Lines whose codes stand whole before their label, where a narrow cell broke them in two.

    ``2050 | 学前教育 | 12.00`` and ``201`` on the next line print 2050201. The cell of the second
    piece stands beside that of the first as the code once more, so that neither place is lost. Only
    what begins its line, is no code alone and is one together with what begins the next is joined.
    """
    found: list[Line] = []
    pending = list(lines)
    while pending:
        line = pending.pop(0)
        following = pending[0] if pending else None
        code = _broken_code(line, following, scheme)
        if code and following is not None:
            first, rest = line.words[0], following.words[0]
            whole = (replace(first, text=code), replace(rest, text=code), *line.words[1:])
            left = following.words[1:]
            if not _prints_number(line.words[1:]):
                # The label is printed around the line of its numbers: both lines are one row.
                whole, left = (*whole, *left), ()
            line = replace(line, cells=whole)
            pending[:1] = [replace(following, cells=left)] if left else []
        found.append(line)
    return found


def _broken_code(line: Line, following: Line | None, scheme: str | None) -> str:
    """The code that begins a line and goes on as the first word of the next; empty if none does."""
    if following is None or line.drawn or len(line.words) < 2 or not following.words:
        return ""
    first, rest = line.words[0].text, following.words[0].text
    if not (_PIECE.fullmatch(first) and rest.isdigit()) or is_code(first, scheme):
        return ""
    both = _prints_number(line.words[1:]) and _prints_number(following.words[1:])
    labelled = line.words[1].number is None
    return first + rest if labelled and not both and is_code(first + rest, scheme) else ""


def _prints_number(cells: Sequence[Cell]) -> bool:
    return any(cell.number is not None for cell in cells)


def leading_code(text: Sequence[Cell], scheme: str | None) -> tuple[str, int]:
    """The code that a row begins with, and in how many cells it is printed (类, 款, 项 apart).

    A part of one digit is one whose nought a spreadsheet dropped: 301 | 2 is 30102.
    """
    if not text or not is_code(text[0].text, scheme):
        return "", 0
    code, parts = text[0].text, 1
    while len(text[0].text) == 3 and parts < min(len(text), _PARTS):
        piece = text[parts].text
        if not (piece.isdigit() and len(piece) <= 2) or piece == "0":
            break
        code, parts = code + piece.zfill(2), parts + 1
    return code, parts
