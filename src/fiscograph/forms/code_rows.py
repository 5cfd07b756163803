"""Rows that are known by a code of a classification: function and economic tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fiscograph.budget import CodeList
from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.forms.headers import drawn_columns, flat_columns
from fiscograph.forms.labels import TOTAL_LABELS, is_code, joined_label, level_of, plain_label
from fiscograph.forms.schema import Form
from fiscograph.tables import Cell, Line, squeeze

_HAN = re.compile(r"[\u3400-\u9fff]")
_NOTE = re.compile(r"\(?(备注|注|说明)[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRead:
    """What a grammar makes of lines: columns, rows, and the lines that are header or note."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: tuple[int, ...]


def read_code_rows(form: Form, lines: Sequence[Line], listed: CodeList) -> RowsRead:
    """Read the rows of a table whose rows carry codes.

    Args:
        form: the form; its scheme tells which numbers are codes.
        lines: the table's lines without titles and units; a continued table's lines follow on.
        listed: the classification, to mend folded labels and to find codes by label.
    """
    if sum(line.drawn for line in lines) * 2 > len(lines):
        return _read_drawn(form, lines, listed)
    return _read_flat(form, lines, listed)


def number_cells(cells: Sequence[Cell]) -> tuple[NumberCell, ...]:
    """The cells that print a plain number, as numbers without a column."""
    found = []
    for cell in cells:
        value = cell.number
        if value is not None:
            found.append(NumberCell(text=cell.text, value=value, span=cell.span))
    return tuple(found)


def trailing_numbers(line: Line) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """A line's words in two: what comes before its last run of plain numbers, and that run."""
    words = line.words
    cut = len(words)
    while cut and words[cut - 1].number is not None:
        cut -= 1
    return words[:cut], words[cut:]


class _FlatReader:
    def __init__(self, form: Form, listed: CodeList) -> None:
        self.form = form
        self.listed = listed
        self.rows: list[Row] = []
        self.header: list[Line] = []
        self.before: Line | None = None
        self.last_was_row = False

    def take(self, line: Line) -> None:
        text, numbers = trailing_numbers(line)
        # A code alone on its line looks like a number; it opens a row.
        if not text and numbers and is_code(numbers[0].text, self.form.scheme):
            text, numbers = numbers[:1], numbers[1:]
        code, parts = _leading_code(text, self.form.scheme)
        if code:
            self._start(code, text[:parts], text[parts:], numbers)
        elif not text and numbers:
            self._numbers_only(line, numbers)
        elif text and numbers and self._is_label(text):
            self._labelled(text, numbers)
        elif text and not self._fold(text):
            self.header.append(line)
            self.before, self.last_was_row = line, False
            return
        self.before = None

    def _start(
        self, code: str, parts: Sequence[Cell], text: Sequence[Cell], numbers: Sequence[Cell]
    ) -> None:
        if not text and self.before is not None:
            # The label is printed around the line of its code: its first half stands above.
            text = self.before.words
            self.header.remove(self.before)
        self.rows.append(
            Row(
                label="".join(cell.text for cell in text),
                code=code,
                spans=tuple(cell.span for cell in (*parts, *text)),
                numbers=number_cells(numbers),
                level=level_of(code),
            )
        )
        self.last_was_row = True

    def _numbers_only(self, line: Line, numbers: Sequence[Cell]) -> None:
        last = self.rows[-1] if self.rows else None
        if self.last_was_row and last is not None and not last.numbers:
            self.rows[-1] = replace(last, numbers=number_cells(numbers))
        elif any("." in cell.text for cell in numbers):
            self.rows.append(
                Row(
                    label="",
                    code=None,
                    spans=(),
                    numbers=number_cells(numbers),
                    level=0,
                    role="total",
                )
            )
            self.last_was_row = True
        else:
            self.header.append(line)

    def _is_label(self, text: Sequence[Cell]) -> bool:
        label = plain_label("".join(cell.text for cell in text))
        return label in TOTAL_LABELS or bool(self.listed.codes_of(label))

    def _labelled(self, text: Sequence[Cell], numbers: Sequence[Cell]) -> None:
        label = "".join(cell.text for cell in text)
        plain = plain_label(label)
        total = plain in TOTAL_LABELS
        codes = self.listed.codes_of(plain)
        self.rows.append(
            Row(
                label=label,
                code=None,
                spans=tuple(cell.span for cell in text),
                numbers=number_cells(numbers),
                level=0 if total else level_of(codes[0]),
                role="total" if total else "item",
                key=None if total else codes[0],
            )
        )
        self.last_was_row = True

    def _fold(self, text: Sequence[Cell]) -> bool:
        """Whether a text line is the rest of the last row's label; mends it if so."""
        if not self.rows or not self.last_was_row:
            return False
        last = self.rows[-1]
        piece = "".join(cell.text for cell in text)
        if last.code is None:
            return False
        known = last.code in self.listed.codes_of(last.label)
        unread = not known and (not last.numbers or self._is_around(last))
        whole = joined_label(last.label, piece, self.listed, last.code)
        if whole is None and not unread:
            return False
        self.rows[-1] = replace(
            last, label=last.label + piece, spans=(*last.spans, *(cell.span for cell in text))
        )
        return True

    def _is_around(self, row: Row) -> bool:
        """Whether a row's label began on the line above its code, and may go on below it."""
        return row.spans[0].line > row.spans[-1].line


