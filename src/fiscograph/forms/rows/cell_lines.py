"""Tables of codes that are printed one cell a line: the cells of a row as one line again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fiscograph.budget import CodeList
from fiscograph.forms.labels import TOTAL_LABELS, is_code, plain_label
from fiscograph.forms.rows.codes import leading_code, with_codes_apart
from fiscograph.forms.rows_read import EMPTY
from fiscograph.forms.schema import Form
from fiscograph.tables import Cell, Line

# Of so many lines in ten each prints one cell.
_MOSTLY = 9
# So many lines and more are a table.
_LEAST = 8
# A row's own number, its body's code and the three parts of its code.
_MOST_DIGITS = 5
# A code of so many digits is that of a class, whose name no other code carries.
_CLASS = 3
_AMOUNT, _DIGITS, _TEXT = "amount", "digits", "text"


def rows_of_cells(form: Form, lines: Sequence[Line], listed: CodeList) -> list[Line]:
    """The lines of a table with the cells of each row on one of them.

    A row goes on until amounts are followed by something else, or a label by a code. Where the cells
    stand in another order, as where columns are printed one after the other, a row would have
    several codes or more amounts than there are headers: then all lines stay as they are.

    Args:
        form: the form; its scheme tells codes.
        lines: the table's lines.
        listed: the classification: a code beside the name of another belongs to another row.
    """
    single = sum(len(line.words) == 1 for line in lines)
    if len(lines) < _LEAST or single * 10 < len(lines) * _MOSTLY or any(li.drawn for li in lines):
        return list(lines)
    apart = [with_codes_apart(line, form.scheme) for line in lines]
    cells = [cell for line in apart for cell in line.words]
    start = _first_row(cells, form)
    if start is None:
        return list(lines)
    end = max(at for at, cell in enumerate(cells) if _kind(cell) == _AMOUNT) + 1
    if any(_kind(cell) != _TEXT for cell in cells[end:]):
        end = len(cells)  # rows without an amount, and no note
    rows = _rows(cells[start:end], form)
    head = {cell.span.line for cell in cells[:start]}
    header = [line for line in lines if line.number in head]
    notes = {cell.span.line for cell in cells[end:]}
    widest = max(sum(_kind(cell) == _AMOUNT for cell in row) for row in rows)
    if widest > sum(len(line.words) for line in header) or not all(
        _is_row(row, form, listed) for row in rows
    ):
        return list(lines)
    of_line = {line.number: line for line in lines}
    return [
        *header,
        *(replace(of_line[row[0].span.line], cells=tuple(row)) for row in rows),
        *(line for line in lines if line.number in notes),
    ]


def _kind(cell: Cell) -> str:
    text = cell.text
    if text in EMPTY or text == "0":
        return _AMOUNT
    if cell.number is not None or cell.is_torn:
        return _AMOUNT if "." in text or "," in text or "，" in text else _DIGITS
    return _TEXT


def _first_row(cells: Sequence[Cell], form: Form) -> int | None:
    """Where the first row begins: with the label, and the codes before it, of the first amount."""
    at = next((i for i, cell in enumerate(cells) if _kind(cell) == _AMOUNT), None)
    if not at or _kind(cells[at - 1]) != _TEXT:
        return None
    at -= 1
    while at and _kind(cells[at - 1]) == _DIGITS:
        at -= 1
    # Rows without an amount may stand before: they begin with a code under the header.
    first = next((i for i, cell in enumerate(cells[:at]) if is_code(cell.text, form.scheme)), at)
    while first and _kind(cells[first - 1]) == _DIGITS:
        first -= 1
    return min(first, at)


def _rows(cells: Sequence[Cell], form: Form) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    before = ""
    for cell in cells:
        kind = _kind(cell)
        opens = (before == _AMOUNT and kind != _AMOUNT) or (
            before == _TEXT and kind == _DIGITS and _opens(cell, rows[-1], form)
        )
        if not rows or opens:
            rows.append([])
        rows[-1].append(cell)
        before = kind
    return rows


def _opens(cell: Cell, row: Sequence[Cell], form: Form) -> bool:
    """Whether digits behind a label begin a row without amounts above: the code of another class."""
    own = next((c.text for c in row if is_code(c.text, form.scheme)), None)
    return is_code(cell.text, form.scheme) or own is None


def _is_row(row: Sequence[Cell], form: Form, listed: CodeList) -> bool:
    """Whether cells are those of one row: digits, text, digits of a second class, text, amounts."""
    kinds = [_kind(cell) for cell in row]
    firsts = [k for at, k in enumerate(kinds) if not at or kinds[at - 1] != k]
    digits = kinds.index(_TEXT) if _TEXT in kinds else len(kinds)
    label = "".join(c.text for c, k in zip(row, kinds, strict=True) if k == _TEXT)
    if plain_label(label) in TOTAL_LABELS:
        return True
    codes = sum(is_code(cell.text, form.scheme) for cell in row[:digits])
    behind = any(is_code(c.text, form.scheme) for c in row[digits:] if _kind(c) == _DIGITS)
    own = next(
        (
            leading_code(row[at:digits], form.scheme)[0]
            for at in range(digits)
            if is_code(row[at].text, form.scheme)
        ),
        "",
    )
    named = listed.codes_of(plain_label(row[digits].text)) if digits < len(row) else ()
    return (
        _TEXT in kinds
        and not behind
        and (bool(own) or _AMOUNT in kinds)
        and (len(own) != _CLASS or not named or own in named)
        and digits <= _MOST_DIGITS
        and codes <= 2
        and len(firsts) <= 5
        and _AMOUNT not in firsts[:-1]
    )
