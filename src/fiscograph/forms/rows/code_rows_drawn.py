"""Coded rows whose cells are drawn: codes may be split over cells, columns lost at a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fiscograph.budget import CodeList
from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.forms.headers.drawn import drawn_columns, filled_cells, unnamed_column
from fiscograph.forms.labels import TOTAL_LABELS, is_code, joined_label, level_of, plain_label
from fiscograph.forms.rows.codes import code_and_label
from fiscograph.forms.rows.row_keys import nested_bodies, settled_keys
from fiscograph.forms.rows_read import (
    RowsRead,
    is_column_numbers,
    is_money,
    is_whole,
    torn_spans,
)
from fiscograph.forms.schema import Form
from fiscograph.tables import Cell, Line, squeeze

_HAN = re.compile(r"[\u3400-\u9fff]")
_NOTE = re.compile(r"\(?(备注|注|说明)[:：]")


def read_drawn(form: Form, lines: Sequence[Line], listed: CodeList) -> RowsRead:
    """Read drawn rows; lines between rows that name columns are the header of what follows."""
    rows: list[Row] = []
    between: list[Line] = []
    header: list[int] = []
    columns: list[Column] = []
    layout: _Layout | None = None
    filled, whole = filled_cells(lines), is_whole(lines)
    for line in lines:
        if _NOTE.match(line.squeezed) or not line.words or is_column_numbers(line):
            header.append(line.number)
        elif _prints_row(line, form, listed, whole=whole):
            if layout is None or any(_names_columns(other, form) for other in between):
                layout = _Layout(form, between, columns, filled)
            rows.append(layout.row(line, listed))
            between = []
        elif not (layout is not None and rows and _fold_drawn(rows, line, listed)):
            between.append(line)
            header.append(line.number)
    if not columns:
        _Layout(form, between, columns, filled)
    return RowsRead(
        columns=tuple(columns), rows=nested_bodies(settled_keys(rows, listed)), header=tuple(header)
    )


def _names_columns(line: Line, form: Form) -> bool:
    """Whether a line prints the header of a column that the form knows."""
    names = {alias for column in form.columns for alias in (*column.aliases, *column.last)}
    return any(cell.squeezed in names for cell in line.words)


def _prints_row(line: Line, form: Form, listed: CodeList, *, whole: bool) -> bool:
    if any(is_money(cell, whole=False) or cell.is_torn for cell in line.words):
        return True
    label, behind = _behind_label(line, form)
    known = bool(listed.codes_of(plain_label(label)))
    if whole and any(is_money(c, whole=True) or (known and c.number is not None) for c in behind):
        return True
    labels = [cell for cell in line.words if plain_label(cell.text) in TOTAL_LABELS]
    if labels and sum(cell.number is not None for cell in line.words) >= len(line.words) - 1 > 0:
        return True
    digits = [cell.text for cell in line.words if cell.text.isdigit()]
    if _glued(line, form) is not None:
        return True
    if not digits:
        return squeeze(line.text) in TOTAL_LABELS
    return is_code("".join(digits[:3]), form.scheme) or any(
        is_code(digit, form.scheme) for digit in digits
    )


def _behind_label(line: Line, form: Form) -> tuple[str, list[Cell]]:
    """The last cell that prints a word, and those behind it: codes of rows and units stand before."""
    words = line.words
    last = max((at for at, cell in enumerate(words) if _HAN.search(cell.text)), default=-1)
    behind = [cell for cell in words[last + 1 :] if not is_code(cell.text, form.scheme)]
    return words[last].text if last >= 0 else "", behind


def _glued(line: Line, form: Form) -> tuple[Cell, ...] | None:
    """The code and the label of a row that prints both in one cell."""
    for cell in line.words:
        parts = code_and_label(cell, form.scheme)
        if cell.number is None:
            return parts if len(parts) > 1 else None
    return None


def _fold_drawn(rows: list[Row], line: Line, listed: CodeList) -> bool:
    words = line.words
    if len(words) != 1:
        return False
    last = rows[-1]
    whole = joined_label(last.label, words[0].text, listed, last.code)
    if whole is None:
        return False
    codes = listed.codes_of(whole)
    level = last.level if last.code else level_of(codes[0]) + 1
    rows[-1] = replace(
        last,
        label=whole,
        spans=(*last.spans, words[0].span),
        level=level,
        key=last.key or codes[0],
        role="item",
    )
    return True


class _Layout:
    """Where the columns of a drawn table stand; columns are shared by its printings."""

    def __init__(
        self,
        form: Form,
        header: Sequence[Line],
        columns: list[Column],
        filled: frozenset[int],
    ) -> None:
        self.form = form
        width = max((len(line.cells) for line in header), default=0)
        amounts, others = drawn_columns(form, header, width, filled=filled)
        self.label_index = next(iter(others.get("label", ())), None)
        self.body_at = frozenset(others.get("body", ()))
        self.coded = "code" in others
        self.texts_at = frozenset(at for places in others.values() for at in places)
        self.width = width
        self.by_index: dict[int, int] = {}
        self.columns = columns
        for index, column in amounts.items():
            self.by_index[index] = self._column(column)

    def _column(self, column: Column) -> int:
        for known, other in enumerate(self.columns):
            same = column.path == other.path if not column.key else column.key == other.key
            if same and other.year == column.year:
                return known
        self.columns.append(column)
        return len(self.columns) - 1

    def row(self, line: Line, listed: CodeList) -> Row:
        cells = line.cells
        label_at = next((i for i, cell in enumerate(cells) if _HAN.search(cell.text)), None)
        codes = [cell for cell in cells[: label_at or 0] if cell.text.isdigit()]
        own = [cell for at, cell in enumerate(cells[: label_at or 0]) if at not in self.body_at]
        own = [cell for cell in own if cell.text.isdigit()]
        code, body = _code_and_body([cell.text for cell in codes], self.form.scheme)
        if len(own) < len(codes) and label_at == self.label_index:
            code, body = self._by_header(code, codes, own, cells[label_at or 0].text, listed)
        glued = _glued(line, self.form)
        shift = 0
        merged = label_at is not None and plain_label(cells[label_at].text) in TOTAL_LABELS
        if (
            label_at is not None
            and self.label_index is not None
            and not ((merged or glued is not None) and len(cells) >= self.width)
        ):
            shift = self.label_index - label_at
        label = cells[label_at].text if label_at is not None else ""
        if glued is not None and code is None:
            code, label = glued[0].text, glued[1].text
        first_number = label_at + 1 if label_at is not None else 0
        numbers = []
        for index, cell in enumerate(cells):
            value = cell.number
            if index < first_number or value is None:
                continue
            column = self.by_index.get(index + shift)
            if column is None and index + shift in self.texts_at:
                continue  # the code of a second classification beside the first
            if column is None:
                column = self._column(unnamed_column(index + shift + 1))
                self.by_index[index + shift] = column
            numbers.append(NumberCell(text=cell.text, value=value, span=cell.span, column=column))
        spans = (*(cell.span for cell in codes),)
        if label_at is not None:
            spans = (*spans, cells[label_at].span)
        row = Row(
            label=label,
            code=code,
            spans=spans,
            numbers=tuple(numbers),
            damaged=torn_spans(cells[first_number:]),
            body=body,
            shifted=shift != 0,
        )
        return _with_level(row, listed)

    def _by_header(
        self,
        code: str | None,
        codes: Sequence[Cell],
        own: Sequence[Cell],
        label: str,
        listed: CodeList,
    ) -> tuple[str | None, str | None]:
        """The code and the body of a row whose header says which cells print the body's code.

        Some templates print a row's code once more, whole, where its body's would stand.
        """
        body = next(cell.text for cell in codes if cell not in own)
        if (
            code is not None
            and len(code) > 3
            and body != code
            and code.startswith("".join(c.text for c in own))
        ):
            return code, body
        told, _ = _code_and_body([cell.text for cell in own], self.form.scheme)
        if is_code(body, self.form.scheme) and (
            (told is not None and body.startswith(told))
            or body in listed.codes_of(plain_label(label))
        ):
            return body, None
        return told, body


def _with_level(row: Row, listed: CodeList) -> Row:
    """A drawn row's place in the tree: by its code, else by its label's code; a row of neither is
    the subtotal of a body. Bodies stand between the total and the classes.
    """
    plain = plain_label(row.label)
    codes = listed.codes_of(plain)
    if plain in TOTAL_LABELS or not plain:
        return replace(row, role="total", level=0)
    if row.code is not None:
        return replace(row, key=row.code, level=level_of(row.code) + 1)
    if codes:
        return replace(row, key=codes[0], level=level_of(codes[0]) + 1)
    return replace(row, role="subtotal", level=1)


def _code_and_body(digits: list[str], scheme: str | None) -> tuple[str | None, str | None]:
    """The classification code and the unit code of a row's leading number cells.

    A code may be split over 类, 款 and 项 cells, and printed again in full in the unit's column.
    """
    if not digits:
        return None, None
    parts = [digits[0]] if is_code(digits[0], scheme) and len(digits[0]) == 3 else []
    rest = digits[1:] if parts else list(digits)
    while parts and rest and len(rest[0]) == 2 and len(parts) < 4:
        parts.append(rest.pop(0))
    code = "".join(parts) or None
    for index, other in enumerate(rest):
        if is_code(other, scheme) and (code is None or other.startswith(code)):
            return other, next(iter(rest[:index] + rest[index + 1 :]), None)
    return code, rest[0] if rest else None