def _leading_code(text: Sequence[Cell], scheme: str | None) -> tuple[str, int]:
    """The code that a row begins with, and in how many cells it is printed (类, 款, 项 apart)."""
    if not text or not is_code(text[0].text, scheme):
        return "", 0
    code, parts = text[0].text, 1
    while len(text[0].text) == 3 and parts < min(len(text), 4):
        piece = text[parts].text
        if not (piece.isdigit() and len(piece) == 2):
            break
        code, parts = code + piece, parts + 1
    return code, parts


def _read_flat(form: Form, lines: Sequence[Line], listed: CodeList) -> RowsRead:
    reader = _FlatReader(form, listed)
    for line in lines:
        if _NOTE.match(line.squeezed):
            reader.header.append(line)
            continue
        reader.take(line)
    return RowsRead(
        columns=flat_columns(form, _without_repeats(reader.header)),
        rows=_settled_keys(reader.rows, listed),
        header=tuple(line.number for line in reader.header),
    )


def _without_repeats(header: Sequence[Line]) -> list[Line]:
    """The header of the first printing: a continued table repeats it on each page."""
    notes = [line for line in header if not _NOTE.match(line.squeezed)]
    for size in range(1, len(notes) // 2 + 1):
        first = [line.squeezed for line in notes[:size]]
        if len(notes) % size == 0 and all(
            [line.squeezed for line in notes[start : start + size]] == first
            for start in range(0, len(notes), size)
        ):
            return notes[:size]
    return notes


def _read_drawn(form: Form, lines: Sequence[Line], listed: CodeList) -> RowsRead:
    rows: list[Row] = []
    headers: list[Line] = []
    all_headers: list[int] = []
    columns: list[Column] = []
    layout: _Layout | None = None
    for line in lines:
        if _NOTE.match(line.squeezed) or not line.words:
            all_headers.append(line.number)
        elif not _prints_row(line, form):
            if layout is not None and rows and _fold_drawn(rows, line, listed):
                continue
            if layout is not None:
                headers, layout = [], None
            headers.append(line)
            all_headers.append(line.number)
        else:
            if layout is None:
                layout = _Layout(form, headers, columns)
            rows.append(layout.row(line, listed))
    if not columns:
        _Layout(form, headers, columns)
    return RowsRead(
        columns=tuple(columns), rows=_settled_keys(rows, listed), header=tuple(all_headers)
    )


def _settled_keys(rows: Sequence[Row], listed: CodeList) -> tuple[Row, ...]:
    """Uncoded rows whose label several codes carry take the one that their neighbours tell.

    That is the code of the next coded row or one that begins it, else a code under the class that
    the rows before stand under; where neither tells, the row has no key.
    """
    settled: list[Row] = []
    for index, row in enumerate(rows):
        codes = listed.codes_of(plain_label(row.label)) if row.code is None and row.key else ()
        if len(codes) > 1:
            following = next((other.code for other in rows[index + 1 :] if other.code), "")
            above = next((other.key for other in reversed(settled) if other.key), "") or ""
            key = next((code for code in codes if following and following.startswith(code)), None)
            key = key or next((code for code in codes if above and code[:3] == above[:3]), None)
            level = level_of(key) + 1 if key else row.level
            settled.append(replace(row, key=key, level=level))
        elif settled and _is_sub_item(row, settled[-1]):
            # A sub-item or a project printed once more under its parent's code.
            settled.append(replace(row, key=None, level=level_of(row.code or "") + 2))
        else:
            settled.append(row)
    return tuple(settled)


def _is_sub_item(row: Row, above: Row) -> bool:
    """Whether a row repeats the code of the row above under another label."""
    if row.code is None or plain_label(row.label) == plain_label(above.label):
        return False
    named = above.code is None and above.key == row.code
    return named or (above.code == row.code and above.key is None)


def _prints_row(line: Line, form: Form) -> bool:
    if any(cell.number is not None and "." in cell.text for cell in line.words):
        return True
    digits = [cell.text for cell in line.words if cell.text.isdigit()]
    if not digits:
        return squeeze(line.text) in TOTAL_LABELS
    return is_code("".join(digits[:3]), form.scheme) or any(
        is_code(digit, form.scheme) for digit in digits
    )


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

    def __init__(self, form: Form, header: Sequence[Line], columns: list[Column]) -> None:
        self.form = form
        width = max((len(line.cells) for line in header), default=0)
        amounts, others = drawn_columns(form, header, width)
        self.label_index = others.get("label")
        self.by_index: dict[int, int] = {}
        self.columns = columns
        for index, column in amounts.items():
            self.by_index[index] = self._column(column)

    def _column(self, column: Column) -> int:
        for known, other in enumerate(self.columns):
            if (other.key, other.year) == (column.key, column.year) and column.key:
                return known
        self.columns.append(column)
        return len(self.columns) - 1

    def row(self, line: Line, listed: CodeList) -> Row:
        cells = line.cells
        label_at = next((i for i, cell in enumerate(cells) if _HAN.search(cell.text)), None)
        codes = [cell for cell in cells[: label_at or 0] if cell.text.isdigit()]
        code, body = _code_and_body([cell.text for cell in codes], self.form.scheme)
        shift = 0
        if label_at is not None and self.label_index is not None:
            shift = self.label_index - label_at
        label = cells[label_at].text if label_at is not None else ""
        first_number = label_at + 1 if label_at is not None else 0
        numbers = []
        for index, cell in enumerate(cells):
            value = cell.number
            if index < first_number or value is None:
                continue
            column = self.by_index.get(index + shift)
            if column is None:
                column = self._column(Column(key="", path=(f"第{index + shift + 1}列",)))
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
            body=body,
            shifted=shift != 0,
        )
        return _with_level(row, listed)


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
